package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
)

func TestDelayFollowsTheOrderOfTasks(t *testing.T) {
	for path, want := range map[string]time.Duration{
		"7":              0,
		"3[2].1":         2 * time.Microsecond,
		"3[2].1[5].4":    2*time.Microsecond + 5*time.Nanosecond,
		"1[1].1[1].1[9]": time.Microsecond + time.Nanosecond,
	} {
		if got := delay(path) - latency; got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

// Whoever comes first: tasks that start to wait in the opposite order are woken
// in their own.
func TestDelayDecidesWhoIsServedFirst(t *testing.T) {
	clock := runtime.NewVirtualClock(time.Unix(0, 0))
	const tasks = 50
	served := make(chan int, tasks)
	all := make(chan struct{})
	clock.Go(func() {
		defer close(all)
		for i := tasks; i > 0; i-- {
			clock.Go(func() {
				if err := clock.Sleep(context.Background(), delay(fmt.Sprintf("1[%d].1", i))); err == nil {
					served <- i
				}
			})
		}
	})
	<-all
	for i := 1; i <= tasks; i++ {
		if got := <-served; got != i {
			t.Fatalf("task %d was served as number %d", got, i)
		}
	}
}

// Many tasks that call at the same moment are served in their own order, over
// and over.
func TestRehearsalsRepeatThemselves(t *testing.T) {
	program, err := runtime.Compile("test", []byte(`
		local items = {}
		for i = 1, 50 do items[i] = i end
		parallel.each(items, function(i) take(i) take(i) end, {limit = 50})`))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		clock := runtime.NewVirtualClock(time.Unix(0, 0))
		var order strings.Builder
		cloud := []runtime.Module{{Verbs: []runtime.Verb{
			{Name: "take", Effect: runtime.Update, Doc: "Takes a number.", Params: []runtime.Param{{Name: "n", Type: runtime.Integer}},
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					fmt.Fprint(&order, c.Int("n"), " ")
					return nil, nil
				}},
		}}}
		rt, err := runtime.New(runtime.Config{Modules: append(stdlib.Modules(stdlib.Config{}), withLatency(clock, cloud)...), Clock: clock})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rt.Run(t.Context(), program, runtime.RunOptions{}); err != nil {
			t.Fatal(err)
		}
		var want strings.Builder
		for range 2 {
			for i := range 50 {
				fmt.Fprint(&want, i+1, " ")
			}
		}
		if order.String() != want.String() {
			t.Fatalf("got  %s\nwant %s", &order, &want)
		}
		if cloud[0].Verbs[0].Func == nil {
			t.Fatal("the declarations were changed in place")
		}
	}
}

func TestLatencyEndsWithTheRun(t *testing.T) {
	clock := runtime.NewVirtualClock(time.Unix(0, 0))
	called := false
	modules := withLatency(clock, []runtime.Module{{Verbs: []runtime.Verb{
		{Name: "take", Doc: "Takes.", Func: func(context.Context, *runtime.Call) (any, error) { called = true; return nil, nil }},
	}}})
	rt, err := runtime.New(runtime.Config{Modules: modules, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	program, err := runtime.Compile("test", []byte("take()"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("over"))
	if _, err := rt.Run(ctx, program, runtime.RunOptions{}); err == nil || called {
		t.Errorf("error %v, called %t", err, called)
	}
}
