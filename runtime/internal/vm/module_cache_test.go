package vm

import (
	"errors"
	"strings"
	"testing"
)

// requiring runs require("m") of this source in a new state and returns the steps.
func requiring(t *testing.T, cache *ModuleCache, source string, steps int64) (int64, error) {
	t.Helper()
	m := newMachine(t, Options{Modules: cache, Source: func(_ *Thread, module string) (string, []byte, error) {
		return module + ".lua", []byte(source), nil
	}})
	budget := NewBudget(BudgetOptions{Steps: steps})
	_, err := m.run("x", `assert(require("m").n == 1) require("m").n = 2`, CallOptions{Budget: budget})
	return budget.Steps(), err
}

func TestAModuleIsCompiledOnce(t *testing.T) {
	cache := &ModuleCache{}
	long := strings.Repeat("local x = {} ", 190) + strings.Repeat("do local a = 1 + 2 end ", 1000) + "return {n = 1}"
	first, err := requiring(t, cache, long, 0)
	if err != nil {
		t.Fatal(err)
	}
	for key, m := range cache.modules {
		if m.polls < 5 {
			t.Errorf("%s was compiled with %d looks at the budget", key.chunk, m.polls)
		}
	}
	kept := cache.modules[moduleSource{"m.lua", long, CompileOptions{}}].proto
	again, err := requiring(t, cache, long, 0)
	if err != nil || again != first {
		t.Errorf("the second run took %d steps, the first %d; %v", again, first, err)
	}
	if cache.modules[moduleSource{"m.lua", long, CompileOptions{}}].proto != kept || len(cache.modules) != 1 {
		t.Error("the module was compiled again")
	}
	if _, err := requiring(t, cache, long, 10_000); !errors.Is(err, ErrSteps) {
		t.Errorf("a run with few steps ended with %v", err)
	}
	if _, err := requiring(t, cache, `return {n = 1}`, 0); err != nil || len(cache.modules) != 2 {
		t.Errorf("another source of the same name: %v", err)
	}
	if _, err := requiring(t, cache, `return {n = `, 0); err == nil || len(cache.modules) != 2 {
		t.Errorf("a source that does not compile: %v", err)
	}
}

func TestAModuleCacheIsBounded(t *testing.T) {
	cache := &ModuleCache{}
	most := 0
	for i := range 40 {
		if _, err := requiring(t, cache, "return {n = 1, s = [["+strings.Repeat("x", 100_000)+itoa(i)+"]]}", 0); err != nil {
			t.Fatal(err)
		}
		most = max(most, len(cache.modules))
	}
	if most != 10 {
		t.Errorf("it holds %d modules of 100 KB", most)
	}
	cache.keep(moduleSource{src: strings.Repeat("x", maxCached+1)}, compiledModule{})
	if len(cache.modules) == 0 || cache.bytes > maxCached {
		t.Errorf("a source that is too long leaves %d modules, %d bytes", len(cache.modules), cache.bytes)
	}
}
