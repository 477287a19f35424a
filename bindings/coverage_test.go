package bindings

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/internal/census"
	"github.com/cloudscript/cloudscript/runtime"
	simulated "github.com/cloudscript/cloudscript/simulator/lunanode"
)

const coveragePage = "../docs/coverage.md"

var updateCoverage = flag.Bool("update-coverage", false, "write docs/coverage.md anew")

// A covered row is one operation of a cloud and what stands for it here. An empty
// field is a hole.
type covered struct {
	id, operation, client, verb, simulator, test, doc string
}

// TestCoverage writes the table of docs/coverage.md from what is there, and fails
// where something is missing or the document says otherwise.
func TestCoverage(t *testing.T) {
	have, err := os.ReadFile(coveragePage)
	if err != nil && !*updateCoverage {
		t.Fatal(err)
	}
	tests := census.Named(string(have))
	if *updateCoverage {
		tests = chooseTests(t, tests)
	}
	servers, lunaNode := coverCloudServers(t, tests), coverLunaNode(t, tests)
	if len(servers) != 35 || len(lunaNode) != 117 {
		t.Errorf("%d and %d rows, want 35 and 117", len(servers), len(lunaNode))
	}
	var b strings.Builder
	b.WriteString(`# What is covered

Written by ` + "`go test ./bindings -run TestCoverage -update-coverage`" + `, which derives every cell: the verbs from running each
one's example against the simulator and looking which operation arrived, the client's methods and the simulator's handlers
from the source, the descriptions from the declarations (` + "`cloudscript doc VERB`" + ` prints them whole), and the tests from
running them: each is one in which the simulator did what it was asked, through the whole of verb and client for those in
package bindings. The same test fails when a cell is empty or this page is out of date; the packages of the tests that are
named fail when the call no longer succeeds in them. Beside the simulator's function stands its name for the operation, which
rules for faults take as well.

## Cloud Servers v1.0

The 31 operations of the specification; the four lists have a second path each, for all fields, so there are 35 rows.

| | operation | client (apiclient/rackspace) | verb | simulator (cloudservers) | a test | what it does |
|---|---|---|---|---|---|---|
`)
	writeRows(t, &b, servers)
	b.WriteString(`
## The category/action API

The 117 actions of the catalogue. The client has one method for all of them and for what the catalogue does not know,
which scripts reach with ` + "`vm.call`" + `; a verb's parameters are the catalogue's.

| | action | client (apiclient/lunanode) | verb | simulator (lunanode) | a test | what it does |
|---|---|---|---|---|---|---|
`)
	writeRows(t, &b, lunaNode)
	if *updateCoverage {
		have = []byte(b.String())
		if err := os.WriteFile(coveragePage, have, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if string(have) != b.String() {
		t.Errorf("docs/coverage.md is out of date: go test ./bindings -run TestCoverage -update-coverage")
	}
}

func writeRows(t *testing.T, b *strings.Builder, rows []covered) {
	for _, r := range rows {
		cells := []string{r.id, r.operation, r.client, r.verb, r.simulator, r.test, r.doc}
		if slices.Contains(cells, "") {
			t.Errorf("there is a hole: %+v", r)
		}
		fmt.Fprintf(b, "| %s |\n", strings.ReplaceAll(strings.Join(cells, " | "), "\n", " "))
	}
}

// coverCloudServers goes through the specification's table.
func coverCloudServers(t *testing.T, tests map[string]string) []covered {
	text, err := os.ReadFile("testdata/cloud-servers-operations.txt")
	if err != nil {
		t.Fatal(err)
	}
	methods, handlers, verbs := clientMethods(t), readHandlers(t), verbsByOperation(t)
	var rows []covered
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		id, method, path := words[0], words[1], words[2]
		r := covered{id: id, operation: code(strings.Join(words[1:], " ")), client: code(methods[id])}
		handler := handlers[strings.Join(words[1:], " ")]
		r.simulator = code(handler.operation) + ": " + code(handler.name)
		called := verbs[handler.operation]
		if len(called) == 0 {
			t.Errorf("no verb's example reaches %s %s (%s)", method, path, handler.operation)
			rows = append(rows, r)
			continue
		}
		r.verb, r.doc = code(called[0].call), summaryOf(called[0].verb)
		r.test = code(tests[handler.operation])
		rows = append(rows, r)
	}
	return rows
}

// clientMethods are the client's methods by the specification's number, as its own
// test of the wire calls them. Each exists, or that test would not compile; that the
// name is one of the client's is checked all the same.
func clientMethods(t *testing.T) map[string]string {
	methods := readOperations(t)
	client := reflect.TypeFor[rackspace.Client]()
	for id, name := range methods {
		service, method, _ := strings.Cut(name, ".")
		field, ok := client.FieldByName(service)
		if ok {
			_, ok = field.Type.MethodByName(method)
		}
		if !ok {
			t.Errorf("%s: the client has no %s", id, name)
		}
	}
	return methods
}

// A calledVerb is a call in Lua that made an operation arrive.
type calledVerb struct {
	verb *runtime.Verb
	call string
}

// verbsByOperation runs every verb's example, and every list without its details. The
// verb that is named like the operation comes first, then those of its module.
func verbsByOperation(t *testing.T) map[string][]calledVerb {
	found := map[string][]calledVerb{}
	try := func(v *runtime.Verb, source, shown string) {
		w := newCloudWorld(t, ledger())
		if _, err := runLua(t, w.rt, before(v.Name)); err != nil {
			t.Fatal(err)
		}
		w.sim.ForgetCalls()
		if _, err := runLua(t, w.rt, source); err != nil {
			t.Errorf("%s: %v", source, err)
		}
		for operation := range w.sim.Counts() {
			found[operation] = append(found[operation], calledVerb{v, shown})
		}
	}
	for _, v := range newCloudWorld(t, ledger()).rt.Verbs() {
		try(v, v.Example, v.Name)
		if strings.HasSuffix(v.Name, ".list") && slices.ContainsFunc(v.Params, func(p runtime.Param) bool { return p.Name == "detail" }) {
			try(v, v.Name+"{detail = false}", v.Name+"{detail = false}")
		}
	}
	for operation, calls := range found {
		module, _, _ := strings.Cut(operation, ".")
		far := func(c calledVerb) int {
			switch {
			case c.verb.Name == operation:
				return 0
			case c.verb.Name == module+".list":
				return 1
			case c.verb.Module() == module:
				return 2
			}
			return 3
		}
		slices.SortStableFunc(calls, func(a, b calledVerb) int { return far(a) - far(b) })
	}
	return found
}

// coverLunaNode goes through the simulator's copy of the catalogue, which is not the
// one that the client has.
func coverLunaNode(t *testing.T, tests map[string]string) []covered {
	w := newLunaNodeWorld(t, simulated.Config{})
	verbs := map[string]*runtime.Verb{}
	for _, v := range w.rt.Verbs() {
		if v.Func == nil || strings.HasSuffix(v.Name, ".wait") || v.Name == "vm.call" {
			continue
		}
		w.calls.seen = nil
		_, _ = w.run(t, v.Example) // an empty account refuses many of them; they arrive
		if len(w.calls.seen) == 1 && w.sim.Count(strings.ReplaceAll(w.calls.seen[0].name, "/", ".")) > 0 {
			verbs[w.calls.seen[0].name] = v
		}
	}
	handlers := readActions(t)
	var rows []covered
	for i, action := range readCatalogue(t) {
		category, name, _ := strings.Cut(action, "/")
		operation := category + "." + name
		r := covered{id: fmt.Sprint(i + 1), operation: code(action), simulator: code(operation) + ": " + code(handlers[action]), test: code(tests[operation])}
		if known, ok := lunanode.LoadCatalogue().Action(category, name); ok {
			r.client = code("Call") + ", " + string(known.Effect)
		}
		if v := verbs[action]; v != nil {
			r.verb, r.doc = code(v.Name), summaryOf(v)
		}
		rows = append(rows, r)
	}
	return rows
}

// summaryOf is the first sentence of a verb's description.
func summaryOf(v *runtime.Verb) string {
	text, _, _ := strings.Cut(v.Doc, ". ")
	text, _, _ = strings.Cut(text, "; ")
	return strings.ReplaceAll(strings.TrimSuffix(text, "."), "|", `\|`)
}

func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + text + "`"
}
