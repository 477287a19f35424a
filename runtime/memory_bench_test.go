package runtime_test

import (
	"context"
	"fmt"
	"os"
	goruntime "runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
)

// waysOfTakingMemory are scripts that never end by themselves and hold on to all that they
// make, one for each thing that a script can make without end.
var waysOfTakingMemory = []struct{ name, source string }{
	{"doubling", `local s = "x" while true do s = s .. s end`},
	{"rep", `local t = {} for i = 1, 1e9 do t[i] = ("x"):rep(1e6 + i) end`},
	{"concat", `local t, s = {}, ("x"):rep(1000) for i = 1, 1e9 do t[i] = s .. i end`},
	{"table.concat", `local t, s = {}, {} for i = 1, 1000 do s[i] = "part" .. i end for i = 1, 1e9 do t[i] = table.concat(s) end`},
	{"format", `local t = {} for i = 1, 1e9 do t[i] = ("%99d"):format(i) end`},
	{"gsub", `local t, s = {}, ("x"):rep(1000) for i = 1, 1e9 do t[i] = s:gsub("x", "yz") end`},
	{"tables", `local t = {} while true do t = {t} end`},
	{"array", `local t = {} for i = 1, 1e9 do t[i] = i end`},
	{"arrays", `local all = {} for j = 1, 1e9 do local t = {} for i = 1, 1000 do t[i] = i end all[j] = t end`},
	{"hash", `local t = {} for i = 1, 1e9 do t["k" .. i] = i end`},
	{"keys", `local t = {} for i = 1, 1e9 do t[{}] = i end`},
	{"constructors", `local all = {} for j = 1, 1e9 do all[j] = {1, 2, 3, 4, 5, 6, 7, 8, a = 1, b = 2, c = 3, d = 4} end`},
	{"metatables", `local t = {} while true do t = setmetatable({}, {__index = t}) end`},
	{"far stores", `local all = {} for j = 1, 1e9 do local t = {} t[1048575] = 1 all[j] = t end`},
	{"far stores by a variable", `local all, k = {}, 1048575 for j = 1, 1e9 do local t = {} t[k - j % 7] = 1 all[j] = t end`},
	{"far stores in one table", `local all = {} for j = 1, 1e9 do all[j] = {} all[j][2 ^ (j % 20)] = 1 end`},
	{"far stores behind the end", `local all = {} for j = 1, 1e9 do local t = {} table.insert(t, 1) t[#t + 1048570] = 1 all[j] = t end`},
	{"far rawset", `local all = {} for j = 1, 1e9 do local t = {} rawset(t, 1048574, 1) all[j] = t end`},
	{"closures", `local t = {} for i = 1, 1e9 do t[i] = function() return i end end`},
	{"captures", `local f = function() end while true do local g, a, b, c, d = f, 1, 2, 3, 4 f = function() a, b, c, d = d, c, b, a return g end end`},
	{"coroutines", `local t = {} for i = 1, 1e9 do t[i] = coroutine.create(function() end) end`},
	{"coroutines that wait", `local t = {} for i = 1, 1e9 do t[i] = coroutine.wrap(function() local a = {} coroutine.yield(a) end) t[i]() end`},
	{"deep coroutines", `local function deep(n) if n == 0 then coroutine.yield() else deep(n - 1) end return 1 end
local t = {} for i = 1, 1e9 do t[i] = coroutine.wrap(function() deep(1000) end) t[i]() end`},
	{"varargs", `local function f(n, ...) if n == 0 then return ... end return f(n - 1, n, n, n, n, n, n, n, n, ...) end
local t = {} for i = 1, 1e9 do t[i] = {f(1000)} end`},
	{"select", `local t = {} for i = 1, 1e9 do t[i] = {("x"):rep(5000):byte(1, -1)} end`},
	{"iterators", `local t = {} for i = 1, 1e9 do t[i] = (("x"):rep(1e5) .. i):gmatch(".") end`},
	{"load", `local t = {} for i = 1, 1e9 do t[i] = loadstring("return function() " .. ("y = 1 "):rep(500) .. "end -- " .. i) end`},
	{"errors", `local t = {} for i = 1, 1e9 do local _, e = pcall(error, {i}) t[i] = e end`},
	{"deep errors", `local function deep(n) if n == 0 then error("x") end return 1 + deep(n - 1) end
local t = {} for i = 1, 1e9 do local _, e = pcall(deep, 150) t[i] = e end`},
	{"verb errors", `local t = {} for i = 1, 1e9 do local _, e = pcall(json.decode, "{" .. i) t[i] = e end`},
	{"spawn", `while true do task.spawn(function() time.sleep("1h") end) end`},
	{"spawn in pcall", `while true do task.spawn(function() pcall(function() time.sleep("1h") end) end) end`},
	{"spawn with captures", `while true do local a, b, c = {}, {}, {} task.spawn(function() time.sleep("1h") a, b, c = c, b, a end) end`},
	{"spawn deep", `local function deep(n) if n == 0 then time.sleep("1h") end deep(n - 1) return 1 end
while true do task.spawn(function() deep(100) end) end`},
	{"spawn that begins", `while true do task.spawn(function() time.sleep("1h") end) task.checkpoint() end`},
	{"spawn that begins in pcall", `while true do task.spawn(function() pcall(function() time.sleep("1h") end) end) task.checkpoint() end`},
	{"spawn on deep stacks", `local function deep(n) if n == 0 then time.sleep("1h") end pcall(deep, n - 1) return 1 end
while true do task.spawn(deep, 100) task.checkpoint() end`},
	{"spawn without waiting", `while true do task.spawn(function() end) end`},
	{"spawn in tasks", `local function go() task.spawn(go) task.spawn(go) time.sleep("1h") end go()`},
	{"spawn that fails", `while true do task.spawn(function() time.sleep("1ms") error("x") end) end`},
	{"parallel", `local t = {} for i = 1, 1e6 do t[i] = i end parallel.each(t, function() time.sleep("1h") end, {limit = 1e6})`},
	{"parallel.map", `local t, s = {}, {} for i = 1, 10000 do t[i] = i end
while true do s[#s + 1] = parallel.map(t, function(i) return ("x"):rep(100) .. i end) end`},
	{"parallel errors", `local t, s = {}, {} for i = 1, 10000 do t[i] = i end
while true do s[#s + 1] = {parallel.map(t, function(i) error("x" .. i) end, {on_error = "collect"})} end`},
	{"nested parallel", `local function go(n) parallel.each({1, 2, 3, 4}, function() go(n + 1) end) end go(1)`},
	{"cleanup", `while true do cleanup(function() end) end`},
	{"retry", `local t = {} for i = 1, 1e9 do pcall(retry, function() t[#t + 1] = {} error("x") end, {times = 3}) end`},
	{"json.decode", `local t, s = {}, "[" .. ("[1,2,3],"):rep(10000) .. "1]" for i = 1, 1e9 do t[i] = json.decode(s) end`},
	{"json.decode of a row", `local t, s = {}, "{" .. ('"key":"value","other":[1],'):rep(10000) .. '"a":1}' for i = 1, 1e9 do t[i] = json.decode(s .. (" "):rep(i % 7)) for k in pairs(t[i]) do end end`},
	{"json.decode of a huge text", `local s = "[" .. ("1,"):rep(3e6) .. "1]" local t = {} for i = 1, 1e9 do t[i] = json.decode(s) t[i][1] = 2 end`},
	{"json.encode", `local t, s = {}, {} for i = 1, 10000 do s[i] = i end for i = 1, 1e9 do t[i] = json.encode(s) end`},
	{"json.pretty", `local v = 1 for i = 1, 90 do v = {v} end local t = {} for i = 1, 1e9 do t[i] = json.pretty({v, v, v, v}) end`},
	{"yaml.decode", `local t, s = {}, ("- [a, b, c]\n"):rep(3000) for i = 1, 1e9 do t[i] = yaml.decode(s) end`},
	{"yaml.encode", `local t, s = {}, {} for i = 1, 10000 do s[i] = {i} end for i = 1, 1e9 do t[i] = yaml.encode(s) end`},
	{"toml.decode", `local s = {} for i = 1, 3000 do s[i] = "k" .. i .. " = [1, 2, 3]" end s = table.concat(s, "\n") local t = {} for i = 1, 1e9 do t[i] = toml.decode(s) end`},
	{"toml.encode", `local t, s = {}, {} for i = 1, 10000 do s["k" .. i] = i end for i = 1, 1e9 do t[i] = toml.encode(s) end`},
	{"csv.decode", `local t, s = {}, "a,b\n" .. ("1,2\n"):rep(10000) for i = 1, 1e9 do t[i] = csv.decode(s) end`},
	{"csv.encode", `local t, s = {}, {} for i = 1, 10000 do s[i] = {i, i} end for i = 1, 1e9 do t[i] = csv.encode(s) end`},
	{"template", `local t, v = {}, {} for i = 1, 10000 do v[i] = i end for i = 1, 1e9 do t[i] = text.template("{{range .v}}<{{.}}>{{end}}", {v = v}) end`},
	{"template source", `local t = {} for i = 1, 1e9 do t[i] = text.template(("{{.a}}"):rep(9000) .. i, {a = ("x"):rep(100)}) end`},
	{"text.split", `local t, s = {}, ("a,"):rep(1e5) for i = 1, 1e9 do t[i] = text.split(s, ",") end`},
	{"text.split of a huge text", `local s = ("a,"):rep(5e6) local t = {} for i = 1, 1e9 do t[i] = text.split(s, ",") end`},
	{"list.map", `local t, s = {}, {} for i = 1, 1e5 do s[i] = i end for i = 1, 1e9 do t[i] = list.map(s, function(x) return {x} end) end`},
	{"list.group", `local t, s = {}, {} for i = 1, 1e5 do s[i] = {x = i} end for i = 1, 1e9 do t[i] = list.group(s, "x") end`},
	{"list.sort_by", `local t, s = {}, {} for i = 1, 1e5 do s[i] = {x = -i} end for i = 1, 1e9 do t[i] = list.sort_by(s, "x") end`},
	{"show", `local t = {} for i = 1, 1e5 do t[i] = {a = i, b = ("x"):rep(50)} end while true do show(t) end`},
	{"show of a wide table", `local t = {} for i = 1, 300 do t[i] = {} for j = 1, 300 do t[i]["c" .. j] = ("x"):rep(90) end end while true do show(t) end`},
	{"log", `local t = {} for i = 1, 20000 do t["k" .. i] = ("x"):rep(50) end while true do log.info("x", t) end`},
	{"print", `local s = ("x"):rep(1e6) while true do print(s, s, s, s) end`},
	{"tostring", `local t = {} while true do t = {t, tostring(t)} end`},
	{"sort", `local t = {} for i = 1, 1e6 do t[i] = -i end while true do table.sort(t) end`},
	{"uuid", `local t = {} for i = 1, 1e9 do t[i] = uuid.v4() end`},
	{"hash values", `local t = {} for i = 1, 1e9 do t[i] = hash.sha256("x" .. i) end`},
	{"base64", `local t, s = {}, ("x"):rep(1e5) for i = 1, 1e9 do t[i] = base64.encode(s) end`},
	{"fs.read", `local t = {} for i = 1, 1e9 do t[i] = fs.read("data/large") end`},
	{"fs.read at once", `local t = {} for i = 1, 1e4 do t[i] = i end return parallel.map(t, function() return fs.read("data/large") end, {limit = 1000})`},
	{"fs.write", `local s = ("x"):rep(4e6) for i = 1, 300 do task.spawn(function() fs.write("data/out" .. i % 7, s .. i) end) end while true do time.sleep(1) local t = {s} t[2] = s .. #t end`},
	{"results", `local t = {} for i = 1, 3e5 do t[i] = {i} end return t, t, t, t`},
	{"results that share", `local t = {} for i = 1, 60 do t = {a = t, b = t} end return t`},
	{"garbage", `while true do local t = {} for i = 1, 1e4 do t[i] = {i} end end`},
}

