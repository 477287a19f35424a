package lunanode

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Taking apart agrees with encoding/json on every valid text.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, ` { } `, "[\n]", `{"a":1,"b":[1,2,{"c":"]}"}],"c":{"d":{}}}`, `[1, "a\"]", null, true, -1.5e3, {"x":[]}]`,
		`{"a":"\\","b":"\\\"","é":"\u00e9"}`, `{"a":1,"a":2}`, `{"":""}`, `"text"`, `12`, `null`, `[[[[]]]]`, "{\"a\xff\":1}",
		`{"a" : 1 , "b" : "x" }`, `[1,]`, `{"a"`, `{"a":`, `["`, `["\`, `{`, `[}`, ``, `{,}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		members, elements := splitObject([]byte(text)), splitArray([]byte(text))
		if !json.Valid([]byte(text)) {
			return // it must only not panic
		}
		var wantMembers map[string]json.RawMessage
		_ = json.Unmarshal([]byte(text), &wantMembers)
		if !maps.EqualFunc(members, wantMembers, func(a, b json.RawMessage) bool { return string(a) == string(b) }) {
			t.Errorf("%s: members %s, want %s", text, members, wantMembers)
		}
		var wantElements []json.RawMessage
		_ = json.Unmarshal([]byte(text), &wantElements)
		if !slices.EqualFunc(elements, wantElements, func(a Value, b json.RawMessage) bool { return string(a.raw) == string(b) }) {
			t.Errorf("%s: elements %s, want %s", text, elements, wantElements)
		}
	})
}

func TestSplitKeepsTheTextAsItCame(t *testing.T) {
	const text = `{"a": {"b": [1, 2]} , "c" : "x" }`
	members := splitObject([]byte(text))
	if got := string(members["a"]); got != `{"b": [1, 2]}` {
		t.Errorf("a is %s", got)
	}
	if got := splitArray(Value{members["a"]}.members()["b"]); len(got) != 2 || got[1].Text() != "2" {
		t.Errorf("b is %v", got)
	}
	if cap(members["c"]) != len(members["c"]) {
		t.Error("appending to a part would write into its neighbour")
	}
}

func BenchmarkParseAnswer(b *testing.B) {
	body := []byte(`{"success":"yes","vms":[` + strings.Repeat(`{"vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11","name":"web01","plan_id":"86"},`, 99) +
		`{"vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11","name":"web01","plan_id":"86"}]}`)
	list, _ := LoadCatalogue().Action("vm", "list")
	b.ReportAllocs()
	for b.Loop() {
		answer, err := ParseAnswer(body)
		if err != nil {
			b.Fatal(err)
		}
		if u, err := list.Uniform(answer); err != nil || len(u.Rows) != 100 {
			b.Fatal(err, len(u.Rows))
		}
	}
}
