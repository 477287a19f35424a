package cloudservers

import (
	"net/http"
	"slices"
)

func (s *Service) listAddresses(q *request) (answer, *fault) {
	v, f := s.server(q)
	if f != nil {
		return answer{}, f
	}
	return found("addresses", addressPair{Public: v.public, Private: v.private}, v.changed(q.now)), nil
}

func (s *Service) listPublic(q *request) (answer, *fault) {
	v, f := s.server(q)
	if f != nil {
		return answer{}, f
	}
	return found("public", v.public, v.changed(q.now)), nil
}

func (s *Service) listPrivate(q *request) (answer, *fault) {
	v, f := s.server(q)
	if f != nil {
		return answer{}, f
	}
	return found("private", v.private, v.changed(q.now)), nil
}

// shareAddress lets a member of a group use the address of another member
// (section 10).
func (s *Service) shareAddress(q *request) (answer, *fault) {
	v, f := s.serverFor(q, changeAddress)
	if f != nil {
		return answer{}, f
	}
	in, f := q.body.object("shareIp")
	if f != nil {
		return answer{}, f
	}
	groupID, configure := in.integer("sharedIpGroupId"), in.boolean("configureServer")
	if in.fault != nil {
		return answer{}, in.fault
	}
	group, ok := s.groups.byID[groupID]
	if !ok {
		return answer{}, notFound("shared IP group %d does not exist", groupID)
	}
	owner, ok := s.servers.owners[q.address]
	switch {
	case !ok:
		return answer{}, notFound("no server has the address %.40q", q.address)
	case v.group != group:
		return answer{}, badRequest("server %d is not in shared IP group %d", v.id, groupID)
	case owner.group != group:
		return answer{}, badRequest("%s is not an address of shared IP group %d", q.address, groupID)
	case slices.Contains(v.public, q.address):
		return answer{}, badRequest("server %d has the address %s already", v.id, q.address)
	}
	during := stage{statusShareIPNoConfig, s.times.ShareIP}
	if configure {
		during.status = statusShareIP
	}
	s.begin(v, task{kind: taskShare, address: q.address}, q.now, during)
	return empty(http.StatusAccepted), nil
}

func (s *Service) unshareAddress(q *request) (answer, *fault) {
	v, f := s.serverFor(q, changeAddress)
	switch {
	case f != nil:
		return answer{}, f
	case !slices.Contains(v.public, q.address):
		return answer{}, notFound("server %d does not have the address %.40q", v.id, q.address)
	case v.own == q.address:
		return answer{}, badRequest("%s is server %d's own address and is not shared", q.address, v.id)
	}
	s.begin(v, task{kind: taskUnshare, address: q.address}, q.now, stage{statusDeleteIP, s.times.UnshareIP})
	return empty(http.StatusAccepted), nil
}
