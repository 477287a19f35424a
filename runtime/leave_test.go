package runtime

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// waiting is a runtime whose verb wait.ing waits for the end of its task; all gets
// a value when so many tasks wait.
func waiting(t testing.TB, tasks int, change ...func(*Config)) (rt *Runtime, all chan struct{}) {
	t.Helper()
	var mu sync.Mutex
	waiting := 0
	all = make(chan struct{}, 1)
	modules := append(cloud(), Module{Name: "wait", Verbs: []Verb{
		{Name: "wait.ing", Effect: Create, Func: func(ctx context.Context, c *Call) (any, error) {
			mu.Lock()
			if waiting++; waiting%tasks == 0 {
				all <- struct{}{}
			}
			mu.Unlock()
			return nil, c.Clock().Sleep(ctx, time.Hour)
		}},
	}})
	config := Config{Policy: AllowAll(), Modules: modules}
	for _, f := range change {
		f(&config)
	}
	rt, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return rt, all
}

// Tasks that wait when all ends leave without going through Lua again: what is counted,
// told and cleaned up must be as if they had.
func TestTasksThatLeave(t *testing.T) {
	const tasks = 100
	for name, source := range map[string]string{
		"items":     `try.each(items, function() wait.ing() reached = true end, {limit = 100})`,
		"in pcall":  `try.each(items, function() pcall(function() pcall(wait.ing) reached = true end) reached = true end, {limit = 100})`,
		"in xpcall": `try.each(items, function() xpcall(function() wait.ing() end, print) reached = true end, {limit = 100})`,
		"handlers":  `try.each(items, function() xpcall(error, function() wait.ing() reached = true end) end, {limit = 100})`,
		"wrapped":   `try.each(items, function() coroutine.wrap(function() wait.ing() end)() reached = true end, {limit = 100})`,
		"applied":   `try.each(items, function() try.apply(function() wait.ing() reached = true end) end, {limit = 100})`,
		"held":      `try.each(items, function() wait.holding(function() wait.holding(function() wait.ing() end) reached = true end) end, {limit = 100})`,
		"holders":   `for i = 1, 100 do try.spawn(function() pcall(wait.holding, function() wait.ing() reached = true end) end) end`,
		"spawned":   `for i = 1, 100 do try.spawn(function() wait.ing() reached = true end) end try.sleep("1h")`,
		"unawaited": `for i = 1, 100 do try.spawn(function() wait.ing() reached = true end) end`,
		"nested":    `try.each({1, 2}, function() try.each(half, function() wait.ing() reached = true end, {limit = 50}) end, {limit = 2})`,
		"families":  `try.each(half, function() try.spawn(function() wait.ing() end) wait.ing() end, {limit = 50})`,
		"parents":   `try.each({1, 2}, function() for i = 1, 50 do try.spawn(function() wait.ing() reached = true end) end end)`,
	} {
		leave := func(t *testing.T, watched bool) {
			told, held, out := 0, 0, strings.Builder{}
			rt, all := waiting(t, tasks, func(c *Config) {
				c.Modules[len(c.Modules)-1].Verbs = append(c.Modules[len(c.Modules)-1].Verbs, Verb{
					Name: "wait.holding", Params: []Param{{Name: "fn", Type: Callback, Required: true}},
					Inline: func(_ context.Context, c *Call) (any, error) {
						held++
						defer func() { held-- }() // which needs the baton
						_, err := c.Apply(c.Callback("fn"))
						return nil, err
					},
				})
				if watched {
					c.OnCall = func(e CallEvent) {
						if (e.Verb == "wait.ing" || e.Verb == "wait.holding") && e.Err != nil {
							told++
						}
					}
				}
			})
			p, err := Compile("test.lua", []byte(`items, half = {}, {} for i = 1, 100 do items[i] = i half[(i + 1) / 2] = i end
try.cleanup(function() print(#items, reached, pcall(error, "x")) try.each({1, 2}, function(n) try.sleep(0.001) print(n) end, {limit = 1}) end)
`+source))
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			go func() { <-all; cancel() }()
			_, err = rt.Run(ctx, p, RunOptions{Stdout: &out})
			var e *Error
			if !errors.As(err, &e) || e.Kind != Cancelled || !strings.Contains(e.Hint, "100 times") || e.Position.Line != 3 {
				t.Errorf("ended with %s", renderError(err))
			}
			if want := "100\tnil\tfalse\tx\n1\n2\n"; out.String() != want {
				t.Errorf("printed %q, want %q", out.String(), want)
			}
			want := 0
			if watched {
				want = tasks * (1 + strings.Count(source, "wait.holding"))
			}
			if told != want || held != 0 {
				t.Errorf("the host was told of %d calls, want %d; %d verbs hold what they took", told, want, held)
			}
			if name == "unawaited" && !strings.Contains(renderError(err), "(task)") {
				t.Errorf("the stack does not tell that it was a task:\n%s", renderError(err))
			}
		}
		t.Run(name, func(t *testing.T) { leave(t, false) })
		t.Run(name+", watched", func(t *testing.T) { leave(t, true) })
	}
}
