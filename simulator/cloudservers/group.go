package cloudservers

import (
	"encoding/xml"
	"slices"
	"time"
)

// A group is a shared IP group: servers that may use each other's public
// addresses (section 13.2).
type group struct {
	id      int
	name    string
	members []*server // in the order in which they joined
	updated time.Time
}

type groupView struct {
	ID      int       `json:"id" xml:"id,attr"`
	Name    string    `json:"name" xml:"name,attr"`
	Servers memberIDs `json:"servers" xml:"servers"`
}

func (g *group) view() groupView {
	return groupView{ID: g.id, Name: g.name, Servers: each(g.members, func(v *server) int { return v.id })}
}

// memberIDs is the ids of a group's servers; never nil.
type memberIDs []int

// MarshalXML writes <servers><server id="…"/></servers>.
func (m memberIDs) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	type member struct {
		ID int `xml:"id,attr"`
	}
	var children struct {
		Server []member `xml:"server"`
	}
	for _, id := range m {
		children.Server = append(children.Server, member{id})
	}
	return e.EncodeElement(children, start)
}

// sharing finds a member that uses an address which is not its own.
func (g *group) sharing() (*server, bool) {
	for _, v := range g.members {
		for _, address := range v.public {
			if address != v.own {
				return v, true
			}
		}
	}
	return nil, false
}

// groupSet holds an account's groups; there are a few dozen at most.
type groupSet struct {
	byID    map[int]*group
	all     []*group // by ascending id
	nextID  int
	changed time.Time
}

func newGroupSet(firstID int, now time.Time) groupSet {
	return groupSet{byID: map[int]*group{}, nextID: firstID, changed: now}
}

// add puts in a group whose id is higher than all others.
func (set *groupSet) add(g *group) {
	set.byID[g.id] = g
	set.all = append(set.all, g)
	set.nextID = max(set.nextID, g.id+1)
}

func (set *groupSet) remove(g *group, now time.Time) {
	delete(set.byID, g.id)
	set.all = slices.DeleteFunc(set.all, func(other *group) bool { return other == g })
	set.changed = now
}

func (set *groupSet) touch(g *group, now time.Time) {
	g.updated = now
	set.changed = now
}

func (s *Service) joinGroup(v *server, g *group, now time.Time) {
	v.group = g
	g.members = append(g.members, v)
	s.groups.touch(g, now)
}

func (s *Service) leaveGroup(v *server, now time.Time) {
	v.group.members = slices.DeleteFunc(v.group.members, func(other *server) bool { return other == v })
	s.groups.touch(v.group, now)
	v.group = nil
}
