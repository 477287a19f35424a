package stdlib

import (
	"errors"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// A comparison takes as long as its texts are, and a list may hold the same two a
// thousand times.
func TestListsOfLongTextsCountSteps(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Modules: Modules(Config{}), Clock: runtime.NewVirtualClock(epoch), Limits: runtime.Limits{Steps: 200_000}})
	if err != nil {
		t.Fatal(err)
	}
	const list = `local a, b, t = ("x"):rep(1e6), ("x"):rep(1e6 - 1) .. "y", {} for i = 1, 50 do t[i] = {k = i % 2 == 0 and a or b} end `
	for _, call := range []string{`list.unique(list.pluck(t, "k"))`, `list.sort_by(t, "k")`, `list.group_by(t, "k")`} {
		p, err := runtime.Compile("test.lua", []byte(list+call))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rt.Run(t.Context(), p, runtime.RunOptions{}); !errors.Is(err, &runtime.Error{Kind: runtime.Limit}) {
			t.Errorf("%s ended with %v, want a limit", call, err)
		}
	}
}
