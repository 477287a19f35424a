package runtime

import (
	"context"
	"unsafe"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/vm"
	lua "github.com/yuin/gopher-lua"
)

// measureObjects is how many objects measure looks at: some 100 ms, and 20 MB for
// remembering them.
const measureObjects = 500_000

// A measurement is what the values of a run take. It is not sure when there were
// too many to look at, but at least that much then.
type measurement struct {
	bytes int64
	sure  bool
}

// measure adds up what the run's Lua values, its tasks and the calls under way take, about.
// It is for who holds the baton. It stops when they take more than enough bytes, and when
// ctx ends.
func (r *run) measure(ctx context.Context, enough int64) measurement {
	m := &meter{seen: map[unsafe.Pointer]struct{}{}, enough: enough, bytes: r.held.Load() + r.tasks.Load()*goroutineBytes}
	r.in.state.Held(m.add)
	for _, f := range r.cleanups {
		m.add(f)
	}
	for n := 0; len(m.queue) > 0 && !m.full() && (n%1024 != 0 || ctx.Err() == nil); n++ {
		last := len(m.queue) - 1
		v := m.queue[last]
		m.queue = m.queue[:last]
		m.open(v)
	}
	return measurement{bytes: m.bytes, sure: len(m.queue) == 0 || m.bytes > enough}
}

// A meter adds up sizes. Each object counts once.
type meter struct {
	bytes, enough int64
	seen          map[unsafe.Pointer]struct{}
	queue         []lua.LValue // whose parts have not been added yet
}

// full reports whether nothing more need be added.
func (m *meter) full() bool { return m.bytes > m.enough || len(m.seen) > measureObjects }

// What gopher-lua's objects take beside their parts, about.
const (
	tableBytes    = 200
	entryBytes    = 130 // of a table's hash part: two maps and a list of keys
	slotBytes     = 16
	functionBytes = 80
	upvalueBytes  = 64
	threadBytes   = 4 << 10 // with what a protected call takes of its goroutine's stack
)

const (
	// goroutineBytes is what a task takes beside its threads: most of it is the stack of
	// a goroutine.
	goroutineBytes = 8 << 10
	// taskBytes is what a task that waits takes in all.
	taskBytes = goroutineBytes + threadBytes
)

// add counts a value, and notes that it may have parts.
func (m *meter) add(v lua.LValue) {
	switch v := v.(type) {
	case lua.LNumber:
		m.bytes += 8
	case lua.LString:
		m.text(string(v))
	case *lua.LTable:
		m.note(unsafe.Pointer(v), v, tableBytes)
	case *lua.LFunction:
		m.note(unsafe.Pointer(v), v, functionBytes)
	case *lua.LUserData:
		m.note(unsafe.Pointer(v), v, functionBytes)
	case *lua.LState:
		m.note(unsafe.Pointer(v), v, threadBytes)
	}
}

// note counts and queues an object that was not seen before.
func (m *meter) note(p unsafe.Pointer, v lua.LValue, bytes int64) {
	if m.first(p) {
		m.bytes += bytes
		m.queue = append(m.queue, v)
	}
}

func (m *meter) first(p unsafe.Pointer) bool {
	if _, ok := m.seen[p]; ok || p == nil {
		return false
	}
	m.seen[p] = struct{}{}
	return true
}

// text counts a string. Short ones are not worth remembering.
func (m *meter) text(s string) {
	const short = 32
	m.bytes += slotBytes
	if len(s) <= short || m.first(unsafe.Pointer(unsafe.StringData(s))) {
		m.bytes += int64(len(s))
	}
}

// open counts an object and adds its parts.
func (m *meter) open(v lua.LValue) {
	switch v := v.(type) {
	case *lua.LTable:
		m.openTable(v)
	case *lua.LFunction:
		m.add(v.Env)
		for _, u := range v.Upvalues {
			if m.first(unsafe.Pointer(u)) {
				m.bytes += upvalueBytes
				m.add(u.Value())
			}
		}
		m.openProto(v.Proto)
	case *lua.LUserData:
		m.add(v.Metatable)
	case *lua.LState:
		for _, value := range vm.Stack(v) {
			m.bytes += slotBytes
			m.add(value)
		}
	}
}

func (m *meter) openTable(t *lua.LTable) {
	parts := (*tableLayout)(unsafe.Pointer(t))
	m.bytes += int64(cap(parts.array))*slotBytes + int64(len(parts.keys))*entryBytes + int64(luajson.TextBytes(t))
	m.add(t.Metatable)
	m.addAll(parts.array)
	m.addAll(parts.keys)
	for _, v := range parts.dict {
		m.add(v)
	}
	for _, v := range parts.strdict {
		m.add(v)
	}
}

func (m *meter) addAll(values []lua.LValue) {
	for _, v := range values {
		if m.full() {
			return
		}
		m.add(v)
	}
}

// openProto counts the code of a function, which all its closures share.
func (m *meter) openProto(p *lua.FunctionProto) {
	if p == nil || !m.first(unsafe.Pointer(p)) {
		return
	}
	m.bytes += int64(len(p.Code))*12 + int64(len(p.Constants))*2*slotBytes
	for _, v := range p.Constants {
		m.add(v)
	}
	for _, inner := range p.FunctionPrototypes {
		m.openProto(inner)
	}
}
