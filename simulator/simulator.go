package simulator

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/cloudscript/cloudscript/simulator/auth"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/faults"
	"github.com/cloudscript/cloudscript/simulator/lunanode"
)

// A Simulator is both clouds. It is safe for many goroutines.
type Simulator struct {
	*auth.Service // ExpireToken, RevokeToken, ResetKey, SetDisabled, SetTokenLife, Username, APIKey, Number

	clock        Clock
	cloudservers *cloudservers.Service
	lunanode     *lunanode.Server
	faults       *faults.Injector
	calls        callLog

	base   string // http://host:port; "" unless started
	server *http.Server
}

// New makes a simulator that does not listen; Handler serves it.
func New(c Config) (*Simulator, error) {
	if c.Clock == nil {
		c.Clock = Scaled(1)
	}
	s := &Simulator{clock: c.Clock}
	s.Service = auth.New(auth.Config{Clock: c.Clock, Account: c.Account, RandomSeed: c.RandomSeed, JSONFaults: c.JSONFaults,
		BaseURL: c.BaseURL})
	servers := c.CloudServers
	servers.Clock, servers.Account, servers.RandomSeed, servers.Authorize = c.Clock, s.Number(), c.RandomSeed, s.Valid
	if c.State != nil {
		servers.State = c.State.CloudServers
	}
	var err error
	if s.cloudservers, err = cloudservers.New(servers); err != nil {
		return nil, fmt.Errorf("simulator: %w", err)
	}
	luna := c.LunaNode
	luna.Clock, luna.Seed = c.Clock, c.RandomSeed
	if err := luna.Validate(); err != nil {
		return nil, fmt.Errorf("simulator: %w", err)
	}
	s.lunanode = lunanode.New(luna)
	if c.State != nil && c.State.LunaNode != nil {
		if err := s.lunanode.Restore(*c.State.LunaNode); err != nil {
			return nil, fmt.Errorf("simulator: %w", err)
		}
	}
	s.faults = s.newInjector()
	if err := s.AddFaults(c.Faults...); err != nil {
		return nil, fmt.Errorf("simulator: %w", err)
	}
	return s, nil
}

// Start makes a simulator and serves it until Close.
func Start(c Config) (*Simulator, error) {
	s, err := New(c)
	if err != nil {
		return nil, err
	}
	if c.Listen == "" {
		c.Listen = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return nil, fmt.Errorf("simulator: %w", err)
	}
	s.base = "http://" + listener.Addr().String()
	s.server = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 30 * time.Second,
		IdleTimeout:       c.IdleTimeout,
		ErrorLog:          log.New(io.Discard, "", 0), // connections that rules break are no news
	}
	go s.server.Serve(listener)
	return s, nil
}

// Close stops serving and ends open connections.
func (s *Simulator) Close() error {
	if s.server == nil {
		return nil
	}
	return s.server.Close()
}

// Shutdown stops serving once open requests are answered or ctx ends.
func (s *Simulator) Shutdown(ctx context.Context) error {
	if s.server == nil {
		return nil
	}
	return s.server.Shutdown(ctx)
}

// Handler is both clouds for a server of the caller's. It is the simulator itself.
func (s *Simulator) Handler() http.Handler { return s }
