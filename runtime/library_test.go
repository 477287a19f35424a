package runtime_test

import (
	"context"
	"slices"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestLibraryIsWhatLuaGives(t *testing.T) {
	show := runtime.Verb{Name: "show", Doc: "Shows.", Inline: func(context.Context, *runtime.Call) (any, error) { return nil, nil }}
	rt, err := runtime.New(runtime.Config{Modules: []runtime.Module{{Verbs: []runtime.Verb{show}}}})
	if err != nil {
		t.Fatal(err)
	}
	names := rt.Library()
	for _, name := range []string{"print", "pcall", "string", "string.rep", "coroutine.wrap", "os.exit", "math.pi"} {
		if !slices.Contains(names, name) {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range []string{"show", "io", "_G", "os.execute"} {
		if slices.Contains(names, name) {
			t.Errorf("%s is not Lua's", name)
		}
	}
}
