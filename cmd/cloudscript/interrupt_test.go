package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

func interrupt(t *testing.T, p *process) {
	t.Helper()
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
}

const stopping = "cloudscript: stopping; Ctrl-C once more ends at once\n"

func TestInterruptEndsTheRun(t *testing.T) {
	for name, code := range map[string]string{
		"a loop": `print("started") while true do end`,
		"a wait": `print("started") time.sleep("10h")`,
		// The script's own pcall does not stand in the way.
		"a loop that catches": `print("started") while true do pcall(function() while true do end end) end`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, command(t, "run", "-e", code))
			if line := p.line(); line != "started" {
				t.Fatalf("first line %q", line)
			}
			interrupt(t, p)
			if code := p.end(); code != exitInterrupted {
				t.Errorf("exit code %d, want %d", code, exitInterrupted)
			}
			// Whether the signal came before the sleep or in it, and inside pcall or outside, is open.
			got, _, _ := strings.Cut(p.stderr.String(), "stack:\n")
			got = strings.Replace(got, "cancelled during time.sleep\n", "cancelled\n", 1)
			want := stopping + "error: the run was cancelled\n--> -e:1\n    1 | " + code + "\n"
			if got != want {
				t.Errorf("standard error:\n%swant:\n%s", got, want)
			}
		})
	}
}

// A create that was cut off may have happened: the message says where to look.
func TestInterruptSaysWhatTheCloudMayHaveDone(t *testing.T) {
	arrived, over := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-over
	}))
	defer server.Close()
	defer close(over)
	cmd := command(t, "run", "-e", `vm.create{hostname = "web1", plan_id = "m.1", image_id = 26}`)
	cmd.Env = append(cmd.Env, "CLOUDSCRIPT_LUNANODE_URL="+server.URL+"/api",
		"CLOUDSCRIPT_LUNANODE_API_ID=LNID000000000001", "CLOUDSCRIPT_LUNANODE_API_KEY="+sentinelLong)
	p := start(t, cmd)
	<-arrived
	interrupt(t, p)
	if code := p.end(); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	want := stopping + `error: the run was cancelled during vm.create
--> -e:1
    1 | vm.create{hostname = "web1", plan_id = "m.1", image_id = 26}
hint: vm.create was under way: the vm may exist (look with vm.list())
`
	if got := p.stderr.String(); got != want {
		t.Errorf("standard error:\n%swant:\n%s", got, want)
	}
}

// stubborn is a program whose work does not stop when it should.
func stubborn() {
	ctx, stop := interruptible(context.Background(), systemStreams())
	defer stop()
	fmt.Println("started")
	<-ctx.Done()
	fmt.Println("asked to stop")
	select {}
}

func TestSecondInterruptEndsAtOnce(t *testing.T) {
	p := start(t, commandNamed(t, "stubborn"))
	p.line()
	interrupt(t, p)
	if line := p.line(); line != "asked to stop" {
		t.Fatalf("second line %q", line)
	}
	interrupt(t, p)
	if code := p.end(); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	if got := p.stderr.String(); !strings.HasPrefix(got, stopping) {
		t.Errorf("standard error %q", got)
	}
}
