package simulator_test

import (
	"encoding/json"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/cloudscript/cloudscript/simulator"
)

// FuzzSeed makes simulators of any seed. One that is taken serves, and its dump is a seed again
// from which the same state comes.
func FuzzSeed(f *testing.F) {
	var tree map[string]any
	if _, err := toml.DecodeFile("testdata/seed.toml", &tree); err != nil {
		f.Fatal(err)
	}
	whole, err := json.Marshal(tree)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	for _, seed := range []string{`{}`, `null`, `[]`, `{"servers":[{"id":-1}]}`, `{"zzz":1}`,
		`{"cloudservers":{"servers":[{"id":1,"name":"a","imageId":112,"flavorId":1}]}}`, `{"lunanode":{"vms":[{"hostname":"a"}]}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, seed []byte) {
		state, err := simulator.DecodeState(seed)
		if err != nil {
			return
		}
		sim, err := simulator.New(simulator.Config{State: state})
		if err != nil {
			if err.Error() == "" {
				t.Error("refused without a word")
			}
			return
		}
		first := dump(t, sim)
		again, err := simulator.DecodeState(first)
		if err != nil {
			t.Fatalf("the dump %s of %s is no seed: %v", first, seed, err)
		}
		other, err := simulator.New(simulator.Config{State: again})
		if err != nil {
			t.Fatalf("the dump %s of %s is refused: %v", first, seed, err)
		}
		if second := dump(t, other); string(second) != string(first) {
			t.Errorf("from the dump %s came %s", first, second)
		}
	})
}

func dump(t *testing.T, sim *simulator.Simulator) []byte {
	t.Helper()
	text, err := json.Marshal(sim.Dump())
	if err != nil {
		t.Fatal(err)
	}
	return text
}
