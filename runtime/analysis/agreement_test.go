package analysis_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// literals are arguments of every type that a source can show.
var literals = []string{
	"nil", "1", "-2", "1.5", `"web"`, `"HARD"`, `"90s"`, `""`, "true", "not 1", "{}", `{"a"}`, `{1, 2}`, "function() end",
	`{name = "x"}`, `{name = "x", flavor = 2}`, `{id = 1}`, "{count = 2}", `{type = "SOFT"}`, `{timeout = 5, state = "ACTIVE"}`,
	"{list = {}}", "{fn = print}", `{password = "x"}`, "{nmae = 1}", "{value = {1}, tags = {}}", `{metadata = {"a"}}`, `{public = "no"}`,
}

// TestAgreement calls every verb with every literal, and every pair of them, and
// compares what the checker says with what the runtime says: neither may object
// to what the other accepts, except where the checker leaves a table unopened.
func TestAgreement(t *testing.T) {
	rt, c := fleet(t), checker(t)
	calls := 0
	for _, v := range rt.Verbs() {
		lists := []string{""}
		for _, a := range literals {
			lists = append(lists, a)
			for _, b := range literals {
				lists = append(lists, a+", "+b)
			}
		}
		for _, list := range lists {
			calls++
			source := v.Name + "(" + list + ")"
			objects := len(c.Check("call", []byte(source)).Findings) > 0
			refuses := refuses(t, rt, source)
			if objects && !refuses {
				t.Errorf("a false alarm: %s", source)
			}
			if refuses && !objects && !unopened(v, list) {
				t.Errorf("not found: %s", source)
			}
		}
	}
	if calls < 5000 {
		t.Errorf("only %d calls were compared", calls)
	}
}

// refuses reports whether the runtime finds an argument wrong, which it looks at
// before anything else.
func refuses(t *testing.T, rt *runtime.Runtime, source string) bool {
	t.Helper()
	program, err := runtime.Compile("call", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	_, err = rt.Run(context.Background(), program, runtime.RunOptions{})
	var e *runtime.Error
	return errors.As(err, &e) && e.Kind == runtime.Usage
}

// unopened reports whether what is wrong is a function inside a table that is a
// value: the checker does not look into those.
func unopened(v *runtime.Verb, list string) bool {
	return v.Name == "task.tag" && strings.Contains(list, "{fn = print}")
}

// Methods and pcall are judged as the call that they are.
func TestOtherFormsOfCalls(t *testing.T) {
	c := checker(t)
	for source, want := range map[string]int{
		`servers.get(1):reboot("HARD")`:                            0,
		`servers.get(1):reboot("HRAD")`:                            1,
		`servers.get(1):reboot{type = "SOFT"}`:                     0,
		`servers.get(1):reboot{id = 2}`:                            1,
		`servers.get(1):reboot("SOFT", 1)`:                         1,
		`servers.get(1):delete(nil)`:                               0,
		`pcall(servers.reboot, 1, "HRAD")`:                         1,
		`pcall(servers.reboot, 1, "HARD")`:                         0,
		`pcall(servers.create, {nmae = "x", flavor = 1})`:          1,
		`local pcall = print; pcall(servers.create, 1)`:            0,
		`local r = servers.reboot; r(1, "HRAD")`:                   1,
		`local r = servers.reboot; r = print; r(1, "HRAD")`:        0,
		`local s = servers; s.rebot(1)`:                            1,
		`local s = servers.get(1); s = 1; print(s.nmae)`:           0,
		`local a, b = 1, servers.get(1); print(a, b.nmae)`:         1,
		`local a, b = servers.get(1); print(a.nmae, b.nmae)`:       1,
		`(servers.get(1)):rebot()`:                                 1,
		`servers:get(1)`:                                           1,
		`servers:gte(1)`:                                           1,
		`servers.wait(1):wait("ACTIVE"):rebot()`:                   1,
		`for _, s in pairs(servers.list()) do s:rebot() end`:       0,
		`for s in ipairs(servers.list()) do print(s.nmae) end`:     0,
		`for _, s in ipairs(servers.list()) do s:rebot() end`:      1,
		`for _, s in ipairs(servers.list(), 1) do s:rebot() end`:   0,
		`local t = {s = servers.get(1)}; t.s:rebot()`:              0,
		`local function f(s) s:rebot() end f(servers.get(1))`:      0,
		`servers["creat"]()`:                                       1,
		`servers[("x"):rep(2)]()`:                                  0,
		`repeat local s = servers.get(1) until s.nmae`:             1,
		`while servers.get(1).nmae do end`:                         1,
		`if servers.get(1).nmae then elseif servers.x then end`:    2,
		`return -servers.get(1).nmae, #servers.get(1).nmae .. "x"`: 2,
		`print{[servers.get(1).nmae] = servers.get(1).nmae}`:       2,
	} {
		if got := c.Check("call", []byte(source)).Findings; len(got) != want {
			t.Errorf("%s: want %d findings\n%s", source, want, render(got))
		}
	}
}
