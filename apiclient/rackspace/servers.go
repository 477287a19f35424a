package rackspace

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A Server is a virtual machine (spec, section 9.1). A list without detail fills ID and Name.
type Server struct {
	ID              ID                `json:"id"`
	Name            string            `json:"name"`
	ImageID         ID                `json:"imageId"`  // the image it was built from
	FlavorID        ID                `json:"flavorId"` // as it is now
	HostID          string            `json:"hostId"`   // equal values are the same physical host
	Status          ServerStatus      `json:"status"`
	Progress        int               `json:"progress"` // percent of the operation under way
	Addresses       Addresses         `json:"addresses"`
	Metadata        map[string]string `json:"metadata"`
	SharedIPGroupID ID                `json:"sharedIpGroupId"` // "" for none

	// AdminPass is in the answer to a create and nowhere else.
	AdminPass apiclient.Secret `json:"-"`

	// Raw is the entity as it came. That of a create holds the password.
	Raw json.RawMessage `json:"-"`
}

// A ServerStatus is a state of a server. The list is open: an unknown one is kept as text.
type ServerStatus string

// The states that a public call leads to (spec, section 9.2).
const (
	ServerBuild           ServerStatus = "BUILD"
	ServerActive          ServerStatus = "ACTIVE"
	ServerError           ServerStatus = "ERROR"
	ServerSuspended       ServerStatus = "SUSPENDED"
	ServerDeleted         ServerStatus = "DELETED" // in lists with ChangesSince only
	ServerPassword        ServerStatus = "PASSWORD"
	ServerRebuild         ServerStatus = "REBUILD"
	ServerReboot          ServerStatus = "REBOOT"
	ServerHardReboot      ServerStatus = "HARD_REBOOT"
	ServerQueueResize     ServerStatus = "QUEUE_RESIZE"
	ServerPrepResize      ServerStatus = "PREP_RESIZE"
	ServerResize          ServerStatus = "RESIZE"
	ServerVerifyResize    ServerStatus = "VERIFY_RESIZE"
	ServerShareIP         ServerStatus = "SHARE_IP"
	ServerShareIPNoConfig ServerStatus = "SHARE_IP_NO_CONFIG"
	ServerDeleteIP        ServerStatus = "DELETE_IP"
	ServerUnknown         ServerStatus = "UNKNOWN"
)

// ServerStatuses are the known statuses that a server can be seen in.
func ServerStatuses() []ServerStatus {
	return []ServerStatus{ServerActive, ServerVerifyResize, ServerBuild, ServerError, ServerSuspended, ServerPassword, ServerRebuild,
		ServerReboot, ServerHardReboot, ServerQueueResize, ServerPrepResize, ServerResize, ServerShareIP, ServerShareIPNoConfig,
		ServerDeleteIP, ServerUnknown}
}

// Addresses are a server's IPv4 addresses.
type Addresses struct {
	Public  []string `json:"public"`
	Private []string `json:"private"`
}

// ServerService is the operations on servers (S1 to S6; the actions are in actions.go).
type ServerService struct {
	Collection[Server]
	client *Client
	board  *board[Server]
}

func newServerService(c *Client) *ServerService {
	s := &ServerService{client: c, Collection: Collection[Server]{
		client: c, op: "servers.list", path: "/servers", member: "servers", decode: decodeServer}}
	s.board = &board[Server]{all: s.Collection, get: s.get, idOf: func(v Server) ID { return v.ID }}
	return s
}

// Get returns a server (S4). One that was deleted is not found.
func (s *ServerService) Get(ctx context.Context, id ID) (*Server, error) {
	return s.get(ctx, id, false)
}

func (s *ServerService) get(ctx context.Context, id ID, fresh bool) (*Server, error) {
	return fetch(ctx, s.client, call{op: "servers.get", path: serverPath(id), fresh: fresh, check: id.check("server")},
		"server", decodeServer)
}

// A ServerUpdate says what to change; an empty field stays as it is.
type ServerUpdate struct {
	Name      string
	AdminPass apiclient.Secret // sets it anew, which reboots the server
}

// Update changes a server's name, password or both (S5).
func (s *ServerService) Update(ctx context.Context, id ID, u ServerUpdate) error {
	check := id.check("server")
	if check == nil && u == (ServerUpdate{}) {
		check = errors.New("nothing to change: give a name or an admin password")
	}
	s.client.redact.Learn(u.AdminPass)
	type body struct {
		Name      string `json:"name,omitempty"`
		AdminPass string `json:"adminPass,omitempty"`
	}
	return s.client.run(ctx, call{
		op: "servers.update", method: http.MethodPut, path: serverPath(id), check: check,
		body:   map[string]body{"server": {u.Name, u.AdminPass.Reveal()}},
		effect: apiclient.EffectUpdate,
		// A password set twice reboots twice.
		idempotent: u.AdminPass == "",
		lookAt:     lookAtServer(id),
	})
}

// Delete deletes a server and the images made from it (S6).
func (s *ServerService) Delete(ctx context.Context, id ID) error {
	return s.client.run(ctx, call{
		op: "servers.delete", method: http.MethodDelete, path: serverPath(id), check: id.check("server"),
		effect: apiclient.EffectDestroy, idempotent: true, goneIsDone: true,
	})
}

func serverPath(id ID) string { return "/servers/" + string(id) }

func lookAtServer(id ID) string { return "look at server " + string(id) }

func decodeServer(raw json.RawMessage) (Server, error) {
	type plain Server
	var v struct {
		plain
		AdminPass string `json:"adminPass"`
	}
	err := json.Unmarshal(raw, &v)
	if err != nil {
		// Rarely: metadata that is no object of strings.
		var tolerant struct {
			*plain
			Metadata  stringMap `json:"metadata"`
			AdminPass string    `json:"adminPass"`
		}
		v.plain = plain{}
		tolerant.plain = &v.plain
		err = json.Unmarshal(raw, &tolerant)
		v.Metadata, v.AdminPass = tolerant.Metadata, tolerant.AdminPass
	}
	s := Server(v.plain)
	s.AdminPass, s.Raw = apiclient.Secret(v.AdminPass), raw
	return s, err
}