// What a process has beyond a limit of memory while a script takes all that it can get: of
// objects (heap), in all that Go holds (process: Sys less what is released, stacks and idle
// pages included), and of stacks; in MB of 1e6 bytes, at the worst moment of those looked
// at. A run is given ten seconds of time, which ends those that make garbage.
//
// -bench BenchmarkMemoryPeak/spawn/32 runs one; -benchtime 1x is enough.
func BenchmarkMemoryPeak(b *testing.B) {
	dir := b.TempDir()
	if err := os.WriteFile(dir+"/large", []byte(strings.Repeat("x", 3_000_000)), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, way := range waysOfTakingMemory {
		for _, megabytes := range []int64{16, 32, 64, 256} {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(way.name, " ", "_"), megabytes), func(b *testing.B) {
				var worst peaks
				var ended error
				for range b.N {
					p, err := takeMemory(b, dir, way.source, megabytes<<20)
					worst, ended = worst.max(p), err
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(worst.heap-megabytes<<20)/1e6, "heap-MB-over")
				b.ReportMetric(float64(worst.process-megabytes<<20)/1e6, "process-MB-over")
				b.ReportMetric(float64(worst.stacks)/1e6, "stacks-MB")
				b.ReportMetric(worst.took.Seconds()*1000, "ms")
				b.Logf("ended with %v", ended)
			})
		}
	}
}

