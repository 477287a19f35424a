package cloudservers

import (
	"net/http"
	"time"
)

// stockImages are images of the real service (section 15); all are ACTIVE.
var stockImages = []entry{
	{31, "Windows Server 2008 SP2 x86"},
	{100, "Arch 2011.10"},
	{103, "Debian 5 (Lenny)"},
	{104, "Debian 6 (Squeeze)"},
	{108, "Gentoo 11.0"},
	{112, "Ubuntu 10.04 LTS"},
	{114, "CentOS 5.6"},
	{115, "Ubuntu 11.04"},
	{116, "Fedora 15"},
	{118, "CentOS 6.0"},
	{119, "Ubuntu 11.10"},
	{120, "Fedora 16"},
}

// stockUpdated dates the stock images in the autumn of 2011, as recorded ones are.
var stockUpdated = time.Date(2011, 10, 4, 13, 39, 34, 0, time.UTC)

func (s *Service) listImages(q *request) (answer, *fault) {
	return listImageViews(s, q, func(i *image) entry { return entry{i.id, i.name} })
}

func (s *Service) listImagesDetail(q *request) (answer, *fault) {
	return listImageViews(s, q, func(i *image) imageView { return i.listView(q.now) })
}

func listImageViews[V any](s *Service, q *request, view func(*image) V) (answer, *fault) {
	p, f := pageOf(q.query)
	if f != nil {
		return answer{}, f
	}
	shown, unchanged := cut(p, s.images.all, func(i *image) time.Time { return i.changed(q.now) })
	if unchanged {
		return empty(http.StatusNotModified), nil
	}
	return list("images", "image", each(shown, view), s.images.changedAt(q.now)), nil
}

// image finds the image that the path names.
func (s *Service) image(q *request) (*image, *fault) {
	if i, ok := s.images.find(q.id); ok {
		return i, nil
	}
	return nil, notFound("image %s does not exist", q.idText)
}

// bootable refuses an image that no server can be built from.
func (s *Service) bootable(id int) *fault {
	i, ok := s.images.find(id)
	switch {
	case !ok:
		return notFound("image %d does not exist", id)
	case i.making != nil || i.status != statusActive:
		return badRequest("image %d is not ACTIVE", id)
	}
	return nil
}

func (s *Service) getImage(q *request) (answer, *fault) {
	i, f := s.image(q)
	if f != nil {
		return answer{}, f
	}
	return single(q, "image", i.view(q.now), i.changed(q.now))
}

// createImage starts an image of a server, which stays ACTIVE meanwhile.
func (s *Service) createImage(q *request) (answer, *fault) {
	in, f := q.body.object("image")
	if f != nil {
		return answer{}, f
	}
	id, name := in.integer("serverId"), in.text("name")
	if in.fault != nil {
		return answer{}, in.fault
	}
	v, ok := s.servers.byID[id]
	if !ok {
		return answer{}, notFound("server %d does not exist", id)
	}
	if f := v.refuse(changeImage, q.now); f != nil {
		return answer{}, f
	}
	i := &image{
		id: s.images.nextID, serverID: id, name: name, fails: q.failing, created: q.now, updated: q.now,
		making: s.imageTimeline(q.now),
	}
	s.images.add(i, q.now)
	v.imaging = i
	return answer{status: http.StatusAccepted, name: "image", value: i.view(q.now)}, nil
}

func (s *Service) imageTimeline(now time.Time) *timeline {
	return &timeline{started: now, stages: []stage{
		{statusQueued, s.times.QueueImage},
		{statusPreparing, s.times.PrepareImage},
		{statusSaving, s.times.SaveImage},
	}}
}

func (s *Service) deleteImage(q *request) (answer, *fault) {
	i, f := s.image(q)
	if f != nil {
		return answer{}, f
	}
	if i.serverID == 0 {
		return answer{}, newFault("cloudServersFault", http.StatusForbidden, "Forbidden",
			"image %d is a stock image and cannot be deleted", i.id)
	}
	i.making = nil // its server is free again
	s.images.remove(func(other *image) bool { return other == i }, q.now)
	return empty(http.StatusNoContent), nil
}
