package cloudservers

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// stepped is a clock that moves only when told, between requests.
type stepped struct{ now time.Time }

func (c *stepped) Now() time.Time { return c.now }

// walker sends random requests to a service and knows nothing of its state.
type walker struct {
	service *Service
	clock   *stepped
	random  *rand.Rand
	log     []string
}

func newWalker(t *testing.T, source rand.Source) *walker {
	clock := &stepped{time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	s, err := New(Config{Clock: clock, Limits: AbsoluteLimits{MaxTotalRAMSize: 8192, MaxIPGroups: 3, MaxIPGroupMembers: 3}})
	if err != nil {
		t.Fatal(err)
	}
	return &walker{service: s, clock: clock, random: rand.New(source)}
}

// step sends one request, some to things that do not exist.
func (w *walker) step() {
	server := func() int { return w.service.identity.firstID("server", 10_000, 80_000) + w.random.IntN(12) }
	image := func() int { return w.service.identity.firstID("image", 1_000, 8_000) + w.random.IntN(6) }
	group := func() int { return w.service.identity.firstID("group", 100, 800) + w.random.IntN(6) }
	address := func() string { return publicAddress(w.random.IntN(12)) }
	flavor := func() int { return 1 + w.random.IntN(4) }
	action := func(body string) (string, string, string) {
		return "POST", fmt.Sprintf("/servers/%d/action", server()), body
	}
	requests := []func() (method, path, body string){
		func() (string, string, string) {
			return "POST", "/servers", fmt.Sprintf(`{"server":{"name":"x","imageId":112,"flavorId":%d}}`, flavor())
		},
		func() (string, string, string) {
			return "POST", "/servers", fmt.Sprintf(`{"server":{"name":"x","imageId":%d,"flavorId":%d,"sharedIpGroupId":%d}}`, image(), flavor(), group())
		},
		func() (string, string, string) {
			return "POST", "/servers", fmt.Sprintf(`{"server":{"name":"x","imageId":112,"flavorId":1,"sharedIpGroupId":%d,"addresses":{"public":[%q]}}}`, group(), address())
		},
		func() (string, string, string) { return "DELETE", fmt.Sprintf("/servers/%d", server()), "" },
		func() (string, string, string) {
			return "PUT", fmt.Sprintf("/servers/%d", server()), `{"server":{"adminPass":"p"}}`
		},
		func() (string, string, string) { return action(`{"reboot":{"type":"HARD"}}`) },
		func() (string, string, string) { return action(fmt.Sprintf(`{"rebuild":{"imageId":%d}}`, image())) },
		func() (string, string, string) { return action(fmt.Sprintf(`{"resize":{"flavorId":%d}}`, flavor())) },
		func() (string, string, string) { return action(`{"confirmResize":null}`) },
		func() (string, string, string) { return action(`{"revertResize":null}`) },
		func() (string, string, string) {
			return "POST", "/images", fmt.Sprintf(`{"image":{"serverId":%d,"name":"i"}}`, server())
		},
		func() (string, string, string) { return "DELETE", fmt.Sprintf("/images/%d", image()), "" },
		func() (string, string, string) {
			return "POST", "/shared_ip_groups", fmt.Sprintf(`{"sharedIpGroup":{"name":"g","server":%d}}`, server())
		},
		func() (string, string, string) { return "DELETE", fmt.Sprintf("/shared_ip_groups/%d", group()), "" },
		func() (string, string, string) {
			return "PUT", fmt.Sprintf("/servers/%d/ips/public/%s", server(), address()), fmt.Sprintf(`{"shareIp":{"sharedIpGroupId":%d,"configureServer":true}}`, group())
		},
		func() (string, string, string) {
			return "DELETE", fmt.Sprintf("/servers/%d/ips/public/%s", server(), address()), ""
		},
		func() (string, string, string) {
			return "POST", fmt.Sprintf("/servers/%d/backup_schedule", server()), `{"backupSchedule":{"enabled":true,"daily":"H_0000_0200"}}`
		},
		func() (string, string, string) {
			return "GET", fmt.Sprintf("/servers/detail?changes-since=%d", w.clock.now.Unix()-60), ""
		},
	}
	method, path, body := requests[w.random.IntN(len(requests))]()
	r := httptest.NewRequest(method, "/v1.0/0"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if w.random.IntN(5) == 0 {
		r = Failing(r)
	}
	answer := httptest.NewRecorder()
	w.service.ServeHTTP(answer, r)
	w.log = append(w.log, fmt.Sprintf("%s %s %s: %d", method, path, body, answer.Code))
	w.clock.now = w.clock.now.Add(time.Duration(w.random.IntN(40)) * time.Second)
}

// check compares what the service keeps in more than one place.
func (w *walker) check() error {
	s := w.service
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle(w.clock.now)
	memory, moving, owned := 0, 0, 0
	for n, v := range s.servers.live {
		memory += v.reservedMemory
		switch {
		case n > 0 && s.servers.live[n-1].id >= v.id:
			return fmt.Errorf("servers %d and %d are out of order", s.servers.live[n-1].id, v.id)
		case s.servers.byID[v.id] != v:
			return fmt.Errorf("server %d is listed and not found", v.id)
		case v.task == nil && v.reservedMemory != v.flavor.RAM:
			return fmt.Errorf("server %d at rest reserves %d MB and has %d", v.id, v.reservedMemory, v.flavor.RAM)
		case v.own != "" && s.servers.owners[v.own] != v:
			return fmt.Errorf("server %d does not own its address %s", v.id, v.own)
		case v.own != "" && !slices.Contains(v.public, v.own):
			return fmt.Errorf("server %d lost its address %s", v.id, v.own)
		case v.group != nil && !slices.Contains(v.group.members, v):
			return fmt.Errorf("server %d is in group %d, which does not know", v.id, v.group.id)
		case v.updated.After(w.clock.now):
			return fmt.Errorf("server %d was changed in the future", v.id)
		case v.updated.After(s.servers.changed):
			return fmt.Errorf("server %d was changed after all servers were", v.id)
		}
		if v.task != nil && v.task.moves() {
			moving++
		}
		if v.own != "" {
			owned++
		}
	}
	if memory != s.servers.memory { // a revert may bring back more than the limit allows
		return fmt.Errorf("%d MB are counted, the servers have %d", s.servers.memory, memory)
	}
	if moving != s.servers.moving {
		return fmt.Errorf("%d tasks are counted, %d move", s.servers.moving, moving)
	}
	if owned != len(s.servers.owners) || len(s.servers.byID) != len(s.servers.live) {
		return fmt.Errorf("%d of %d servers own an address, %d addresses have an owner", owned, len(s.servers.byID), len(s.servers.owners))
	}
	for _, g := range s.groups.all {
		for _, v := range g.members {
			if v.group != g || s.servers.byID[v.id] != v {
				return fmt.Errorf("group %d has the member %d, which does not know", g.id, v.id)
			}
		}
	}
	for _, i := range s.images.all {
		if _, ok := s.servers.byID[i.serverID]; i.serverID != 0 && !ok {
			return fmt.Errorf("image %d outlived its server", i.id)
		}
	}
	return nil
}

// TestRandomWalks sends thousands of requests and checks after each that the
// service agrees with itself, and now and then that a dump restores it.
func TestRandomWalks(t *testing.T) {
	for seed := range uint64(12) {
		w := newWalker(t, rand.NewPCG(seed, 0))
		for n := range 400 {
			w.step()
			if err := w.check(); err != nil {
				t.Fatalf("seed %d: %v after\n%s", seed, err, strings.Join(w.log[max(0, n-20):], "\n"))
			}
			if n%100 == 99 {
				w.checkDump(t)
			}
		}
	}
}

func (w *walker) checkDump(t *testing.T) {
	t.Helper()
	dump := w.service.Dump()
	restored, err := New(Config{Clock: w.clock, State: dump})
	if err != nil {
		t.Fatalf("a dump is refused: %v", err)
	}
	for i := range dump.Servers { // tasks start over, and change their servers by that
		dump.Servers[i].Updated = time.Time{}
		if status := dump.Servers[i].Status; status == statusPrepResize || status == statusResize {
			dump.Servers[i].Status = statusQueueResize
		}
	}
	again := restored.Dump()
	for i := range again.Servers {
		again.Servers[i].Updated = time.Time{}
	}
	for i := range dump.Images {
		if status := dump.Images[i].Status; status == statusPreparing || status == statusSaving {
			dump.Images[i].Status = statusQueued
		}
	}
	first, _ := json.Marshal(dump)
	second, _ := json.Marshal(again)
	if string(first) != string(second) {
		t.Fatalf("the dump of a dump is\n  %s\nwant\n  %s", second, first)
	}
}

// TestWalksRepeat: the same requests at the same moments give the same account.
func TestWalksRepeat(t *testing.T) {
	var dumps []string
	for range 2 {
		w := newWalker(t, rand.NewPCG(7, 7))
		for range 300 {
			w.step()
		}
		dump, _ := json.Marshal(w.service.Dump())
		dumps = append(dumps, string(dump)+strings.Join(w.log, "\n"))
	}
	if dumps[0] != dumps[1] {
		t.Error("two walks with the same requests end differently")
	}
}
