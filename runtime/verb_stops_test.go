package runtime_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
)

// A verb that works on a large input looks again and again whether its run goes on. A limit of
// steps ends a run where a cancellation would, and unlike that can be put anywhere: here at each
// fifth of the steps that the verb takes after its first look, by which it accounts for memory.
func TestLongVerbsLookWhetherTheRunGoesOn(t *testing.T) {
	const (
		numbers = `local t = {} for i = 1, 5e3 do t[i] = i end `
		rows    = `local t = {} for i = 1, 1500 do t[i] = {id = i, name = "web" .. i} end `
		long    = `local s = ("aGkh"):rep(5e5) `
	)
	for _, test := range []struct{ prepare, call string }{
		{rows, `json.encode(t)`},
		{rows, `json.pretty(t)`},
		{rows + `local s = json.encode(t)`, `json.decode(s)`},
		{`local s = '"' .. ("é\\n"):rep(2e5) .. '"'`, `json.decode(s)`},
		{rows, `yaml.encode(t)`},
		{`local s = ("é\n"):rep(3e4)`, `yaml.encode(s)`},
		{rows, `toml.encode({a = t})`},
		{`local s = ("[[a]]\nb=1\n"):rep(3000)`, `toml.decode(s)`},
		{`local s = ("a,b,c\n"):rep(5e3)`, `csv.decode(s, {header = false})`},
		{`local s = '"' .. ("a\n"):rep(5e4) .. '"'`, `csv.decode(s, {header = false})`},
		{rows, `csv.encode(t, {"id", "name"})`},
		{`local s = ("{{.a}} "):rep(2000)`, `text.template(s, {a = 1})`},
		{`local s = ("a"):rep(1e5)`, `text.template("{{range .l}}{{.}}{{end}}", {l = {s, s, s, s, s, s, s, s}})`},
		{`local s = ("a,"):rep(3e4)`, `text.split(s, ",")`},
		{long, `text.replace(s, "G", "hh")`},
		{`local s = ("a\n"):rep(3e4)`, `text.lines(s)`},
		{long, `base64.encode(s)`},
		{long, `base64.decode(s)`},
		{long, `hex.encode(s)`},
		{`local s = ("6869"):rep(5e5)`, `hex.decode(s)`},
		{long, `hash.md5(s)`},
		{long, `hash.sha512(s)`},
		{long, `hash.hmac_sha256("key", s)`},
		{numbers, `list.map(t, function(v) return v end)`},
		{numbers, `list.unique(t)`},
		{rows, `list.sort_by(t, "name")`},
		{rows, `list.group_by(t, "name")`},
		{numbers, `list.keys(t)`},
		{rows, `show(t)`},
		{rows, `log.info("x", {t = t})`},
	} {
		var steps func() int64
		var begin int64
		here := runtime.Module{Name: "test", Verbs: []runtime.Verb{{Name: "test.here", Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			steps = c.Steps()
			begin = steps()
			return nil, nil
		}}}}
		rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: append(stdlib.Modules(stdlib.Config{Log: slog.New(slog.NewTextHandler(io.Discard, nil))}), here)})
		if err != nil {
			t.Fatal(err)
		}
		p, err := runtime.Compile("stops.lua", []byte(test.prepare+` test.here() `+test.call))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rt.Run(t.Context(), p, runtime.RunOptions{}); err != nil {
			t.Errorf("%s: %v", test.call, err)
			continue
		}
		end := steps()
		stopAt := func(limit int64) int64 {
			t.Helper()
			if _, err := rt.Run(t.Context(), p, runtime.RunOptions{Limits: runtime.Limits{Steps: limit}}); !errors.Is(err, &runtime.Error{Kind: runtime.Limit}) {
				t.Errorf("%s: %v with %d of the %d steps from %d on", test.call, err, limit, end, begin)
			}
			return steps()
		}
		const arguments = 20 // more steps than come before the verb's own
		first := stopAt(begin + arguments)
		places := map[int64]bool{}
		for i := range int64(5) {
			places[stopAt(first+(end-first)*i/5+1)] = true
		}
		const want = 4
		if len(places) < want {
			t.Errorf("%s is stopped at %d places, want %d", test.call, len(places), want)
		}
	}
}
