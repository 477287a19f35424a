package runtime

import (
	"context"
	"errors"
	"testing"
)

func TestChannelsOfTheHost(t *testing.T) {
	numbers, names, only := make(chan int), make(chan string, 1), make(chan int, 1)
	rt := newCloud(t, func(c *Config) {
		c.Values = map[string]any{"numbers": numbers, "names": names, "only": (<-chan int)(only), "into": (chan<- int)(only)}
	})
	go func() {
		numbers <- 7
		numbers <- <-numbers + 1
		close(numbers)
	}()
	prints(t, rt, `
print(numbers())
numbers(8)
print(numbers())
print(numbers())
names("a")
print(names())
into(1)
print(only())
local _ = -names
print(names())
for _, f in ipairs({function() return -names end, function() names("b") end, function() only(1) end, function() into() end,
	function() return -only end, function() numbers(1, 2) end, function() into("x") end}) do
	print(select(2, pcall(f)))
end`, `7	true
9	true
nil	false
a	true
1	true
nil	false
close of closed channel
send on closed channel
a <-chan int cannot be used in this direction
a chan<- int cannot be used in this direction
a <-chan int cannot be closed
a channel takes one value to send, or none to receive, got 2
test.lua:13: bad argument #1 to (anonymous) (cannot use x (type lua.LString) as type int)
`)
}

// A task that waits for a channel keeps no other one waiting, and stops.
func TestWaitingForAChannelStops(t *testing.T) {
	for _, wait := range []string{`never()`, `never(1)`, `pcall(never)`} {
		ctx, cancel := context.WithCancel(t.Context())
		rt := newCloud(t, func(c *Config) { c.Values = map[string]any{"never": make(chan int), "cancel": func() { cancel() }} })
		p, err := Compile("test.lua", []byte(`try.each({1, 2}, function(i) if i == 1 then `+wait+` else cancel() end end)`))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rt.Run(ctx, p, RunOptions{}); !errors.Is(err, &Error{Kind: Cancelled}) {
			t.Errorf("%s: ended with %v", wait, err)
		}
	}
}

type stringer struct{ Name string }

func (s stringer) String() string { return "I am " + s.Name }

func TestGoValuesAsText(t *testing.T) {
	rt := newCloud(t, func(c *Config) {
		c.Values = map[string]any{"s": &stringer{"s"}, "e": func() error { return errors.New("it broke") }, "m": map[string]int{}, "n": []byte("x")}
	})
	for range 2 {
		prints(t, rt, `print(s, e(), m, n, m)`, "I am s\tit broke\tuserdata: 0x00000001\tuserdata: 0x00000002\tuserdata: 0x00000001\n")
	}
}
