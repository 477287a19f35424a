package cloudservers

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"
)

// createServer makes a server (section 9.4). Everything is checked before
// anything is changed.
func (s *Service) createServer(q *request) (answer, *fault) {
	in, f := q.body.object("server")
	if f != nil {
		return answer{}, f
	}
	// A request without a name was named slice<id> by the real service.
	name := fmt.Sprintf("slice%d", s.servers.nextID)
	if in.has("name") {
		name = s.serverName(in)
	}
	imageID, flavorID := in.integer("imageId"), in.integer("flavorId")
	metadata := in.metadata()
	in.personality()
	if in.fault != nil {
		return answer{}, in.fault
	}
	if f := s.bootable(imageID); f != nil {
		return answer{}, f
	}
	flavor, f := s.flavor(flavorID)
	if f != nil {
		return answer{}, f
	}
	group, shared, f := s.launchGroup(in)
	if f != nil {
		return answer{}, f
	}
	if f := s.roomFor(flavor.RAM); f != nil {
		return answer{}, f
	}

	v := &server{
		id: s.servers.nextID, name: name, imageID: imageID, flavor: flavor,
		metadata: metadata, backup: noBackup, status: statusActive,
	}
	v.hostID = s.identity.host(v.id)
	s.giveAddresses(v, shared)
	s.servers.add(v)
	if group != nil {
		s.joinGroup(v, group, q.now)
	}
	s.begin(v, task{kind: taskBuild, fails: q.failing}, q.now, stage{statusBuild, s.times.Build})

	view := v.view(q.now)
	view.AdminPass = s.identity.password(name, v.id)
	return answer{status: http.StatusAccepted, name: "server", value: view}, nil
}

// serverName reads a name. With StripNames it loses what the real service took
// from a recorded one: everything but letters, digits and -._
func (s *Service) serverName(in *fields) string {
	name := in.text("name")
	if !s.stripNames {
		return name
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-._", r) {
			return r
		}
		return -1
	}, name)
}

// giveAddresses assigns one private address and, unless the server is launched
// with shared ones, one public address of its own.
func (s *Service) giveAddresses(v *server, shared addressList) {
	n := s.servers.made
	for s.servers.owners[publicAddress(n)] != nil { // a seeded server has it
		n++
	}
	s.servers.made = n + 1
	v.private = addressList{privateAddress(n)}
	if len(shared) > 0 {
		v.public = slices.Clone(shared)
		return
	}
	v.own = publicAddress(n)
	v.public = addressList{v.own}
}

// roomFor refuses memory beyond the account's limit.
func (s *Service) roomFor(memory int) *fault {
	if total := s.servers.memory + memory; total > s.limits.MaxTotalRAMSize {
		return overAbsoluteLimit("maxTotalRAMSize is %d MB; with this request the servers would have %d MB",
			s.limits.MaxTotalRAMSize, total)
	}
	return nil
}