func takeMemory(b *testing.B, dir, source string, limit int64) (peaks, error) {
	rt, err := runtime.New(runtime.Config{
		Policy:  runtime.AllowAll(),
		Modules: stdlib.Modules(stdlib.Config{Dirs: []stdlib.Dir{{Name: "data", Path: dir, Writable: true}}}),
		Limits:  runtime.Limits{Memory: limit, Time: 10 * time.Second},
	})
	if err != nil {
		b.Fatal(err)
	}
	p, err := runtime.Compile("memory.lua", []byte(source))
	if err != nil {
		b.Fatal(err)
	}
	var ended error
	worst := peaksDuring(func() { _, ended = rt.Run(context.Background(), p, runtime.RunOptions{}) })
	return worst, ended
}

// peaks are the largest differences, in bytes, from what there was before.
type peaks struct {
	heap, process, stacks int64
	took                  time.Duration
}

func (p peaks) max(q peaks) peaks {
	return peaks{max(p.heap, q.heap), max(p.process, q.process), max(p.stacks, q.stacks), max(p.took, q.took)}
}

func (p peaks) less(q peaks) peaks {
	return peaks{p.heap - q.heap, p.process - q.process, p.stacks - q.stacks, p.took}
}

// peaksDuring looks every millisecond while f runs.
func peaksDuring(f func()) (worst peaks) {
	debug.FreeOSMemory()
	before := memoryNow()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		goruntime.LockOSThread()
		look := time.NewTicker(time.Millisecond)
		defer look.Stop()
		for {
			select {
			case <-look.C:
				worst = worst.max(memoryNow().less(before))
			case <-stop:
				return
			}
		}
	}()
	start := time.Now()
	f()
	took := time.Since(start)
	close(stop)
	<-stopped
	worst.took = took
	return worst
}

