package simulator_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator"
)

func TestCloseEndsServing(t *testing.T) {
	sim, err := simulator.Start(simulator.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sim.Close(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(sim.BaseURL()); err == nil {
		t.Error("a closed simulator answers")
	}
	embedded, err := simulator.New(simulator.Config{})
	if err != nil || embedded.Close() != nil || embedded.BaseURL() != "" {
		t.Errorf("a simulator that does not listen: %v", err)
	}
}

func TestShutdownEndsServing(t *testing.T) {
	sim, err := simulator.Start(simulator.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sim.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(sim.BaseURL()); err == nil {
		t.Error("a simulator that was shut down answers")
	}
	embedded, err := simulator.New(simulator.Config{})
	if err != nil || embedded.Shutdown(t.Context()) != nil {
		t.Errorf("a simulator that does not listen: %v", err)
	}
}

func TestIdleConnectionsAreClosed(t *testing.T) {
	sim := simulator.StartT(t, simulator.Config{IdleTimeout: time.Millisecond})
	conn, err := net.Dial("tcp", strings.TrimPrefix(sim.BaseURL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: sim\r\n\r\n")
	all, err := io.ReadAll(conn) // ends when the simulator closes
	if err != nil || !strings.Contains(string(all), "200 OK") || strings.Contains(string(all), "Connection: close") {
		t.Errorf("the connection carries %q, %v", all, err)
	}
}

type fakeTB struct {
	testing.TB
	failed  string
	cleanup []func()
}

func (f *fakeTB) Helper()          {}
func (f *fakeTB) Cleanup(c func()) { f.cleanup = append(f.cleanup, c) }
func (f *fakeTB) Fatalf(format string, args ...any) {
	f.failed = fmt.Sprintf(format, args...)
	panic(f)
}

func TestStartT(t *testing.T) {
	f := &fakeTB{}
	sim := simulator.StartT(f, simulator.Config{})
	for _, c := range f.cleanup {
		c()
	}
	if _, err := http.Get(sim.BaseURL()); err == nil {
		t.Error("the simulator outlives its test")
	}
	defer func() {
		if recover() != any(f) || !strings.Contains(f.failed, "fault rule") {
			t.Errorf("the test ends with %q", f.failed)
		}
	}()
	simulator.StartT(f, simulator.Config{Faults: []string{"x"}})
}
