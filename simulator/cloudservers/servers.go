package cloudservers

import (
	"net/http"
	"time"
)

func (s *Service) listServers(q *request) (answer, *fault) {
	return listServerViews(s, q, func(v *server) entry { return entry{v.id, v.name} })
}

func (s *Service) listServersDetail(q *request) (answer, *fault) {
	return listServerViews(s, q, func(v *server) serverView { return v.view(q.now) })
}

func listServerViews[V any](s *Service, q *request, view func(*server) V) (answer, *fault) {
	p, f := pageOf(q.query)
	if f != nil {
		return answer{}, f
	}
	from := s.servers.live
	if p.changes {
		from = s.servers.all
	}
	shown, unchanged := cut(p, from, func(v *server) time.Time { return v.changed(q.now) })
	if unchanged {
		return empty(http.StatusNotModified), nil
	}
	return list("servers", "server", each(shown, view), s.servers.changedAt(q.now)), nil
}

// server finds the server that the path names.
func (s *Service) server(q *request) (*server, *fault) {
	if v, ok := s.servers.byID[q.id]; ok {
		return v, nil
	}
	return nil, notFound("server %s does not exist", q.idText)
}

// serverFor finds the server that the path names for a change of it.
func (s *Service) serverFor(q *request, change busyChange) (*server, *fault) {
	v, f := s.server(q)
	if f != nil {
		return nil, f
	}
	return v, v.refuse(change, q.now)
}

func (s *Service) getServer(q *request) (answer, *fault) {
	v, f := s.server(q)
	if f != nil {
		return answer{}, f
	}
	return single(q, "server", v.view(q.now), v.changed(q.now))
}

func (s *Service) updateServer(q *request) (answer, *fault) {
	v, f := s.serverFor(q, changeUpdate)
	if f != nil {
		return answer{}, f
	}
	in, f := q.body.object("server")
	if f != nil {
		return answer{}, f
	}
	name := v.name
	if in.has("name") {
		name = s.serverName(in)
	}
	if in.has("adminPass") {
		in.text("adminPass")
	}
	if !in.has("name") && !in.has("adminPass") {
		in.refuse("server has neither name nor adminPass; send at least one of them")
	}
	if in.fault != nil {
		return answer{}, in.fault
	}
	v.name = name
	s.servers.touch(v, q.now)
	if in.has("adminPass") { // the change reboots the server
		s.begin(v, task{kind: taskReboot}, q.now, stage{statusPassword, s.times.Password})
	}
	return empty(http.StatusNoContent), nil
}

// deleteServer answers 202, as recorded; the guide of 2011 says 204. Images made
// from the server go with it.
func (s *Service) deleteServer(q *request) (answer, *fault) {
	v, f := s.serverFor(q, changeDelete)
	if f != nil {
		return answer{}, f
	}
	s.images.removeOf(v.id, q.now)
	if v.group != nil {
		s.leaveGroup(v, q.now)
	}
	s.servers.remove(v, q.now)
	return empty(http.StatusAccepted), nil
}
