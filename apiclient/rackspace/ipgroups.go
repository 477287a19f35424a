package rackspace

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/cloudscript/cloudscript/apiclient"
)

// An IPGroup is servers that may share their public addresses (spec, section 13.2). A list
// without detail fills ID and Name.
type IPGroup struct {
	ID      ID     `json:"id"`
	Name    string `json:"name"`
	Servers []ID   `json:"servers"`

	Raw json.RawMessage `json:"-"`
}

// IPGroupService is the operations on shared IP groups (G1 to G5).
type IPGroupService struct {
	Collection[IPGroup]
	client *Client
}

func newIPGroupService(c *Client) *IPGroupService {
	return &IPGroupService{client: c, Collection: Collection[IPGroup]{
		client: c, op: "ip_groups.list", path: "/shared_ip_groups", member: "sharedIpGroups", decode: decodeIPGroup}}
}

// Get returns a group (G4).
func (s *IPGroupService) Get(ctx context.Context, id ID) (*IPGroup, error) {
	return fetch(ctx, s.client, call{op: "ip_groups.get", path: ipGroupPath(id), check: id.check("shared IP group")},
		"sharedIpGroup", decodeIPGroup)
}

// IPGroupCreate describes a group to be made. Name is required.
type IPGroupCreate struct {
	Name string
	// ServerID is the first member, the only one that can join after it was made; the others
	// are launched into the group.
	ServerID ID
}

// Create makes a group (G3). Where the answer is lost the group is looked for, by name, among
// those that were not there before.
func (s *IPGroupService) Create(ctx context.Context, create IPGroupCreate) (*IPGroup, error) {
	var check error
	if create.Name == "" {
		check = errors.New("the group's name is missing")
	}
	if create.ServerID != "" {
		check = cmp.Or(check, create.ServerID.check("server"))
	}
	type body struct {
		Name   string `json:"name"`
		Server ID     `json:"server,omitempty"`
	}
	groups := unmarked[IPGroup]{"shared IP group", "sharedIpGroup", s.Collection,
		func(g IPGroup) ID { return g.ID }, func(g IPGroup) json.RawMessage { return g.Raw }}
	return groups.create(ctx, call{
		op: "ip_groups.create", method: http.MethodPost, path: "/shared_ip_groups", check: check,
		body:   map[string]body{"sharedIpGroup": {create.Name, create.ServerID}},
		effect: apiclient.EffectCreate,
		lookAt: fmt.Sprintf("look whether the list of shared IP groups shows %q", excerpt(create.Name)),
	}, plainName(create.Name), func(g IPGroup) bool { return plainName(g.Name) == plainName(create.Name) })
}

// Delete deletes a group that no living member shares an address in (G5).
func (s *IPGroupService) Delete(ctx context.Context, id ID) error {
	return s.client.run(ctx, call{
		op: "ip_groups.delete", method: http.MethodDelete, path: ipGroupPath(id), check: id.check("shared IP group"),
		effect: apiclient.EffectDestroy, idempotent: true, goneIsDone: true,
	})
}

func ipGroupPath(id ID) string { return "/shared_ip_groups/" + string(id) }

func decodeIPGroup(raw json.RawMessage) (g IPGroup, err error) {
	g.Raw = raw
	err = json.Unmarshal(raw, &g)
	return g, err
}
