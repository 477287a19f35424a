package vm

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"
)

// A Frame is one level of the Lua stack.
type Frame struct {
	Chunk    string // the chunk's name; empty for a Go function
	Line     int    // the line that is running; 0 for a Go function
	Function string // the function's name as its caller knows it; may be empty
	Source   string // the text of a chunk that load compiled; empty for others
	Defined  int    // the line where the function starts; 0 for a Go function
	Kind     FrameKind
	Skipped  int            // frames left out here, of a very deep stack
	Go       *lua.LFunction // the Go function of a GoFrame
}

// FrameKind says what a frame is.
type FrameKind string

const (
	LuaFrame      FrameKind = "lua"       // a Lua function
	MainFrame     FrameKind = "main"      // a chunk's top level
	GoFrame       FrameKind = "go"        // a function of the host
	TailFrame     FrameKind = "tail"      // calls whose frames a tail call replaced
	CoroutineBase FrameKind = "coroutine" // below it is who resumed the coroutine
	SkippedFrames FrameKind = "skipped"   // Skipped frames are left out
)

// String is the frame as one line of a traceback.
func (f Frame) String() string {
	name := ""
	if f.Function != "" {
		name = " in function '" + f.Function + "'"
	}
	switch f.Kind {
	case MainFrame:
		return fmt.Sprintf("%s:%d: in the main chunk", f.Chunk, f.Line)
	case GoFrame:
		if name == "" {
			return "[host]: in a host function"
		}
		return "[host]:" + name
	case TailFrame:
		return "(tail call)"
	case CoroutineBase:
		return "(coroutine)"
	case SkippedFrames:
		return fmt.Sprintf("(%d levels left out)", f.Skipped)
	}
	if name == "" {
		name = fmt.Sprintf(" in the function of line %d", f.Defined)
	}
	return fmt.Sprintf("%s:%d:%s", f.Chunk, f.Line, name)
}

// A site is a frame as it is noted when an error is raised, which most errors
// never need more of.
type site struct {
	fn      *lua.LFunction
	pc      int // of the instruction that runs
	tail    int
	skipped int
	base    threadKind // of the thread whose lowest frame this is
	last    bool       // lowest frame of its thread
}

const (
	topSites    = 40 // how many frames of a thread are noted from the top
	bottomSites = 10 // and from the bottom
	maxSites    = 200
)

// sites notes the frames of L's thread after those of inner, innermost first.
func sites(L *lua.LState, inner []site) []site {
	f := topFrame(L)
	if f == nil || len(inner) > maxSites {
		return inner
	}
	kind := callThread
	if t := Of(L); t != nil {
		kind = t.kind
	}
	depth := f.Idx + 1
	list := make([]site, len(inner), len(inner)+min(depth, topSites+bottomSites+1))
	copy(list, inner)
	for i := 0; f != nil; i, f = i+1, f.Parent {
		if i == topSites && depth > topSites+bottomSites {
			list = append(list, site{skipped: depth - topSites - bottomSites})
		}
		if i >= topSites && i < depth-bottomSites {
			continue
		}
		list = append(list, site{fn: f.Fn, pc: f.Pc - 1, tail: f.TailCall, base: kind, last: f.Parent == nil})
	}
	return list
}

// operatorMark are the upvalues of the Go functions that operators are compiled to,
// which no stack shows.
var operatorMark = []*lua.Upvalue{{}}

func isOperator(fn *lua.LFunction) bool {
	return len(fn.Upvalues) == 1 && fn.Upvalues[0] == operatorMark[0]
}

// frames puts sites into words.
func frames(list []site) []Frame {
	var out []Frame
	for i, s := range list {
		if s.skipped > 0 {
			out = append(out, Frame{Kind: SkippedFrames, Skipped: s.skipped})
			continue
		}
		if isPrologue(s.fn.Proto) {
			out = append(out, Frame{Kind: CoroutineBase})
			continue
		}
		if isOperator(s.fn) {
			continue
		}
		f := Frame{Kind: GoFrame, Go: s.fn}
		if p := s.fn.Proto; p != nil {
			f.Go = nil
			f.Kind, f.Chunk, f.Line = LuaFrame, p.SourceName, p.DbgSourcePositions[max(s.pc, 0)]
			f.Defined, f.Source = p.LineDefined, keptSource(p)
			if p.LineDefined == 0 {
				f.Kind = MainFrame
			}
		}
		if s.tail == 0 && !s.last && i+1 < len(list) && list[i+1].fn != nil && !isPrologue(list[i+1].fn.Proto) {
			f.Function = calledName(list[i+1].fn.Proto, list[i+1].pc)
		}
		out = append(out, f)
		if s.tail > 0 {
			out = append(out, Frame{Kind: TailFrame})
		}
	}
	return out
}

// where is the `chunk:line: ` of a level of t's stack, counted as C Lua counts:
// 0 is the running function, tail calls count, protected calls are looked
// through, a coroutine's base is the end. Empty when the level is no Lua code.
func where(t *Thread, level int) string {
	for ; t != nil; t = t.parent {
		for f := topFrame(t.L); f != nil; f = f.Parent {
			if level == 0 {
				return position(f)
			}
			level--
			if !f.Fn.IsG {
				if level < f.TailCall {
					return ""
				}
				level -= f.TailCall
			}
		}
		if t.kind == coroutineThread {
			return ""
		}
	}
	return ""
}

// Traceback is the Lua stack of L, innermost first. In an xpcall handler it is
// the stack where the error was raised.
func Traceback(L *lua.LState) []Frame {
	t := Of(L)
	if t == nil {
		return nil
	}
	for h := t; h != nil; h = h.parent {
		if h.handled != nil {
			return frames(h.handled.sites)
		}
	}
	var list []site
	for ; t != nil; t = t.parent {
		list = sites(t.L, list)
	}
	return frames(list)
}
