package rackspace

import (
	"context"
	"encoding/json"
)

// A Flavor is a size of servers (spec, section 12.1). A list without detail fills ID and Name.
type Flavor struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
	RAM  int    `json:"ram"`  // MB
	Disk int    `json:"disk"` // GB

	Raw json.RawMessage `json:"-"`
}

// FlavorService is the operations on flavors (F1 to F3).
type FlavorService struct {
	Collection[Flavor]
	client *Client
}

func newFlavorService(c *Client) *FlavorService {
	return &FlavorService{client: c, Collection: Collection[Flavor]{
		client: c, op: "flavors.list", path: "/flavors", member: "flavors", decode: decodeFlavor}}
}

// Get returns a flavor (F3).
func (s *FlavorService) Get(ctx context.Context, id ID) (*Flavor, error) {
	return fetch(ctx, s.client, call{op: "flavors.get", path: "/flavors/" + string(id), check: id.check("flavor")},
		"flavor", decodeFlavor)
}

func decodeFlavor(raw json.RawMessage) (f Flavor, err error) {
	f.Raw = raw
	err = json.Unmarshal(raw, &f)
	return f, err
}
