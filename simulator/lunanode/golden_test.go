package lunanode

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test -update writes it", err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(gotLines), len(wantLines)) {
		if line(gotLines, i) != line(wantLines, i) {
			t.Errorf("%s:%d differs (go test -update writes it anew)\ngot  %s\nwant %s", path, i+1, line(gotLines, i), line(wantLines, i))
			return
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// The answers to the byte, and every refusal, one file for each category.
func TestGoldenAnswers(t *testing.T) {
	c := newClient(t, Config{Seed: 1})
	files := map[string]*strings.Builder{}
	for _, e := range readCatalogue(t) {
		file := files[e.Category]
		if file == nil {
			file = &strings.Builder{}
			files[e.Category] = file
		}
		c.reseed()
		params := plausibleParams(t, e)
		fmt.Fprintf(file, "== %s %s\n%s\n", e.path(), encodeArgs(params), c.raw(e.path(), params))
		c.reseed()
		for _, p := range e.Params {
			bad := maps.Clone(params)
			if p.Required {
				delete(bad, p.Name)
				fmt.Fprintf(file, "   without %s: %v\n", p.Name, c.outcome(e.path(), bad))
			}
			bad[p.Name] = "?"
			fmt.Fprintf(file, "   %s=?: %v\n", p.Name, c.outcome(e.path(), bad))
		}
		fmt.Fprintln(file)
	}
	for category, file := range files {
		golden(t, "answers/"+category+".txt", file.String())
	}
}

func encodeArgs(params args) string {
	if len(params) == 0 {
		return ""
	}
	text, err := json.Marshal(params)
	if err != nil {
		panic(err) // texts and numbers only
	}
	return string(text)
}

// raw makes a call and returns the answer as it came.
func (c *client) raw(path string, params args) string {
	c.t.Helper()
	response, err := http.PostForm(c.url+"/"+path+"/", c.form(path, params))
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if kind := response.Header.Get("Content-Type"); kind != "application/json" {
		return fmt.Sprintf("(%d bytes of %s)", len(body), kind)
	}
	return string(body)
}

// outcome is the error's text, or ok.
func (c *client) outcome(path string, params args) any {
	c.t.Helper()
	if answer := c.try(path, params); answer["success"] != "yes" {
		return answer["error"]
	}
	return "ok"
}

// What each action does to a machine in each state: the task that it sets going,
// nothing, or a refusal.
func TestGoldenStates(t *testing.T) {
	actions := []struct {
		name   string
		params args
	}{
		{"start", nil}, {"stop", nil}, {"reboot", nil}, {"rescue", nil}, {"shelve", nil}, {"unshelve", nil},
		{"diskswap", nil}, {"reimage", args{"image_id": "26"}}, {"resize", args{"plan_id": "m.2"}},
		{"snapshot", args{"name": "a"}}, {"vnc", nil}, {"delete", nil},
	}
	c := newClient(t, Config{})
	states := slices.Sorted(maps.Keys(stateWords))
	var table strings.Builder
	for _, state := range append(states, "active, being stopped") {
		fmt.Fprintf(&table, "== %s\n", state)
		for _, action := range actions {
			if err := c.server.Restore(State{VMs: []VM{machineIn(state, c.clock.Now())}}); err != nil {
				t.Fatal(err)
			}
			params := args{"vm_id": runningVM}
			maps.Copy(params, action.params)
			fmt.Fprintf(&table, "   %-8s %s\n", action.name, c.effect("vm/"+action.name, params))
		}
	}
	golden(t, "vm_states.txt", table.String())
}

func machineIn(state string, now time.Time) VM {
	vm := VM{ID: runningVM, Hostname: "web01", Region: "toronto", Plan: "m.1", Image: 26, Phase: Phase{Status: state}}
	switch state {
	case "build":
		vm.Phase = Phase{Status: "build", Task: "spawning", Next: "active", Until: now.Add(time.Minute)}
	case "active, being stopped":
		vm.Phase = Phase{Status: "active", Task: "powering-off", Next: "shutoff", Until: now.Add(time.Minute)}
	}
	return vm
}

// effect tells what a call did to the machine.
func (c *client) effect(path string, params args) string {
	c.t.Helper()
	show := func() string {
		answer := c.try("vm/info", args{"vm_id": runningVM})
		if answer["success"] != "yes" {
			return "gone"
		}
		return fmt.Sprint(dig(c.t, answer, "info", "status_nohtml"))
	}
	before := show()
	if outcome := c.outcome(path, params); outcome != "ok" {
		if after := show(); after != before {
			c.t.Errorf("%s was refused and did something: %s", path, after)
		}
		return fmt.Sprintf("refused: %v", outcome)
	}
	meanwhile := show()
	if meanwhile == before {
		return "ok, still " + before
	}
	c.clock.advance(time.Hour)
	if last := show(); last != meanwhile {
		return "ok, " + meanwhile + ", then " + last
	}
	return "ok, " + meanwhile
}
