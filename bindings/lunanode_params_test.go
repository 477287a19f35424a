package bindings

import (
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// A reference calls a quantity a number and an id an id, though both take numbers
// and text.
func TestWordsForTypesOfLunaNode(t *testing.T) {
	words := map[string]string{}
	for _, m := range LunaNode(nil) {
		for _, v := range m.Verbs {
			for _, p := range v.Params {
				words[v.Name+" "+p.Name] = p.TypeWords() + "|" + p.Editor
			}
		}
	}
	for name, want := range map[string]string{
		"dns2.record_add ttl":        "whole number|number|string",
		"dns2.record_add weight":     "decimal number such as 0.5|number|string",
		"dns2.record_add monitor_id": "id|",
		"dns2.record_add type":       "string|",
		"vm.create set_password":     `boolean, "yes" or "no"|boolean|"yes"|"no"`,
		"vm.create scripts":          "text or list of ids|integer[]|string",
		"vm.wait timeout":            runtime.Duration.String() + "|",
	} {
		if words[name] != want {
			t.Errorf("%s: %q, want %q", name, words[name], want)
		}
	}
}
