package simulator

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/simulator/auth"
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// A Simulator is both clouds. It is safe for many goroutines.
type Simulator struct {
	*auth.Service // ExpireToken, RevokeToken, ResetKey, SetDisabled, SetTokenLife, Username, APIKey, Number

	clock        Clock
	cloudservers *cloudservers.Service
	lunanode     LunaNode
	handler      http.Handler

	base   string // http://host:port; "" unless started
	server *http.Server
}

// New makes a simulator that does not listen; Handler serves it.
func New(c Config) (*Simulator, error) {
	if c.Clock == nil {
		c.Clock = Scaled(1)
	}
	s := &Simulator{clock: c.Clock, lunanode: c.LunaNode.orDefault(c.RandomSeed)}
	if n := len(s.lunanode.APIID); n != 16 {
		return nil, fmt.Errorf("simulator: the Luna Node API id has %d characters, it must have 16", n)
	}
	if n := len(s.lunanode.APIKey); n != 128 {
		return nil, fmt.Errorf("simulator: the Luna Node API key has %d characters, it must have 128", n)
	}
	s.Service = auth.New(auth.Config{Clock: c.Clock, Account: c.Account, RandomSeed: c.RandomSeed, JSONFaults: c.JSONFaults})
	servers := c.CloudServers
	servers.Clock, servers.Account, servers.RandomSeed, servers.Authorize = c.Clock, s.Number(), c.RandomSeed, s.Valid
	var err error
	if s.cloudservers, err = cloudservers.New(servers); err != nil {
		return nil, fmt.Errorf("simulator: %w", err)
	}
	s.handler = s.routes()
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
		Handler:           s.handler,
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

// Handler is both clouds for a server of the caller's.
func (s *Simulator) Handler() http.Handler { return s.handler }

// routes sends every path to its service. Cloud Files and its CDN have URLs in a
// log-in's answer, but are not simulated.
func (s *Simulator) routes() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case auth.IsLogin(r):
			s.Service.ServeHTTP(w, r)
		case below(r, "/storage"), below(r, "/cdn"):
			http.Error(w, "Cloud Files is not simulated", http.StatusNotImplemented)
		default:
			s.cloudservers.ServeHTTP(w, r)
		}
	})
}

// below reports whether a request's path is at or below another.
func below(r *http.Request, path string) bool {
	rest, ok := strings.CutPrefix(r.URL.Path, path)
	return ok && (rest == "" || rest[0] == '/')
}
