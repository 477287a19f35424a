package stdlib

import (
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestParallelKeepsOrderAndTakesTheTimeOfTheLongest(t *testing.T) {
	check(t, `
local order = {}
local results = parallel.map({3, 1, 2}, function(n, i)
  time.sleep(n)
  order[#order + 1] = n
  return n * 10 + i
end)
assert(table.concat(results, " ") == "31 12 23", table.concat(results, " "))
assert(table.concat(order, " ") == "1 2 3")
assert(time.monotonic() == 3)`)
	check(t, `
parallel.each({1, 1, 1, 1}, time.sleep, {limit = 2})
assert(time.monotonic() == 2)`)
	check(t, `assert(#parallel.map({}, print) == 0)`)
	check(t, `assert(select("#", parallel.each({1}, tostring)) == 0)`)
}

func TestParallelStopsAtTheFirstError(t *testing.T) {
	check(t, `
local ended = 0
local ok, e = pcall(parallel.map, {1, 2, 3}, function(n)
  if n == 2 then time.sleep(1) error({kind = "mine", message = "bad luck"}) end
  time.sleep(60)
  ended = ended + 1
end)
assert(not ok and e.item == 2 and ended == 0)
assert(tostring(e) == "item 2: bad luck", tostring(e))
assert(time.monotonic() == 1)`)
}

func TestParallelCollects(t *testing.T) {
	check(t, `
local results, errors = parallel.map({"a", "b", "c"}, function(s)
  if s == "b" then error("no b", 0) end
  return s:upper()
end, {on_error = "collect"})
assert(results[1] == "A" and results[2] == nil and results[3] == "C")
assert(#errors == 1 and errors[1].item == 2 and errors[1].message == "no b")
local errors = parallel.each({1}, function() error("x") end, {on_error = "collect"})
assert(#errors == 1)`)
	refused(t, `parallel.map(5, print)`, runtime.Usage, `expected a list, got a number`)
	refused(t, `parallel.map({}, print, {limit = 0})`, runtime.Usage, `expected at least 1, got 0`)
	refused(t, `parallel.map({}, print, {on_error = "ignore"})`, runtime.Usage, `expected one of stop, collect`)
}

func TestRaceCancelsTheLosers(t *testing.T) {
	check(t, `
local late = false
local winner, a, b = parallel.race({
  function() time.sleep(10) late = true end,
  function() time.sleep(2) return "x", "y" end,
  function() time.sleep(1) error("out") end,
})
assert(winner == 2 and a == "x" and b == "y" and not late)
assert(time.monotonic() == 2)`)
	refused(t, `parallel.race({function() error("first", 0) end, function() time.sleep(1) error("second", 0) end})`, runtime.Script, "item 1: first")
	refused(t, `parallel.race({})`, runtime.Usage, "at least one function")
	refused(t, `parallel.race({1})`, runtime.Usage, "got a number at position 1")
}

func TestTasksGoOnBesideTheirSpawner(t *testing.T) {
	check(t, `
local a = task.spawn(function(n) time.sleep(n) return n, "a" end, 3)
local b = task.spawn(function() time.sleep(1) return "b" end)
assert(time.monotonic() == 0)
local n, name = a:join()
assert(n == 3 and name == "a" and b:join() == "b" and time.monotonic() == 3)
assert(a:join() == 3)`)
	check(t, `
local done = false
task.spawn(function() task.spawn(function() time.sleep(5) done = true end) end):join()
assert(done, "a task ended before what it spawned")`)
	check(t, `
local t = task.spawn(function() time.sleep(1) error("bad luck", 0) end)
local ok, e = pcall(t.join, t)
assert(not ok and e == "bad luck")`)
	check(t, `
local t = task.spawn(time.sleep, "1h")
t:cancel()
local ok, e = pcall(t.join, t)
assert(not ok and e.kind == "cancelled" and time.monotonic() == 0)`)
	check(t, `
local order = {}
local other = task.spawn(function() for i = 1, 2 do order[#order + 1] = "b" task.checkpoint() end end)
for i = 1, 2 do order[#order + 1] = "a" task.checkpoint() end
other:join()
assert(table.concat(order) == "abab", table.concat(order))`)
}

// What a task raised stays the value that it is when another one joins it, and keeps its
// place and its stack.
func TestAJoinedTaskKeepsItsStack(t *testing.T) {
	_, err := run(t, `
local function work(list)
  return #list.items
end
local t = task.spawn(work, {})
assert(select(2, pcall(task.join, t)) == "test.lua:3: attempt to get length of a nil value (field 'items')")
t:join()`)
	want := `error: attempt to get length of a nil value (field 'items')
--> test.lua:3
    3 |   return #list.items
stack:
  test.lua:3: in the function of line 2
  (task)
  in verb task.spawn
  test.lua:5: in main chunk
`
	if got := rendered(err); !strings.HasSuffix(got, want) {
		t.Errorf("shown\n%s\nwant\n%s", got, want)
	}
}

func TestTasksCannotDeadlockOrFailUnseen(t *testing.T) {
	refused(t, `task.spawn(function() time.sleep(1) error("nobody looks", 0) end)`, runtime.Script, "nobody looks")
	refused(t, `task.spawn(function() time.sleep("1h") end) error("the spawner failed", 0)`, runtime.Script, "the spawner failed")
	refused(t, `local t t = task.spawn(function() t:join() end)`, runtime.Usage, "neither could go on")
	refused(t, `
local a, b
a = task.spawn(function() time.sleep(1) b:join() end)
b = task.spawn(function() time.sleep(2) a:join() end)`, runtime.Usage, "neither could go on")
	refused(t, `
local a, b
a = task.spawn(function() parallel.each({1}, function() time.sleep(1) b:join() end) end)
b = task.spawn(function() time.sleep(2) a:join() end)`, runtime.Usage, "neither could go on")
	refused(t, `
local a, b
a = task.spawn(function() task.spawn(function() time.sleep(1) b:join() end) end)
b = task.spawn(function() parallel.each({1}, function() time.sleep(2) a:join() end) end)`, runtime.Usage, "neither could go on")
	refused(t, `
local a
a = task.spawn(function() task.spawn(function() a:join() end) time.sleep(1) end)`, runtime.Usage, "ends after it")
	refused(t, `task.join("77")`, runtime.NotFound, "this run has no task 77")
	refused(t, `task.cancel(3)`, runtime.NotFound, "this run has no task 3")
	refused(t, `task.cancel(("7"):rep(1e6))`, runtime.NotFound, "this run has no task "+strings.Repeat("7", 100)+"…")
}

// A join looks at all tasks that cannot go on before the joining one has ended.
func TestAJoinOfManyIsCharged(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{}), Clock: runtime.NewVirtualClock(epoch)})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runtime.Compile("test.lua", []byte(`
local tasks = {}
for i = 1, params.n do
  tasks[i] = task.spawn(function() time.sleep(i) if i < params.n then tasks[i + 1]:join() end end)
end`))
	if err != nil {
		t.Fatal(err)
	}
	steps := func(n int) int64 {
		res, err := rt.Run(t.Context(), p, runtime.RunOptions{Params: map[string]any{"n": n}})
		if err != nil {
			t.Fatal(err)
		}
		return res.Stats.Steps
	}
	short, long := steps(100), steps(200)
	if looks := int64(100 * 100); long-2*short < looks { // all else takes twice the steps
		t.Errorf("%d steps for 200 tasks, %d for 100: the looks at tasks that wait are not in them", long, short)
	}
}
