package bindings

import (
	"testing"

	"github.com/cloudscript/cloudscript/simulator"
)

// What a hint tells to call is there.
func TestListsOfIDs(t *testing.T) {
	rt := newCloudWorld(t, simulator.Config{}).rt
	found := 0
	for _, v := range rt.Verbs() {
		for _, p := range v.Params {
			list := listOf(v, p)
			if list == "" {
				continue
			}
			found++
			if rt.Verb(list) == nil {
				t.Errorf("%s, parameter %s: there is no %s", v.Name, p.Name, list)
			}
		}
	}
	if found < 10 {
		t.Errorf("%d parameters take ids", found)
	}
}

func TestLooksLikeName(t *testing.T) {
	for text, want := range map[string]bool{
		"web-01": true, "golden image": true, "1a2b!": true,
		"40117": false, "-1": false, "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11": false, "5B0C2C3E6D5B4F0A": false, "": false,
	} {
		if looksLikeName(text) != want {
			t.Errorf("%q", text)
		}
	}
}
