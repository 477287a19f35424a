package cloudservers

import (
	"net/http"
	"slices"
	"time"
)

// A flavor is a size of server. Flavors never change, so the entity is its view.
type flavor struct {
	ID   int    `json:"id" xml:"id,attr"`
	Name string `json:"name" xml:"name,attr"`
	RAM  int    `json:"ram" xml:"ram,attr"`   // MB
	Disk int    `json:"disk" xml:"disk,attr"` // GB
}

// stockFlavors is the real table (section 12.1).
var stockFlavors = []flavor{
	{1, "256 server", 256, 10},
	{2, "512 server", 512, 20},
	{3, "1GB server", 1024, 40},
	{4, "2GB server", 2048, 80},
	{5, "4GB server", 4096, 160},
	{6, "8GB server", 8192, 320},
	{7, "15.5GB server", 15872, 620},
	{8, "30GB server", 30720, 1200},
}

func (s *Service) flavor(id int) (*flavor, *fault) {
	at, ok := slices.BinarySearchFunc(s.flavors, id, func(f *flavor, id int) int { return f.ID - id })
	if !ok {
		return nil, notFound("flavor %d does not exist", id)
	}
	return s.flavors[at], nil
}

func (s *Service) listFlavors(q *request) (answer, *fault) {
	return listFlavorViews(s, q, func(f *flavor) entry { return entry{f.ID, f.Name} })
}

func (s *Service) listFlavorsDetail(q *request) (answer, *fault) {
	return listFlavorViews(s, q, func(f *flavor) flavor { return *f })
}

func listFlavorViews[V any](s *Service, q *request, view func(*flavor) V) (answer, *fault) {
	p, f := pageOf(q.query)
	if f != nil {
		return answer{}, f
	}
	if p.changes {
		return empty(http.StatusNotModified), nil
	}
	shown, _ := cut(p, s.flavors, nil)
	return list("flavors", "flavor", each(shown, view), time.Time{}), nil
}

func (s *Service) getFlavor(q *request) (answer, *fault) {
	flavor, f := s.flavor(q.id)
	if f != nil {
		return answer{}, notFound("flavor %s does not exist", q.idText)
	}
	return single(q, "flavor", *flavor, time.Time{})
}
