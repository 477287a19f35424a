package runtime

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// calling is a script of verb calls, each of them protected.
func calling(verbs string) string {
	script := `local made = 0 local function call(verb, ...) local ok, err = pcall(verb, ...) made = made + 1 print(made) end `
	for _, verb := range strings.Split(verbs, " ") {
		script += map[string]string{
			"create": `call(servers.create, "web", 1, 1) `,
			"fails":  `call(servers.create, "full", 1, 1) `,
			"wrong":  `call(servers.create, {nme = "web"}) `,
			"get":    `call(servers.get, 1) `,
			"delete": `call(servers.delete, 1) `,
			"each":   `try.each({1, 2, 3, 4}, function() call(servers.get, 1) end, {limit = 1}) `,
		}[verb]
	}
	return script
}

func TestCallsOfSomeVerbsAreLimited(t *testing.T) {
	for name, test := range map[string]struct {
		limits  map[string]int64
		calls   string
		made    int
		message string // "" if the run succeeds
	}{
		"a verb":                 {map[string]int64{"servers.create": 2}, "create create create", 2, "servers.create: the run used up its 2 calls of servers.create"},
		"other verbs":            {map[string]int64{"servers.create": 2}, "create get get get delete create", 6, ""},
		"an effect":              {map[string]int64{"create": 1}, "get create delete create", 3, "servers.create: the run used up its 1 call of effect create"},
		"a glob":                 {map[string]int64{"servers.*": 3}, "get create delete get", 3, "servers.get: the run used up its 3 calls of servers.*"},
		"all":                    {map[string]int64{"*": 3}, "get create delete get", 3, "servers.get: the run used up its 3 calls of *"},
		"the least of several":   {map[string]int64{"servers.*": 3, "servers.get": 9, "create": 1, "destroy": 9}, "create get create", 2, "servers.create: the run used up its 1 call of effect create"},
		"calls that fail":        {map[string]int64{"servers.create": 2}, "fails fails create", 2, "servers.create: the run used up its 2 calls of servers.create"},
		"calls that are refused": {map[string]int64{"servers.create": 2}, "wrong wrong wrong create create create", 5, "servers.create: the run used up its 2 calls of servers.create"},
		"tasks":                  {map[string]int64{"servers.get": 3}, "each", 3, "servers.get: the run used up its 3 calls of servers.get"},
	} {
		t.Run(name, func(t *testing.T) {
			rt := newCloud(t, func(c *Config) { c.Limits.CallsOf = test.limits })
			out, err := script(t, rt, calling(test.calls))
			if made := strings.Count(out, "\n"); made != test.made {
				t.Errorf("%d calls ended", made)
			}
			var e *Error
			switch errors.As(err, &e); {
			case test.message == "" && err != nil:
				t.Error(renderError(err))
			case test.message != "" && (e == nil || e.Kind != Limit || e.text() != test.message):
				t.Errorf("ended with %v, want %s", err, test.message)
			}
		})
	}
}

func TestCallsThatPolicyRefusesAreNotCounted(t *testing.T) {
	rt := newCloud(t, func(c *Config) {
		c.Limits.CallsOf = map[string]int64{"servers.delete": 1}
		c.Policy.Deny = []Rule{{Verbs: "servers.delete", Where: map[string]string{"id": "7"}}}
	})
	prints(t, rt, `for i = 1, 5 do pcall(servers.delete, 7) end servers.delete(8) print("done")`, "done\n")
}

func TestARunsLimitsOfCallsReplaceTheRuntimesOneByOne(t *testing.T) {
	own := map[string]int64{"servers.create": 1, "servers.get": 1}
	rt := newCloud(t, func(c *Config) { c.Limits.CallsOf = own })
	own["servers.get"] = 100 // New has a copy
	runs := func(calls string, limits map[string]int64) int {
		out, _ := script(t, rt, calling(calls), func(o *RunOptions) { o.Limits.CallsOf = limits })
		return strings.Count(out, "\n")
	}
	if n := runs("get get get", nil); n != 1 {
		t.Errorf("%d calls by the runtime's limit", n)
	}
	if n := runs("create create create", map[string]int64{"servers.create": 2}); n != 2 {
		t.Errorf("%d calls by the run's own limit", n)
	}
	if n := runs("get get get", map[string]int64{"servers.create": 2}); n != 1 {
		t.Errorf("%d calls by the runtime's limit beside another one", n)
	}
	if n := runs("get get get", nil); n != 1 {
		t.Errorf("%d calls by the runtime's limit in a later run", n)
	}
}

