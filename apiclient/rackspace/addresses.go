package rackspace

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/cloudscript/cloudscript/apiclient"
)

// AddressService is the operations on a server's addresses (A1 to A5).
type AddressService struct{ client *Client }

// List returns a server's addresses (A1).
func (s *AddressService) List(ctx context.Context, server ID) (*Addresses, error) {
	return fetch(ctx, s.client, call{op: "addresses.list", path: serverPath(server) + "/ips", check: server.check("server")},
		"addresses", decodeAddresses)
}

// Public returns a server's public addresses (A2).
func (s *AddressService) Public(ctx context.Context, server ID) ([]string, error) {
	return s.network(ctx, "addresses.public", server, "public")
}

// Private returns a server's private addresses (A3).
func (s *AddressService) Private(ctx context.Context, server ID) ([]string, error) {
	return s.network(ctx, "addresses.private", server, "private")
}

func (s *AddressService) network(ctx context.Context, op string, server ID, name string) ([]string, error) {
	req, resp, err := s.client.send(ctx, call{op: op, path: serverPath(server) + "/ips/" + name, check: server.check("server")})
	if err != nil {
		return nil, err
	}
	members, err := membersOf(resp.Body)
	if err != nil {
		return nil, s.client.badAnswer(req, resp, err)
	}
	var addresses []string
	if err := json.Unmarshal(orNull(members[name]), &addresses); err != nil {
		return nil, s.client.badAnswer(req, resp, err)
	}
	if members[name] == nil {
		return nil, s.client.badAnswer(req, resp, errors.New("it has no member "+name))
	}
	return addresses, nil
}

func orNull(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage("null")
	}
	return raw
}

// Share lets a server of a shared IP group use the public address of another one (A4). With
// configure the address is also set up on the server, which reboots.
func (s *AddressService) Share(ctx context.Context, server ID, address string, group ID, configure bool) error {
	check := cmp.Or(server.check("server"), checkAddress(address), group.check("shared IP group"))
	type shareIP struct {
		Group     ID   `json:"sharedIpGroupId"`
		Configure bool `json:"configureServer"`
	}
	return s.client.run(ctx, call{
		op: "addresses.share", method: http.MethodPut, path: addressPath(server, address), check: check,
		body:   map[string]shareIP{"shareIp": {group, configure}},
		effect: apiclient.EffectUpdate, lookAt: lookAtServer(server),
	})
}

// Unshare takes a shared address from a server (A5).
func (s *AddressService) Unshare(ctx context.Context, server ID, address string) error {
	return s.client.run(ctx, call{
		op: "addresses.unshare", method: http.MethodDelete, path: addressPath(server, address),
		check:  cmp.Or(server.check("server"), checkAddress(address)),
		effect: apiclient.EffectDestroy, idempotent: true, goneIsDone: true,
	})
}

func addressPath(server ID, address string) string {
	return serverPath(server) + "/ips/public/" + address
}

func decodeAddresses(raw json.RawMessage) (a Addresses, err error) {
	err = json.Unmarshal(raw, &a)
	return a, err
}
