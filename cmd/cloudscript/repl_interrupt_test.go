package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
)

// hangingCloud is a cloud that never answers. It tells of each request on arrived.
func hangingCloud(t *testing.T) (env []string, arrived <-chan struct{}) {
	t.Helper()
	requests, over := make(chan struct{}, 16), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		requests <- struct{}{}
		select {
		case <-over:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(over) })
	return []string{"CLOUDSCRIPT_LUNANODE_URL=" + server.URL + "/api",
		"CLOUDSCRIPT_LUNANODE_API_ID=LNID000000000001", "CLOUDSCRIPT_LUNANODE_API_KEY=" + sentinelLong}, requests
}

// Ports and durations differ from one run to the next, and so would where lines break.
var (
	ports  = regexp.MustCompile(`127\.0\.0\.1:\d+`)
	afters = regexp.MustCompile(`after \d+(\.\d)? m?s: `)
)

// await waits for a request, and reads meanwhile: a program whose output nobody reads
// does not go on.
func (p *typist) await(arrived <-chan struct{}) {
	p.t.Helper()
	for {
		select {
		case <-arrived:
			return
		case more, ok := <-p.output:
			if !ok {
				p.t.Fatalf("the program has gone without a request:\n%q", p.screen)
			}
			p.screen += more
		}
	}
}

// TestInterruptsAtTheTerminal presses Ctrl-C while an entry runs, while one waits for a
// task, at a line, and at nothing; each says what the cloud may have done.
func TestInterruptsAtTheTerminal(t *testing.T) {
	for _, columns := range []int{60, 200} {
		cloud, arrived := hangingCloud(t)
		env := append(command(t).Env, cloud...)
		env = append(env, "TERM=xterm", "NO_COLOR=1", "VISUAL=", "EDITOR=sed -i s/web1/web2/")
		p, end := sitDownAt(t, env, uint16(columns), "repl")
		ready := func() { t.Helper(); p.expect("> " + nothingTyped) }
		do := func(keys string) { t.Helper(); p.keys(keys + enter); ready() }
		ready()

		const create = `vm.create{hostname = "web1", plan_id = "m.1", image_id = 26}`
		p.keys(create + enter)
		p.expect("26}\r\n") // the system drops output that nobody has read at a Ctrl-C
		p.await(arrived)
		p.keys(ctrlC)
		p.expect("may exist")
		ready()
		p.keys(":edit" + enter) // Ctrl-C stops what the editor has made, too
		p.await(arrived)
		p.expect("waiting for an answer") // and is seen where the progress stood
		p.keys(ctrlC)
		p.expect("may exist")
		ready()

		do(`t = task.spawn(function() ` + create + ` end)`)
		p.await(arrived)
		p.keys("2 * ")
		p.expect("2 * " + nothingTyped)
		p.keys(ctrlC) // which the task outlives
		p.expect("^C")
		ready()
		p.keys("t:cancel()" + enter)
		p.expect("may exist")
		ready()

		do("t = task.spawn(function() time.sleep(1000) end)")
		p.keys("t:join()" + enter)
		p.expect("waiting for task")
		p.keys(ctrlC) // and that, too
		p.expect("the run was cancelled")
		ready()
		p.keys(ctrlC)
		p.expect("Ctrl-C once more leaves")
		ready()
		do("1 + 1") // then it counts anew
		p.keys(ctrlC)
		p.expect("Ctrl-C once more leaves")
		ready()
		p.keys(ctrlC)
		p.expect("1 task is still going")
		ready()
		p.keys(ctrlC)
		end()
		if colours := regexp.MustCompile(`\x1b\[[0-9;]*m`).FindString(p.screen); colours != "" {
			t.Errorf("NO_COLOR is shown %q", colours)
		}
		screen := afters.ReplaceAllString(ports.ReplaceAllString(p.screen, "127.0.0.1:43210"), "after N s: ")
		compareScreen(t, fmt.Sprintf("testdata/screens/%d-interrupts.txt", columns), screenOf(screen, columns))
	}
}
