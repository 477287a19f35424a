package repl

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/google/go-cmp/cmp"
)

func TestSessionBecomesAScript(t *testing.T) {
	p := prompt(t,
		"servers.list()",
		"web = _[1]",
		"web.name",
		"_2[2].name",
		`"one", "two"`,
		"local n = 2 -- servers",
		"for _, s in ipairs(servers.list()) do n = n + 1 end",
		"function twice(n)\n  return 2 * n\nend",
		"servers.list();",
		"n;",
		"#_2 + twice(_)",
		"function keep(_) return _ end",
		`api_key = "`+sentinel+`"`,
	)
	_ = p.evaluate(t.Context(), "error('not saved')")
	_ = p.evaluate(t.Context(), ":vars")
	got, entries, err := p.script("session.lua")
	if err != nil {
		t.Fatal(err)
	}
	want := `-- Saved from a session of cloudscript.

local result1 = servers.list()
show(result1)
web = result1[1]
show(web.name)
show(result1[2].name)
for _, value in ipairs({"one", "two"}) do show(value) end
local n = 2 -- servers
for _, s in ipairs(servers.list()) do n = n + 1 end
function twice(n)
  return 2 * n
end
local result5 = servers.list()
local result6 = n
show(#result5 + twice(result6))
function keep(_) return _ end
-- (an entry that seems to hold a secret was left out)
`
	if diff := cmp.Diff(want, got); diff != "" || entries != 12 {
		t.Errorf("%d entries (- want, + got):\n%s", entries, diff)
	}
}

func TestValuesNobodySawAreNotSaved(t *testing.T) {
	p := prompt(t, "1 + 1;", "-- a remark", "print(3)")
	got, _, err := p.script("session.lua")
	if want := "-- 1 + 1\n-- a remark\nprint(3)\n"; err != nil || !strings.HasSuffix(got, want) {
		t.Errorf("got %q (%v), want %q at its end", got, err, want)
	}
}

// A return ends the script; at the prompt it ended the entry.
func TestEntriesThatReturnAreSaved(t *testing.T) {
	p := prompt(t, "local a = 1\nreturn a + 1", "_ * 2", "return 1, a;", "function f() return 3 end return", "do a = 2 end\nreturn\n\ta -- why", "a + 1 -- more", "b = 5\nb * 2", "c = 1; c;")
	got, _, err := p.script("session.lua")
	want := `local a = 1
local result1 = a + 1
show(result1)
show(result1 * 2)
for _, value in ipairs({1, a}) do show(value) end
function f() return 3 end 
do a = 2 end
show(a)
show(a + 1)
b = 5
show(b * 2)
c = 1; -- c
`
	if diff := cmp.Diff(want, strings.SplitN(got, "\n\n", 2)[1]); err != nil || diff != "" {
		t.Errorf("%v (- want, + got):\n%s", err, diff)
	}
}

// In a loop or a branch, too.
func TestEntriesThatReturnInsideAreSaved(t *testing.T) {
	p := prompt(t, "for i = 1, 9 do\n  if i > 4 then return i end\nend", "_ + 1", "if _ == 6 then return end", "if _ then return 1, 2 end", "table.sort({2, 1}, function(a, b) if a then return a < b end end)")
	got, _, err := p.script("session.lua")
	want := `local function entry1()
for i = 1, 9 do
  if i > 4 then return i end
end
end
local result1 = entry1()
show(result1)
local result2 = result1 + 1
show(result2)
local function entry3()
if result2 == 6 then return end
end
entry3()
local function entry4()
if result2 then return 1, 2 end
end
for _, value in ipairs({entry4()}) do show(value) end
table.sort({2, 1}, function(a, b) if a then return a < b end end)
`
	if diff := cmp.Diff(want, strings.SplitN(got, "\n\n", 2)[1]); err != nil || diff != "" {
		t.Errorf("%v (- want, + got):\n%s", err, diff)
	}
}

// A loop's or a function's own _ is no result, but what the loop goes over may be one.
func TestResultsBesideVariablesOfTheirName(t *testing.T) {
	p := prompt(t, "{1, 2}", "n = 0; for _, i in ipairs(_) do n = n + i + _ end", "local _ = #_", "f = function(_) return _1 end")
	got, _, err := p.script("session.lua")
	want := `local result1 = {1, 2}
show(result1)
n = 0; for _, i in ipairs(result1) do n = n + i + _ end
local _ = #result1
f = function(_) return result1 end
`
	if diff := cmp.Diff(want, strings.SplitN(got, "\n\n", 2)[1]); err != nil || diff != "" {
		t.Errorf("%v (- want, + got):\n%s", err, diff)
	}
}

func TestSaveAndLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "session.lua")
	p := prompt(t, "local step = 4", "function plus(n) return n + step end", ":save "+file)
	if err := p.evaluate(t.Context(), ":save "+file); err == nil || !strings.Contains(err.Error(), "exists; choose another name") {
		t.Errorf("an existing file: %v", err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append([]byte("#!/usr/bin/env cloudscript\n"), data...), 0o600); err != nil {
		t.Fatal(err)
	}

	p = prompt(t, ":load "+file, "plus(1)", "step")
	if got := p.results[1].Go(); got != 5.0 {
		t.Errorf("plus(1) is %v", got)
	}
	if got := p.results[0].Go(); got != 4.0 {
		t.Errorf("what the file declares as local is %v at the prompt", got)
	}
	if source := p.functions[p.peek("plus").Identity()]; source != "function plus(n) return n + step end" {
		t.Errorf("the source of a loaded function is %q", source)
	}
	if err := os.WriteFile(file, []byte("x = = 1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.evaluate(t.Context(), ":load "+file); err == nil || !strings.Contains(err.(*runtime.Error).Position.File, "session.lua") {
		t.Errorf("a file with a mistake: %v", err)
	}
}

func TestNothingToSave(t *testing.T) {
	p := prompt(t)
	file := filepath.Join(t.TempDir(), "session.lua")
	if err := p.evaluate(t.Context(), ":save "+file); err == nil || !strings.Contains(err.Error(), "no entry has succeeded") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("there is a file")
	}
}

func TestFilesInAPersonsOwnDirectory(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	p := prompt(t, "step = 4", ":save ~/own.lua")
	if _, err := os.Stat(filepath.Join(home, "own.lua")); err != nil {
		t.Error(err)
	}
	if err := p.evaluate(t.Context(), ":load ~/own.lua"); err != nil {
		t.Error(err)
	}
	if got, typed := p.Complete(":load ~/o"); len(got) != 1 || got[0] != "own.lua" || typed != 1 {
		t.Errorf("completed %q, %d", got, typed)
	}
}