func TestCallsOfAreThoseOfOneEvaluation(t *testing.T) {
	s, err := newCloud(t).NewSession(RunOptions{Limits: Limits{CallsOf: map[string]int64{"servers.get": 2}}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 3 {
		if _, err := s.Eval(context.Background(), "line", "servers.get(1) servers.get(2)"); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Eval(context.Background(), "line", "for i = 1, 3 do servers.get(i) end"); !errors.Is(err, &Error{Kind: Limit}) {
		t.Error(err)
	}
}

// Clean-up functions may undo what the run did, and create nothing beyond its limit.
func TestCleanUpHasAnAllowanceOfCalls(t *testing.T) {
	rt := newCloud(t, func(c *Config) { c.Limits.CallsOf = map[string]int64{"update": 1, "create": 2} })
	out, err := script(t, rt, `
try.cleanup(function()
  for i = 1, 5 do servers.reboot(i) print("reboot") end
  for i = 1, 5 do servers.create("web", 1, 1) print("create") end
end)
servers.create("web", 1, 1)
servers.reboot(1)`)
	if want := strings.Repeat("reboot\n", 5) + "create\n"; out != want {
		t.Errorf("printed %q, want %q", out, want)
	}
	if !errors.Is(err, &Error{Kind: Limit}) {
		t.Errorf("ended with %v", err)
	}
	out, err = script(t, rt, `try.cleanup(function() for i = 1, 200 do pcall(servers.reboot, i) print(i) end end)`)
	if n := strings.Count(out, "\n"); n != 101 || !errors.Is(err, &Error{Kind: Limit}) {
		t.Errorf("%d calls in clean-up, %v", n, err)
	}
}

func TestLimitsThatCannotBe(t *testing.T) {
	for want, limits := range map[string]Limits{
		"Limits.Steps is below zero":                    {Steps: -1},
		"Limits.Memory is below zero":                   {Memory: -1},
		"Limits.Time is below zero":                     {Time: -1},
		"Limits.Calls is below zero":                    {Calls: -1},
		"Limits.Tasks is below zero":                    {Tasks: -1},
		"Limits.Output is below zero; zero is no limit": {Output: -1},
		"Limits.Recursion is below zero":                {Recursion: -1},
		"Limits.Recursion is 2001; the most is 2000":    {Recursion: 2001},
		`Limits.CallsOf["servers.creat"] matches no verb; did you mean "servers.create"?`:     {CallsOf: map[string]int64{"servers.creat": 1}},
		`Limits.CallsOf["destory"] matches no verb; did you mean "destroy"?`:                  {CallsOf: map[string]int64{"destory": 1}},
		`Limits.CallsOf["servers.["] is not a glob`:                                           {CallsOf: map[string]int64{"servers.[": 1}},
		`Limits.CallsOf["servers.get"] is not above zero; Policy.Deny keeps scripts from a`:   {CallsOf: map[string]int64{"servers.get": 0}},
		"Limits.Steps is below zero; zero is no limit\nLimits.Tasks is below zero; zero is n": {Tasks: -1, Steps: -1},
	} {
		if _, err := New(Config{Modules: cloud(), Limits: limits}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("New: %v, want %s", err, want)
		}
		_, err := script(t, newCloud(t), "", func(o *RunOptions) { o.Limits = limits })
		if !errors.Is(err, &Error{Kind: Usage}) || !strings.Contains(err.Error(), want) {
			t.Errorf("Run: %v, want %s", err, want)
		}
	}
}

func TestMatch(t *testing.T) {
	rt := newCloud(t)
	for pattern, want := range map[string]string{
		"servers.get": "servers.get <nil>",
		"destroy":     "servers.delete <nil>",
		"*.reboot":    "servers.reboot <nil>",
		"servers.gte": `"servers.gte" matches no verb; did you mean "servers.get"?`,
	} {
		verbs, err := rt.Match(pattern)
		got := ""
		for _, v := range verbs {
			got += v.Name + " "
		}
		if got += fmt.Sprint(err); got != want {
			t.Errorf("%s: %s, want %s", pattern, got, want)
		}
	}
}
