package main

import (
	"fmt"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/simulator"
)

// A rule about any verb of a cloud makes its requests go wrong, whatever the simulator
// calls them.
func TestEveryVerbCanGoWrong(t *testing.T) {
	account, err := simulator.DecodeState(exampleAccount)
	if err != nil {
		t.Fatal(err)
	}
	verbs := 0
	for _, v := range cloudVerbs(t) {
		if v.Name == "vm.call" {
			continue // it asks for any operation
		}
		verbs++
		w, err := openTestWorld(t.Context(), "any_test.lua", testOptions{account: account})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.session.Eval(t.Context(), "before", exampleNeeds[v.Name]); err != nil {
			t.Fatal(err)
		}
		if _, err := w.session.Eval(t.Context(), "fault", fmt.Sprintf("sim.fault{verb = %q, status = 418}", v.Name)); err != nil {
			t.Error(err)
		}
		if _, err := w.session.Eval(t.Context(), "example", v.Example); err == nil {
			t.Errorf("%s: nothing went wrong", v.Example)
		}
		for _, problem := range w.idleFaults() {
			t.Errorf("%s: %v", v.Example, problem)
		}
		if err := w.close(); err != nil {
			t.Error(err)
		}
	}
	if verbs < 150 {
		t.Errorf("there are %d verbs of clouds", verbs)
	}
}

// cloudVerbs are the verbs that stand for requests.
func cloudVerbs(t *testing.T) []*runtime.Verb {
	t.Helper()
	w, err := openTestWorld(t.Context(), "any_test.lua", testOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	var verbs []*runtime.Verb
	for _, v := range w.runtime.Verbs() {
		if v.Effect != runtime.Local && (v.Name == login || simulator.HasOperation(v.Module()+".*")) {
			verbs = append(verbs, v)
		}
	}
	return verbs
}
