package stdlib

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// How long a verb on a large input goes on after its run was cancelled: the longest of
// eight moments that are spread over the time that it takes.
func BenchmarkStop(b *testing.B) {
	const million = `local t = {} for i = 1, 3e5 do t[i] = i end `
	const named = `local t = {} for i = 1, 3e5 do t["k" .. i] = i end `
	const rows = `local t = {} for i = 1, 6e4 do t[i] = {id = i, name = "web" .. i, status = "ACTIVE"} end `
	for _, bench := range []struct{ name, prepare, call string }{
		{"show/rows", rows, `show(t)`},
		{"show/list", million, `show(t)`},
		{"show/names", named, `show(t)`},
		{"show/text", `local t = {{a = ("é"):rep(3e5)}}`, `show(t)`},
		{"show/nested", `local t = {} for i = 1, 1e5 do t[i] = {a = {i, i}, b = {c = i}} end`, `show(t)`},
		{"list.keys/list", million, `list.keys(t)`},
		{"list.keys/names", named, `list.keys(t)`},
		{"list.map", million, `list.map(t, function(v) return v end)`},
		{"list.filter", million, `list.filter(t, function(v) return v end)`},
		{"list.pluck", rows, `list.pluck(t, "name")`},
		{"list.unique", million, `list.unique(t)`},
		{"list.sort_by", rows, `list.sort_by(t, "name", {descending = true})`},
		{"list.group_by", rows, `list.group_by(t, "name")`},
		{"parallel.map", million, `parallel.map(t, tostring)`},
		{"parallel.collect", million, `parallel.map(t, error, {on_error = "collect"})`},
		{"json.encode", rows, `json.encode(t)`},
		{"json.pretty", rows, `json.pretty(t)`},
		{"json.decode/numbers", `local s = "[" .. ("1,"):rep(1e6) .. "1]"`, `json.decode(s)`},
		{"json.decode/objects", rows + `local s = json.encode(t)`, `json.decode(s)`},
		{"json.decode/text", `local s = '"' .. ("é\\n"):rep(2e6) .. '"'`, `json.decode(s)`},
		{"json.decode/spaces", `local s = (" "):rep(2e7) .. "1"`, `json.decode(s)`},
		{"yaml.encode", rows, `yaml.encode(t)`},
		{"toml.encode", rows, `toml.encode({a = t})`},
		{"yaml.decode/flat", `local s = {} for i = 1, 2000 do s[i] = "key" .. i .. ": v" end s = table.concat(s, "\n")`, `yaml.decode(s)`},
		{"yaml.decode/list", `local s = ("- a\n"):rep(16384)`, `yaml.decode(s)`},
		{"yaml.decode/flow", `local s = "[" .. ("a,"):rep(32000) .. "a]"`, `yaml.decode(s)`},
		{"yaml.decode/objects", `local s = ("- id: 1\n  name: web\n"):rep(3000)`, `yaml.decode(s)`},
		{"yaml.decode/text", `local s = "a: |\n" .. ("  text of a line\n"):rep(3800)`, `yaml.decode(s)`},
		{"yaml.decode/quoted", `local s = 'a: "' .. ("x"):rep(65000) .. '"'`, `yaml.decode(s)`},
		{"yaml.decode/comments", `local s = ("# a\n"):rep(16000) .. "a: 1"`, `yaml.decode(s)`},
		{"toml.decode/flat", `local s = {} for i = 1, 12000 do s[i] = "k" .. i .. "=1" end s = table.concat(s, "\n")`, `toml.decode(s)`},
		{"toml.decode/tables", `local s = {} for i = 1, 9000 do s[i] = "[k" .. i .. "]\na=1" end s = table.concat(s, "\n")`, `toml.decode(s)`},
		{"toml.decode/list", `local s = "a=[" .. ("1,"):rep(65000) .. "1]"`, `toml.decode(s)`},
		{"toml.decode/arrays", `local s = ("[[a]]\nb=1\n"):rep(13000)`, `toml.decode(s)`},
		{"toml.decode/text", `local s = 'a="' .. ("x"):rep(131000) .. '"'`, `toml.decode(s)`},
		{"csv.decode", `local s = ("a,b,c\n"):rep(3e5)`, `csv.decode(s, {header = false})`},
		{"csv.decode/field", `local s = '"' .. ("a\n"):rep(1e7) .. '"'`, `csv.decode(s, {header = false})`},
		{"csv.encode", `local t = {} for i = 1, 3e5 do t[i] = {"a", "b", i} end`, `csv.encode(t)`},
		{"csv.encode/columns", `local t = {} for i = 1, 2e5 do t[i] = "c" .. i end`, `csv.encode({}, t)`},
		{"csv.encode/cells", `local t = {{}} for i = 1, 3e5 do t[1][i] = i end`, `csv.encode(t)`},
		{"text.split", `local s = ("a,"):rep(2e6)`, `text.split(s, ",")`},
		{"text.split/spaces", `local s = (" "):rep(3e7)`, `text.split(s)`},
		{"text.trim", `local s = (" "):rep(3e7)`, `text.trim(s)`},
		{"text.lines", `local s = ("a\n"):rep(2e6)`, `text.lines(s)`},
		{"text.replace", `local s = ("ab"):rep(2e7)`, `text.replace(s, "a", "c")`},
		{"text.template", `local s = ("{{.a}}"):rep(2000)`, `text.template(s, {a = 1})`},
		{"base64.decode/wrong", `local s = "?" .. ("aGkh\n"):rep(8e6)`, `pcall(base64.decode, s)`},
		{"base64.decode/lines", `local s = ("aGkh"):rep(65535) .. "aGk" .. ("\n"):rep(1e7) .. "h"`, `base64.decode(s)`},
		{"base64.decode", `local s = ("aGkh"):rep(1e7)`, `base64.decode(s)`},
		{"base64.encode", `local s = ("x"):rep(3e7)`, `base64.encode(s)`},
		{"hex.decode", `local s = ("6869"):rep(1e7)`, `hex.decode(s)`},
		{"hash.sha512", `local s = ("x"):rep(3e7)`, `hash.sha512(s)`},
		{"hash.md5", `local s = ("x"):rep(3e7)`, `hash.md5(s)`},
		{"log.info", `local t = {} for i = 1, 13000 do t[i] = {id = i, status = "ACTIVE"} end`, `log.info("x", {t = t})`},
		{"log.info/text", `local s = ("x\n"):rep(2e6)`, `log.info(s)`},
		{"print", million, `for i = 1, 100 do print(unpack(t, 1, 6000)) end`},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var began time.Time
			var begin func()
			modules := append(Modules(Config{Log: slog.New(slog.NewTextHandler(io.Discard, nil))}), runtime.Module{Name: "bench", Verbs: []runtime.Verb{
				{Name: "bench.begin", Inline: func(context.Context, *runtime.Call) (any, error) { begin(); return nil, nil }}}})
			rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: modules, Limits: runtime.Limits{Memory: 4 << 30}})
			if err != nil {
				b.Fatal(err)
			}
			p, err := runtime.Compile("bench.lua", []byte(bench.prepare+" bench.begin() "+bench.call))
			if err != nil {
				b.Fatal(err)
			}
			begin = func() { began = time.Now() }
			if _, err := rt.Run(context.Background(), p, runtime.RunOptions{}); err != nil {
				b.Fatal(err)
			}
			whole := time.Since(began)
			var longest time.Duration
			for range b.N {
				for i := range time.Duration(8) {
					ctx, cancel := context.WithCancel(context.Background())
					var cancelled time.Time
					var timer *time.Timer
					begin = func() {
						timer = time.AfterFunc(whole*(2*i+1)/16, func() { cancelled = time.Now(); cancel() })
					}
					_, err := rt.Run(ctx, p, runtime.RunOptions{})
					ended := time.Now()
					if !timer.Stop() && err != nil {
						longest = max(longest, ended.Sub(cancelled))
					}
					cancel()
				}
			}
			b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
			b.ReportMetric(float64(whole.Microseconds())/1000, "ms-whole")
			b.ReportMetric(0, "ns/op")
		})
	}
}
