package luajson

import (
	"bytes"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// A Type is how the rows of one kind of object behave.
type Type struct {
	Name string

	// IDs are fields that hold identifiers. Servers send them as numbers or as
	// text; decimal text becomes a number, so that scripts see one form.
	IDs []string

	// Missing is asked for a key that the object does not have: it returns a
	// method, nil, or raises an error in L.
	Missing func(L *lua.LState, key string) lua.LValue

	// ToString is the text of a row for tostring; nil means the default.
	ToString lua.LGFunction
}

// A rowType is a Type in one state. A row's metatable is lazy until the row is
// filled and full afterwards.
type rowType struct {
	codec      *Codec
	ids        map[string]bool
	missing    func(L *lua.LState, key string) lua.LValue
	lazy, full *lua.LTable
}

// A row is a table that still has its JSON text. The table is its first field,
// so a *lua.LTable whose metatable is lazy is known to point at a row: only
// newRow uses that metatable, and __metatable keeps scripts from taking it.
type row struct {
	lua.LTable
	text []byte
}

// TextBytes is the length of the JSON text that t has not been filled from yet; 0
// for other tables.
func TextBytes(t *lua.LTable) int {
	if lazyType(t) == nil {
		return 0
	}
	return len(rowOf(t).text)
}

func rowOf(t *lua.LTable) *row { return (*row)(unsafe.Pointer(t)) }

// marker is the array slot of a lazy metatable that holds its rowType.
const marker = 1

// lazyType returns the type of a row that is not yet filled, or nil.
func lazyType(t *lua.LTable) *rowType {
	mt, ok := t.Metatable.(*lua.LTable)
	if !ok {
		return nil
	}
	ud, ok := mt.RawGetInt(marker).(*lua.LUserData)
	if !ok {
		return nil
	}
	rt, _ := ud.Value.(*rowType)
	if rt == nil || rt.lazy != mt {
		return nil
	}
	return rt
}

// Define declares a type of rows. A second definition of a name replaces the
// first one for rows made later.
func (c *Codec) Define(t Type) {
	rt := &rowType{codec: c, ids: make(map[string]bool, len(t.IDs)), missing: t.Missing}
	for _, id := range t.IDs {
		rt.ids[id] = true
	}
	if rt.missing == nil {
		rt.missing = func(*lua.LState, string) lua.LValue { return lua.LNil }
	}
	L := c.state
	rt.lazy, rt.full = L.CreateTable(1, 8), L.CreateTable(0, 8)
	mark := L.NewUserData()
	mark.Value = rt
	rt.lazy.RawSetInt(marker, mark)
	rt.lazy.RawSetString("__index", L.NewFunction(rt.lazyIndex))
	rt.lazy.RawSetString("__newindex", L.NewFunction(rt.newIndex))
	rt.full.RawSetString("__index", L.NewFunction(rt.fullIndex))
	for _, mt := range []*lua.LTable{rt.lazy, rt.full} {
		mt.RawSetString("__metatable", lua.LString(t.Name))
		if t.ToString != nil {
			mt.RawSetString("__tostring", L.NewFunction(t.ToString))
		}
	}
	c.types[t.Name] = rt
}

// Row makes a table of the named type from the text of one JSON object, which
// must be valid JSON: whoever read the answer has checked it. The text is kept,
// not copied. A type that was not defined makes a plain filled table.
func (c *Codec) Row(typeName string, text []byte) (*lua.LTable, error) {
	s := scanner{data: text}
	if s.next() != '{' {
		return nil, s.unexpected("an object")
	}
	if rt := c.types[typeName]; rt != nil {
		return rt.newRow(text), nil
	}
	v, err := c.Decode(text, DecodeOptions{})
	if err != nil {
		return nil, err
	}
	return v.(*lua.LTable), nil
}

// Rows makes a sequence of rows.
func (c *Codec) Rows(typeName string, texts [][]byte) (*lua.LTable, error) {
	list := c.NewArray(len(texts))
	for i, text := range texts {
		t, err := c.Row(typeName, text)
		if err != nil {
			return nil, err
		}
		list.RawSetInt(i+1, t)
	}
	return list, nil
}

// List makes a sequence of rows from a whole answer: text is a JSON object, and
// its member of the given name an array of objects. It checks that text is JSON
// while it looks for the rows, so that an answer is read once. A missing member
// is an error, as is one that is not an array of objects.
func (c *Codec) List(typeName, member string, text []byte) (*lua.LTable, error) {
	s := scanner{data: text}
	if s.next() != '{' {
		return nil, s.unexpected("an object")
	}
	if err := s.enter(); err != nil {
		return nil, err
	}
	var list *lua.LTable
	for first := true; ; first = false {
		ok, err := s.more(first, '}')
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		match, err := s.keyIs(member)
		if err != nil {
			return nil, err
		}
		if match {
			list, err = c.rowsAt(&s, typeName)
		} else {
			err = s.skip()
		}
		if err != nil {
			return nil, err
		}
	}
	if s.next(); s.pos < len(s.data) {
		return nil, s.unexpected("the end of the text")
	}
	if list == nil {
		return nil, &SyntaxError{Message: "there is no member " + member}
	}
	return list, nil
}

// rowsAt makes rows of the array that begins at the scanner's place.
func (c *Codec) rowsAt(s *scanner, typeName string) (*lua.LTable, error) {
	if s.next() != '[' {
		return nil, s.unexpected("an array")
	}
	if err := s.enter(); err != nil {
		return nil, err
	}
	list := c.NewArray(4)
	for n := 1; ; n++ {
		ok, err := s.more(n == 1, ']')
		if err != nil {
			return nil, err
		}
		if !ok {
			return list, nil
		}
		s.next()
		start := s.pos
		if err := s.skip(); err != nil {
			return nil, err
		}
		t, err := c.Row(typeName, s.data[start:s.pos:s.pos])
		if err != nil {
			return nil, &SyntaxError{Offset: start, Message: "the list holds something that is not an object"}
		}
		list.RawSetInt(n, t)
	}
}

func (rt *rowType) newRow(text []byte) *lua.LTable {
	r := &row{text: text}
	r.Metatable = rt.lazy
	return &r.LTable
}

// TypeOf is the name of the type that a row was made with, filled or not; ""
// for other tables.
func (c *Codec) TypeOf(t *lua.LTable) string {
	for name, rt := range c.types {
		if t.Metatable == rt.lazy || t.Metatable == rt.full {
			return name
		}
	}
	return ""
}

// Materialize fills a row that is not yet filled; other tables are left alone.
// It must be called before a table is read or written without metamethods.
func Materialize(t *lua.LTable) {
	if rt := lazyType(t); rt != nil {
		rt.fill(rowOf(t))
	}
}

// fill decodes all members in the order of the text.
func (rt *rowType) fill(r *row) {
	d := decoder{scanner: scanner{data: r.text}, codec: rt.codec, null: lua.LNil}
	r.Metatable = rt.full
	r.text = nil
	if d.next() != '{' || d.enter() != nil {
		return
	}
	for first := true; ; first = false {
		ok, err := d.more(first, '}')
		if err != nil || !ok {
			return // the text was checked when the answer was read
		}
		key, err := d.key()
		if err != nil {
			return
		}
		v, err := d.value()
		if err != nil {
			return
		}
		if rt.ids[key] {
			v = identifier(v)
		}
		if r.RawGetString(key) == lua.LNil {
			r.RawSetString(key, v)
		}
	}
}

// identifier makes a number of decimal text, and text of a number that Lua cannot hold.
func identifier(v lua.LValue) lua.LValue {
	if text, ok := IsNumber(v); ok {
		return lua.LString(text)
	}
	if s, ok := v.(lua.LString); ok {
		if n, ok := smallInt([]byte(s)); ok {
			return lua.LNumber(n)
		}
	}
	return v
}

// lazyIndex reads one member of a row. A scalar is decoded where it stands; a
// nested value must keep its identity and so fills the row.
func (rt *rowType) lazyIndex(L *lua.LState) int {
	t, ok := L.Get(1).(*lua.LTable)
	key, isName := L.Get(2).(lua.LString)
	if !ok || !isName {
		return 0
	}
	if lazyType(t) == rt {
		v, found, nested := rt.member(rowOf(t).text, string(key))
		if nested {
			rt.fill(rowOf(t))
			v = t.RawGetString(string(key))
		}
		if found && v != lua.LNil {
			L.Push(v)
			return 1
		}
	}
	L.Push(rt.missing(L, string(key)))
	return 1
}

func (rt *rowType) fullIndex(L *lua.LState) int {
	key, isName := L.Get(2).(lua.LString)
	if !isName {
		return 0
	}
	L.Push(rt.missing(L, string(key)))
	return 1
}

func (rt *rowType) newIndex(L *lua.LState) int {
	t := L.CheckTable(1)
	if lazyType(t) == rt {
		rt.fill(rowOf(t))
	}
	L.RawSet(t, L.Get(2), L.Get(3))
	return 0
}

// member finds a member of a row without decoding the others. Of members of the
// same name the first counts, here and in fill.
func (rt *rowType) member(text []byte, name string) (v lua.LValue, found, nested bool) {
	d := decoder{scanner: scanner{data: text}, codec: rt.codec, null: lua.LNil}
	if d.next() != '{' || d.enter() != nil {
		return lua.LNil, false, false
	}
	for first := true; ; first = false {
		ok, err := d.more(first, '}')
		if err != nil || !ok {
			return lua.LNil, false, false
		}
		match, err := d.keyIs(name)
		if err != nil {
			return lua.LNil, false, false
		}
		if !match {
			if d.skip() != nil {
				return lua.LNil, false, false
			}
			continue
		}
		if c := d.next(); c == '{' || c == '[' {
			return lua.LNil, true, true
		}
		if v, err = d.value(); err != nil {
			return lua.LNil, false, false
		}
		if rt.ids[name] {
			v = identifier(v)
		}
		return v, true, false
	}
}

// keyIs consumes a member's name and colon and compares the name, without
// making a string in the common case of a name without escapes.
func (s *scanner) keyIs(name string) (bool, error) {
	if s.next() != '"' {
		return false, s.unexpected("a name in quotes")
	}
	start := s.pos + 1
	if rest := s.data[start:]; len(rest) > len(name) && rest[len(name)] == '"' && string(rest[:len(name)]) == name {
		s.pos = start + len(name) + 1
		return true, s.colon()
	}
	if err := s.skipText(); err != nil {
		return false, err
	}
	match := false
	if plain := s.data[start : s.pos-1]; bytes.IndexByte(plain, '\\') >= 0 {
		s.pos = start - 1
		key, err := s.text()
		if err != nil {
			return false, err
		}
		match = key == name
	}
	return match, s.colon()
}