func memoryNow() peaks {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	value := func(i int) int64 { return int64(samples[i].Value.Uint64()) }
	return peaks{heap: value(0), process: value(1) - value(2), stacks: value(3)}
}

// How late a run is told that it takes too much memory: from the moment when the heap is
// seen to be beyond the limit, by as much as is taken for garbage, until the run has ended.
// That is one collection, of a heap of small tables.
func BenchmarkMemoryStop(b *testing.B) {
	for _, megabytes := range []int64{32, 256, 1024} {
		b.Run(fmt.Sprint(megabytes), func(b *testing.B) {
			var longest time.Duration
			for range b.N {
				longest = max(longest, stopAfterCrossing(b, megabytes<<20))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(longest.Seconds()*1000, "ms-longest")
		})
	}
}

func stopAfterCrossing(b *testing.B, limit int64) time.Duration {
	const garbage = 16 << 20
	debug.FreeOSMemory()
	before := memoryNow().heap
	ended, crossed := make(chan struct{}), make(chan time.Time)
	go func() {
		look := time.NewTicker(time.Millisecond)
		defer look.Stop()
		var since time.Time
		for {
			select {
			case <-look.C:
				if memoryNow().heap-before < limit+garbage {
					since = time.Time{}
				} else if since.IsZero() {
					since = time.Now()
				}
			case <-ended:
				crossed <- since
				return
			}
		}
	}()
	_, err := takeMemory(b, b.TempDir(), `local t = {} while true do t = {t} end`, limit)
	now := time.Now()
	close(ended)
	since := <-crossed
	if err == nil || since.IsZero() {
		return 0
	}
	return now.Sub(since)
}
