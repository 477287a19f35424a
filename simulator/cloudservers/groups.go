package cloudservers

import (
	"net/http"
	"time"
)

func (s *Service) listGroups(q *request) (answer, *fault) {
	return listGroupViews(s, q, func(g *group) entry { return entry{g.id, g.name} })
}

func (s *Service) listGroupsDetail(q *request) (answer, *fault) {
	return listGroupViews(s, q, (*group).view)
}

func listGroupViews[V any](s *Service, q *request, view func(*group) V) (answer, *fault) {
	p, f := pageOf(q.query)
	if f != nil {
		return answer{}, f
	}
	shown, unchanged := cut(p, s.groups.all, func(g *group) time.Time { return g.updated })
	if unchanged {
		return empty(http.StatusNotModified), nil
	}
	return list("sharedIpGroups", "sharedIpGroup", each(shown, view), s.groups.changed), nil
}

// group finds the group that the path names.
func (s *Service) group(q *request) (*group, *fault) {
	if g, ok := s.groups.byID[q.id]; ok {
		return g, nil
	}
	return nil, notFound("shared IP group %s does not exist", q.idText)
}

func (s *Service) getGroup(q *request) (answer, *fault) {
	g, f := s.group(q)
	if f != nil {
		return answer{}, f
	}
	return single(q, "sharedIpGroup", g.view(), g.updated)
}

// createGroup answers 201, unlike the other creates.
func (s *Service) createGroup(q *request) (answer, *fault) {
	in, f := q.body.object("sharedIpGroup")
	if f != nil {
		return answer{}, f
	}
	name := in.text("name")
	if in.has("servers") {
		in.refuse("sharedIpGroup.servers is not possible; give the first member as sharedIpGroup.server, one integer")
	}
	serverID := 0
	if in.has("server") {
		serverID = in.integer("server")
	}
	if in.fault != nil {
		return answer{}, in.fault
	}
	var first *server
	if in.has("server") {
		if first = s.servers.byID[serverID]; first == nil {
			return answer{}, notFound("server %d does not exist", serverID)
		}
		if first.group != nil {
			return answer{}, badRequest("server %d is in shared IP group %d already", serverID, first.group.id)
		}
	}
	if len(s.groups.all) >= s.limits.MaxIPGroups {
		return answer{}, overAbsoluteLimit("maxIPGroups is %d", s.limits.MaxIPGroups)
	}
	g := &group{id: s.groups.nextID, name: name}
	s.groups.add(g)
	s.groups.touch(g, q.now)
	if first != nil {
		s.joinGroup(first, g, q.now)
		s.servers.touch(first, q.now)
	}
	return answer{status: http.StatusCreated, name: "sharedIpGroup", value: g.view()}, nil
}

func (s *Service) deleteGroup(q *request) (answer, *fault) {
	g, f := s.group(q)
	if f != nil {
		return answer{}, f
	}
	if v, ok := g.sharing(); ok {
		return answer{}, badRequest("shared IP group %d is in use: server %d shares an address", g.id, v.id)
	}
	for _, v := range g.members {
		v.group = nil
		s.servers.touch(v, q.now)
	}
	s.groups.remove(g, q.now)
	return empty(http.StatusNoContent), nil
}

// launchGroup reads the group that a new server joins and the addresses of it
// that the server takes instead of one of its own.
func (s *Service) launchGroup(in *fields) (*group, addressList, *fault) {
	shared := in.publicAddresses()
	if !in.has("sharedIpGroupId") {
		if len(shared) > 0 {
			in.refuse("server.addresses is only possible with server.sharedIpGroupId")
		}
		return nil, nil, in.fault
	}
	id := in.integer("sharedIpGroupId")
	if in.fault != nil {
		return nil, nil, in.fault
	}
	g, ok := s.groups.byID[id]
	if !ok {
		return nil, nil, notFound("shared IP group %d does not exist", id)
	}
	if len(g.members) >= s.limits.MaxIPGroupMembers {
		return nil, nil, overAbsoluteLimit("maxIPGroupMembers is %d", s.limits.MaxIPGroupMembers)
	}
	for _, address := range shared {
		if owner, ok := s.servers.owners[address]; !ok || owner.group != g {
			return nil, nil, badRequest("%.40q is not an address of shared IP group %d", address, id)
		}
	}
	return g, shared, nil
}

// publicAddresses reads {"addresses": {"public": […]}}.
func (f *fields) publicAddresses() addressList {
	if !f.has("addresses") {
		return nil
	}
	lists, ok := f.values["addresses"].(map[string]any)
	if !ok {
		f.refuse("%s.addresses must be an object, not %s", f.name, kind(f.values["addresses"]))
		return nil
	}
	values, ok := lists["public"].([]any)
	if !ok && lists["public"] != nil {
		f.refuse("%s.addresses.public must be an array of addresses, not %s", f.name, kind(lists["public"]))
	}
	var addresses addressList
	for _, value := range values {
		address, ok := value.(string)
		if !ok {
			f.refuse("%s.addresses.public must hold strings, not %s", f.name, kind(value))
		}
		addresses = addresses.with(address)
	}
	return addresses
}
