package vm

import lua "github.com/yuin/gopher-lua"

// recordFunction is what the compiler calls for the table of a call
// f{id = 7, type = "HARD"}: with the names, the function and the values.
var recordFunction = &lua.LFunction{IsG: true, GFunction: func(L *lua.LState) int {
	r := Of(L).state.takeRecord()
	r.names = L.Get(1).(*lua.LUserData).Value.([]string)
	for i := 3; i <= L.GetTop(); i++ {
		r.values = append(r.values, L.Get(i))
	}
	if takesRecords(L.Get(2)) {
		L.Push(r.ud)
		return 1
	}
	L.Push(r.Table())
	r.Release()
	return 1
}}

// A Record is what a Go function made by NewRecordFunction finds in place of the
// table when it is called as f{id = 7, type = "HARD"}. Making that table would
// take four times as long as the rest of a verb call.
type Record struct {
	names  []string
	values []lua.LValue
	ud     *lua.LUserData // that holds the record on the stack
	state  *State
}

// NewRecordFunction makes a Go function whose last argument may be a Record,
// which it gets with RecordAt. It belongs to no state.
func NewRecordFunction(f lua.LGFunction) *lua.LFunction {
	return &lua.LFunction{IsG: true, GFunction: f, Upvalues: recordMark}
}

// recordMark are the upvalues of functions that take records, and of no others.
var recordMark = []*lua.Upvalue{{}}

func takesRecords(v lua.LValue) bool {
	fn, ok := v.(*lua.LFunction)
	return ok && len(fn.Upvalues) == 1 && fn.Upvalues[0] == recordMark[0]
}

// RecordAt is the record that argument n is, or nil. Whoever asks releases it.
func RecordAt(L *lua.LState, n int) *Record {
	if ud, ok := L.Get(n).(*lua.LUserData); ok {
		r, _ := ud.Value.(*Record)
		return r
	}
	return nil
}

// Len is the number of fields.
func (r *Record) Len() int { return len(r.values) }

// Field is the name and the value, perhaps nil, of the field i, from 0.
func (r *Record) Field(i int) (name string, value lua.LValue) { return r.names[i], r.values[i] }

// Table is the table that any other function would have been called with.
func (r *Record) Table() *lua.LTable {
	t := r.state.main.CreateTable(0, len(r.names))
	for i, name := range r.names {
		t.RawSetString(name, r.values[i])
	}
	return t
}

// Release gives the record back for another call; nothing may use it afterwards.
func (r *Record) Release() {
	clear(r.values)
	r.values = r.values[:0]
	r.state.records = append(r.state.records, r)
}

// takeRecord takes a record that was given back, or makes one: there are as many
// as calls whose arguments are being looked at.
func (s *State) takeRecord() *Record {
	if n := len(s.records); n > 0 {
		r := s.records[n-1]
		s.records = s.records[:n-1]
		return r
	}
	r := &Record{state: s}
	r.ud = &lua.LUserData{Value: r, Metatable: lua.LNil}
	return r
}
