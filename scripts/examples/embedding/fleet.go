package main

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/cloudscript/cloudscript/runtime"
)

// A server is what rules see of one machine.
type server struct {
	Name    string
	Load    float64
	Reboots int
}

// A fleet is the servers that rules act on. A real one would be a client of some
// cloud.
type fleet struct {
	mu      sync.Mutex
	servers []server
}

func newFleet(names ...string) *fleet {
	f := &fleet{}
	for i, name := range names {
		f.servers = append(f.servers, server{Name: name, Load: 0.5 + 0.2*float64(i)})
	}
	return f
}

type byName struct {
	Name string `lua:",required" doc:"the server's name"`
}

// module declares the fleet's verbs.
func (f *fleet) module() runtime.Module {
	list := runtime.Func("fleet.list", "Lists the servers.", func(context.Context, struct{}) ([]server, error) {
		f.mu.Lock()
		defer f.mu.Unlock()
		return slices.Clone(f.servers), nil
	})
	list.Effect = runtime.Read
	reboot := runtime.Func("fleet.reboot", "Reboots a server.", func(_ context.Context, in byName) (server, error) {
		s, err := f.change(in.Name, func(s *server) { s.Load, s.Reboots = 0, s.Reboots+1 })
		return s, err
	})
	reboot.Effect = runtime.Update
	remove := runtime.Func("fleet.remove", "Removes a server for good.", func(_ context.Context, in byName) (any, error) {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.servers = slices.DeleteFunc(f.servers, func(s server) bool { return s.Name == in.Name })
		return nil, nil
	})
	remove.Effect = runtime.Destroy
	return runtime.Module{Name: "fleet", Doc: "The servers.", Verbs: []runtime.Verb{list, reboot, remove}}
}

func (f *fleet) change(name string, change func(*server)) (server, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var names []string
	for i := range f.servers {
		if f.servers[i].Name == name {
			change(&f.servers[i])
			return f.servers[i], nil
		}
		names = append(names, f.servers[i].Name)
	}
	e := runtime.Errorf(runtime.NotFound, "there is no server %q", name)
	e.Hint = "there are " + strings.Join(names, ", ")
	return server{}, e
}
