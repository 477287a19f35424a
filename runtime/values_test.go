package runtime

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"
)

type shelf struct{ Boxes []*box }

type box struct{ Name string }

// Each hands a Lua function to Go, which calls it.
func (s *shelf) Each(f func(b *box) bool) int {
	n := 0
	for _, b := range s.Boxes {
		if f(b) {
			n++
		}
	}
	return n
}

// All is for range in Go.
func (s *shelf) All() iter.Seq[*box] { return slices.Values(s.Boxes) }

func (s *shelf) First() *box { return s.Boxes[0] }

func (b *box) Apply(f func(name string) string) string { return f(b.Name) }

func (b *box) Fill(map[string]any) {}

func withShelf(t *testing.T, change ...func(*Config)) *Runtime {
	t.Helper()
	return newCloud(t, append(change, func(c *Config) {
		c.Values = map[string]any{
			"shelf": &shelf{Boxes: []*box{{"a"}, {"b"}}},
			"apply": func(f func() int) int { return f() },
			"boxes": map[string]*box{"c": {"c"}},
		}
	})...)
}

func TestGoValuesCallLuaFunctions(t *testing.T) {
	rt := withShelf(t)
	for range 2 { // the second run has the first one's interpreter
		prints(t, rt, `
local names = ""
print(shelf:Each(function(b) names = names .. b.Name return b.Name == "b" end), names)
print(shelf:First():Apply(string.upper), shelf:First():Apply(function(n) return n .. n end))
for _, b in shelf.Boxes() do print(b:Apply(function(n) return "from a list " .. n end)) end
for _, b in boxes() do print(b:Apply(function(n) return "from a map " .. n end)) end
print(apply(function() return apply(function() return 7 end) + 1 end))
local n = 0
local function bump() n = n + 1 end
print(pcall(apply, function() bump() error({}) end))
bump()
print(n, select(2, pcall(apply, function() error("plain", 0) end)))`,
			"1\tab\nA\taa\nfrom a list a\nfrom a list b\nfrom a map c\n8\nfalse\ttable: 0x00000001\n2\tplain\n")
		prints(t, rt, `print(pcall(shelf:First().Fill, shelf:First(), {a = {b = print}}))`,
			"false\ta table given to a Go value cannot hold functions; give them as arguments of their own\n")
	}
}

func TestSequencesOfGoCallLuaFunctions(t *testing.T) {
	prints(t, withShelf(t), `
shelf:All()(function(b) print(b.Name) return true end)
shelf:All()(function(b) print(b.Name) return false end)
print(pcall(shelf:All(), function(b) error("plain", 0) end))
for _, b in shelf.Boxes() do print(b.Name) end`, "a\nb\na\nfalse\tplain\na\nb\n")
}

var endlessCallbacks = []string{
	`apply(function() while true do end end)`,
	`while true do pcall(apply, function() while true do end end) end`,
	`shelf:Each(function() while true do end end)`,
	`shelf:First():Apply(function() while true do end end)`,
	`for _, b in shelf.Boxes() do b:Apply(function() while true do end end) end`,
	`for _, b in boxes() do b:Apply(function() while true do end end) end`,
	`local function f() return apply(function() return pcall(f) and 1 or 2 end) end while true do f() end`,
	`while true do shelf:First() end`,
	`while true do shelf:All()(function() return true end) end`,
}

func TestCallbacksOfGoValuesCountSteps(t *testing.T) {
	rt := withShelf(t, func(c *Config) { c.Limits.Steps = 100_000 })
	for _, source := range endlessCallbacks {
		if _, err := script(t, rt, source); !errors.Is(err, &Error{Kind: Limit}) || !strings.Contains(err.Error(), "100000 steps") {
			t.Errorf("%s\nended with %v", source, err)
		}
	}
}

func TestCallbacksOfGoValuesStop(t *testing.T) {
	rt := withShelf(t, func(c *Config) { c.Clock = nil })
	for _, source := range endlessCallbacks {
		p, err := Compile("test.lua", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		if _, err := rt.Run(ctx, p, RunOptions{}); !errors.Is(err, &Error{Kind: Cancelled}) {
			t.Errorf("%s\nended with %v", source, err)
		}
		cancel()
	}
}
