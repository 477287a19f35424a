package runtime

import (
	"reflect"

	lua "github.com/yuin/gopher-lua"
	luar "layeh.com/gopher-luar"
)

// Scripts receive from a channel of the host by calling it, send by calling it with a
// value, and close it by the minus sign. gopher-luar's functions for this wait whatever
// becomes of the run; these let other tasks go on, and stop.

func callChannel(L *lua.LState) int {
	channel := channelArgument(L)
	direction, operation := channel.Type().ChanDir(), reflect.SelectCase{Dir: reflect.SelectRecv, Chan: channel}
	switch n := L.GetTop(); {
	case n > 2:
		taskOf(L).raise(L, Errorf(Usage, "a channel takes one value to send, or none to receive, got %d", n-1))
	case n == 2 && direction&reflect.SendDir == 0, n == 1 && direction&reflect.RecvDir == 0:
		taskOf(L).raise(L, Errorf(Usage, "a %s cannot be used in this direction", channel.Type()))
	case n == 2:
		operation.Dir, operation.Send = reflect.SelectSend, reflected(L, L.Get(2), channel.Type().Elem())
	}
	received, open := waitFor(L, operation)
	if operation.Dir == reflect.SelectSend {
		return 0
	}
	value := lua.LValue(lua.LNil)
	if open {
		value = luar.New(L, received.Interface())
		guardValue(value)
	}
	L.Push(value)
	L.Push(lua.LBool(open))
	return 2
}

func channelArgument(L *lua.LState) reflect.Value {
	channel := reflect.ValueOf(L.CheckUserData(1).Value)
	if channel.Kind() != reflect.Chan {
		taskOf(L).raise(L, Errorf(Usage, "expected a channel, got a %s", channel.Type()))
	}
	return channel
}

// reflected is a Lua value as gopher-luar gives it to a Go function.
func reflected(L *lua.LState, v lua.LValue, t reflect.Type) (value reflect.Value) {
	take := reflect.MakeFunc(reflect.FuncOf([]reflect.Type{t}, nil, false), func(args []reflect.Value) []reflect.Value {
		value = args[0]
		return nil
	})
	fn := luar.New(L, take.Interface())
	guardValue(fn)
	L.Push(fn)
	L.Push(v)
	L.Call(1, 0)
	return value
}

// waitFor does what a select statement does for a task.
func waitFor(L *lua.LState, operation reflect.SelectCase) (received reflect.Value, open bool) {
	t := taskOf(L)
	done := reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(t.ctx.Done())}
	chosen := 0
	var panicked any
	t.block(func() {
		defer func() { panicked = recover() }()
		chosen, received, open = reflect.Select([]reflect.SelectCase{operation, done})
	})
	switch {
	case panicked != nil: // a closed channel
		t.raise(L, Errorf(Failed, "%v", panicked))
	case chosen == 1:
		t.abandon(L)
	}
	return received, open
}

func closeChannel(L *lua.LState) int {
	channel := channelArgument(L)
	if channel.Type().ChanDir()&reflect.SendDir == 0 {
		taskOf(L).raise(L, Errorf(Usage, "a %s cannot be closed", channel.Type()))
	}
	defer func() {
		if p := recover(); p != nil {
			taskOf(L).raise(L, Errorf(Failed, "%v", p))
		}
	}()
	channel.Close()
	return 0
}
