package cloudservers

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// State is what an account holds: the seed of a service, and what Dump returns.
// Names are the API's. A nil list of flavors or images means the stock ones.
type State struct {
	Flavors        []FlavorState  `json:"flavors,omitempty"`
	Images         []ImageState   `json:"images,omitempty"`
	Servers        []ServerState  `json:"servers,omitempty"`
	SharedIPGroups []IPGroupState `json:"sharedIpGroups,omitempty"`
}

// FlavorState is a flavor; every field is needed.
type FlavorState struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	RAM  int    `json:"ram"`  // MB
	Disk int    `json:"disk"` // GB
}

// ImageState is an image; the name is needed. One that is being made (QUEUED,
// PREPARING, SAVING) starts over.
type ImageState struct {
	ID       int       `json:"id,omitempty"` // 0: the next free one
	Name     string    `json:"name"`
	ServerID int       `json:"serverId,omitempty"` // 0: a stock image
	Status   string    `json:"status,omitempty"`   // "": ACTIVE
	Created  time.Time `json:"created,omitzero"`
	Updated  time.Time `json:"updated,omitzero"`
}

// IPGroupState is a shared IP group; its members say so themselves.
type IPGroupState struct {
	ID   int    `json:"id,omitempty"` // 0: the next free one
	Name string `json:"name"`
}

// ServerState is a server; name, imageId and flavorId are needed. What is under
// way according to its status starts over.
type ServerState struct {
	ID              int               `json:"id,omitempty"` // 0: the next free one
	Name            string            `json:"name"`
	ImageID         int               `json:"imageId"`
	FlavorID        int               `json:"flavorId"`
	OtherFlavorID   int               `json:"otherFlavorId,omitempty"` // a resize leads to it, or in VERIFY_RESIZE came from it
	HostID          string            `json:"hostId,omitempty"`        // "": made up
	Status          string            `json:"status,omitempty"`        // "": ACTIVE
	Metadata        map[string]string `json:"metadata,omitempty"`
	Public          []string          `json:"public,omitempty"`  // the first one is its own; none: made up
	Private         []string          `json:"private,omitempty"` // none: made up
	SharedIPGroupID int               `json:"sharedIpGroupId,omitempty"`
	BackupSchedule  *BackupState      `json:"backupSchedule,omitempty"`
	Updated         time.Time         `json:"updated,omitzero"`
}

// BackupState is a backup schedule.
type BackupState struct {
	Enabled bool   `json:"enabled"`
	Weekly  string `json:"weekly"`
	Daily   string `json:"daily"`
}

// load fills a new service.
func (s *Service) load(state *State, now time.Time) error {
	if state == nil {
		state = &State{}
	}
	for _, part := range []struct {
		name string
		load func(*State, time.Time) error
	}{
		{"flavors", s.loadFlavors},
		{"images", s.loadImages},
		{"sharedIpGroups", s.loadGroups},
		{"servers", s.loadServers},
	} {
		if err := part.load(state, now); err != nil {
			return fmt.Errorf("cloudservers.%s: %w", part.name, err)
		}
	}
	return nil
}

// numbered gives every item an id and puts the items in ascending order.
func numbered[T any](items []T, first int, id func(*T) *int) ([]T, error) {
	items = slices.Clone(items)
	next := first
	for i := range items {
		if n := *id(&items[i]); n < 0 || n > 1<<31-1 {
			return nil, fmt.Errorf("id %d is not a positive 32-bit integer", n)
		}
		next = max(next, *id(&items[i])+1)
	}
	for i := range items {
		if n := id(&items[i]); *n == 0 {
			*n = next
			next++
		}
	}
	slices.SortStableFunc(items, func(a, b T) int { return cmp.Compare(*id(&a), *id(&b)) })
	for i := 1; i < len(items); i++ {
		if n := *id(&items[i]); n == *id(&items[i-1]) {
			return nil, fmt.Errorf("there are two with the id %d", n)
		}
	}
	return items, nil
}

func (s *Service) loadFlavors(state *State, _ time.Time) error {
	if state.Flavors == nil {
		for i := range stockFlavors {
			s.flavors = append(s.flavors, &stockFlavors[i])
		}
		return nil
	}
	items, err := numbered(state.Flavors, 1, func(f *FlavorState) *int { return &f.ID })
	if err != nil {
		return err
	}
	for _, f := range items {
		if f.Name == "" || f.RAM <= 0 || f.Disk <= 0 {
			return fmt.Errorf("flavor %d needs a name, and ram and disk above 0", f.ID)
		}
		s.flavors = append(s.flavors, &flavor{f.ID, f.Name, f.RAM, f.Disk})
	}
	return nil
}

func (s *Service) loadGroups(state *State, now time.Time) error {
	items, err := numbered(state.SharedIPGroups, s.groups.nextID, func(g *IPGroupState) *int { return &g.ID })
	if err != nil {
		return err
	}
	for _, g := range items {
		if g.Name == "" {
			return fmt.Errorf("group %d needs a name", g.ID)
		}
		s.groups.add(&group{id: g.ID, name: g.Name, updated: now})
	}
	return nil
}

func (s *Service) loadImages(state *State, now time.Time) error {
	if state.Images == nil {
		for _, stock := range stockImages {
			s.images.add(&image{id: stock.ID, name: stock.Name, status: statusActive,
				created: stockUpdated, updated: stockUpdated}, now)
		}
		return nil
	}
	items, err := numbered(state.Images, s.images.nextID, func(i *ImageState) *int { return &i.ID })
	if err != nil {
		return err
	}
	for _, seed := range items {
		i := &image{id: seed.ID, name: seed.Name, serverID: seed.ServerID, created: seed.Created, updated: seed.Updated,
			status: cmp.Or(seed.Status, statusActive)}
		if i.name == "" {
			return fmt.Errorf("image %d needs a name", i.id)
		}
		if i.created.IsZero() {
			i.created = now
		}
		if i.updated.IsZero() {
			i.updated = i.created
		}
		switch i.status {
		case statusActive, statusFailed, "UNKNOWN":
		case statusQueued, statusPreparing, statusSaving:
			i.making = s.imageTimeline(now)
		default:
			return fmt.Errorf("image %d: the status %q does not exist", i.id, i.status)
		}
		s.images.add(i, now)
	}
	return nil
}
