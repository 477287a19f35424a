package runtime

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestALimitsHintTellsHowToRaiseIt(t *testing.T) {
	l := Limits{Steps: 1000, Memory: 64e6, Time: time.Minute, Calls: 3, Tasks: 10, Output: 1 << 20, Recursion: 100,
		CallsOf: map[string]int64{"servers.create": 3, "servers.*": 10}}
	for name, want := range map[string]string{
		"steps":                "to allow more: --limit steps=2000 on the command line, Limits.Steps in Go",
		"memory":               "to allow more: --limit memory=128MB on the command line, Limits.Memory in Go",
		"time":                 "to allow more: --timeout 2m0s or --limit time=2m0s on the command line, Limits.Time in Go",
		"calls":                "to allow more: --limit calls=6 on the command line, Limits.Calls in Go",
		"tasks":                "to allow more: --limit tasks=20 on the command line, Limits.Tasks in Go",
		"output":               "to allow more: --limit output=2MiB on the command line, Limits.Output in Go",
		"recursion":            "to allow more: --limit recursion=200 on the command line, Limits.Recursion in Go",
		"calls.servers.create": `to allow more: --limit calls.servers.create=6 on the command line, Limits.CallsOf["servers.create"] in Go`,
		"calls.servers.*":      `to allow more: --limit 'calls.servers.*=20' on the command line, Limits.CallsOf["servers.*"] in Go`,
	} {
		if got := l.hit(name, "too much").Hint; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		_, field, _ := strings.Cut(strings.TrimSuffix(want, " in Go"), "Limits.")
		field, _, _ = strings.Cut(field, "[")
		if _, ok := reflect.TypeFor[Limits]().FieldByName(field); !ok {
			t.Errorf("%s names no field of Limits", want)
		}
	}
	for most, want := range map[int]string{
		1500: "to allow more: --limit recursion=2000 on the command line, Limits.Recursion in Go",
		2000: "that is the most that can be allowed; does the recursion end?",
	} {
		if got := (Limits{Recursion: most}).hit("recursion", "too deep").Hint; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// Every field is in over, or a limit of the runtime's would not hold.
func TestLimitsThatARunDoesNotSetAreTheRuntimes(t *testing.T) {
	var set Limits
	v := reflect.ValueOf(&set).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Map:
			f.Set(reflect.ValueOf(map[string]int64{"servers.get": 1}))
		default:
			f.SetInt(7)
		}
	}
	if got := (Limits{}).over(set); !reflect.DeepEqual(got, set) {
		t.Errorf("got %+v, want %+v", got, set)
	}
	if got := set.over(Limits{Steps: 1, Memory: 1, Time: 1, Tasks: 1, Output: 1, Calls: 1, Recursion: 1}); !reflect.DeepEqual(got, set) {
		t.Errorf("got %+v, want %+v", got, set)
	}
}

func TestSizes(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0B", 999: "999B", 1000: "1KB", 1024: "1KiB", 1025: "1025B", 1e6: "1MB", 1 << 20: "1MiB", 3 << 30: "3GiB", 5e9: "5GB"} {
		if got := sizeText(bytes); got != want {
			t.Errorf("%d bytes are %s, want %s", bytes, got, want)
		}
	}
}

// A few tables inside one another are any number of values in Go.
func TestMakingResultsStops(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Clock = nil })
	p, err := Compile("test.lua", []byte(`local t = {} for i = 1, 60 do t = {t, t} end return t`))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := rt.Run(ctx, p, RunOptions{}); !errors.Is(err, &Error{Kind: Cancelled}) {
		t.Errorf("ended with %v", err)
	}
}

// The place of a limit is the line that hit it, whatever stands around it.
func TestALimitTellsWhereItWasHit(t *testing.T) {
	rt := newCloud(t, func(c *Config) {
		c.Limits = Limits{Steps: 10_000, Recursion: 100, CallsOf: map[string]int64{"servers.get": 1}}
	})
	for name, hit := range map[string]string{
		"steps":     "while true do end",
		"recursion": "local function f() return 1 + f() end f()",
		"calls":     "while true do servers.get(1) end",
	} {
		for _, around := range []string{
			"hit()", "pcall(hit)", "coroutine.wrap(hit)()", `string.gsub("x", ".", hit)`, "pcall(try.apply, hit)", "try.each({1}, hit)",
			"pcall(try.each, {1, 2}, hit, {limit = 1})", "try.spawn(hit) try.sleep(1)", "try.cleanup(hit)", "try.each({1}, function() try.apply(pcall, hit) end)",
		} {
			e := fails(t, rt, "local function hit()\n"+hit+"\nend\n"+around)
			if e.Kind != Limit || e.Position.Line != 2 || e.Source != hit {
				t.Errorf("%s in %s: %s", name, around, renderError(e))
			}
		}
	}
}
