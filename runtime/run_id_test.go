package runtime

import (
	"context"
	"math/rand/v2"
	"testing"
)

// A run that is given the same random numbers is the same run, also by its id, which marks
// what it makes; its script's random numbers are those of its ID otherwise.
func TestTheIDOfARun(t *testing.T) {
	var ids []string
	rt, err := New(Config{Policy: AllowAll(), OnCall: func(e CallEvent) { ids = append(ids, e.RunID) },
		Modules: []Module{{Name: "try", Verbs: []Verb{{Name: "try.it", Effect: Local,
			Func: func(context.Context, *Call) (any, error) { return nil, nil }}}}}})
	if err != nil {
		t.Fatal(err)
	}
	program, err := Compile("id.lua", []byte("try.it() return math.random()"))
	if err != nil {
		t.Fatal(err)
	}
	run := func(o RunOptions) (string, any) {
		ids = nil
		result, err := rt.Run(context.Background(), program, o)
		if err != nil || len(ids) != 1 {
			t.Fatal(err, ids)
		}
		return ids[0], result.Values[0]
	}
	source := func(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

	first, number := run(RunOptions{Random: source(1)})
	if again, n := run(RunOptions{Random: source(1)}); again != first || n != number {
		t.Errorf("the same random numbers gave the ids %s and %s, the numbers %v and %v", first, again, number, n)
	}
	if other, n := run(RunOptions{Random: source(2)}); other == first || n == number {
		t.Errorf("other random numbers gave the id %s and the number %v again", other, n)
	}
	if id, n := run(RunOptions{Random: source(1), ID: "mine"}); id != "mine" || n != number {
		t.Errorf("got the id %s and the number %v", id, n)
	}
	one, n := run(RunOptions{})
	if two, m := run(RunOptions{}); one == two || n == m || len(one) != 16 {
		t.Errorf("two runs have the ids %s and %s, the numbers %v and %v", one, two, n, m)
	}
	if _, n := run(RunOptions{ID: "mine"}); n == number {
		t.Error("a run's own id did not give its random numbers")
	}
}
