package vm

import lua "github.com/yuin/gopher-lua"

// OpenBase puts the functions that are the VM's own into the globals: pcall,
// xpcall, error, load, loadstring, require and the table coroutine, and gives
// strings their arithmetic. It is called after the library that has the string
// functions is open.
func (s *State) OpenBase() {
	g := s.Globals()
	s.openStringArithmetic()
	s.Register(g, map[string]lua.LGFunction{
		"pcall":      pcall,
		"xpcall":     xpcall,
		"error":      raiseError,
		"load":       load,
		"loadstring": loadString,
		"require":    require,
	})
	s.coArm = s.main.NewFunction(coArm)
	s.coFinish = s.main.NewFunction(coFinish)
	yield := s.main.NewFunctionFromProto(yieldProto())
	yield.Upvalues = s.main.NewClosure(nil, s.main.NewFunction(coPass), s.main.NewFunction(coSwitch)).Upvalues
	co := s.main.NewTable()
	s.Register(co, map[string]lua.LGFunction{
		"create":  coCreate,
		"resume":  coResume,
		"running": coRunning,
		"status":  coStatusOf,
		"wrap":    coWrap,
	})
	co.RawSetString("yield", yield)
	g.RawSetString("coroutine", co)
}
