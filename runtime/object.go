package runtime

import (
	"fmt"
	"sort"
	"strconv"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	lua "github.com/yuin/gopher-lua"
)

// A boundObject is an object type with its methods.
type boundObject struct {
	*ObjectType
	methods map[string]*boundVerb
	fields  map[string]*Field
}

func newBoundObject(o *ObjectType) *boundObject {
	b := &boundObject{ObjectType: o, methods: map[string]*boundVerb{}, fields: map[string]*Field{}}
	for i := range o.Fields {
		b.fields[o.Fields[i].Name] = &o.Fields[i]
	}
	return b
}

// names are the fields and methods that a script can ask an object for.
func (b *boundObject) names() []string {
	names := make([]string, 0, len(b.methods)+len(b.fields))
	for name := range b.methods {
		names = append(names, name)
	}
	for name := range b.fields {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// missing judges a key that an object does not have. A declared field that this
// answer left out is nil, and so is any other name, since answers hold fields
// that nobody declared; but a near miss of a name that exists is a slip.
func (b *boundObject) missing(key string) *Error {
	if b.fields[key] != nil {
		return nil
	}
	near := nearest.Name(key, b.names())
	if near == "" {
		return nil
	}
	e := Errorf(Usage, "a %s has no field or method %q", b.Name, key)
	if b.methods[near] != nil {
		near = b.Name + ":" + near + "()"
	} else {
		near = b.Name + "." + near
	}
	e.Hint = fmt.Sprintf("did you mean %s?", near)
	return e
}

// text is tostring of an object: its type, what identifies it, its name.
func (b *boundObject) text(L *lua.LState) int {
	text := b.Name
	if t, ok := L.Get(1).(*lua.LTable); ok {
		luajson.Materialize(t)
		key := b.Key
		if key == "" {
			key = "id"
		}
		switch id := t.RawGetString(key).(type) {
		case lua.LNumber:
			text += " " + luanum.FormatExact(float64(id))
		case lua.LString:
			text += " " + string(id)
		}
		if name, ok := t.RawGetString("name").(lua.LString); ok && key != "name" {
			text += " " + strconv.Quote(string(name))
		}
	}
	L.Push(lua.LString(text))
	return 1
}

// objectOf is the object type that a verb made the table with, nil for other
// tables.
func (r *run) objectOf(t *lua.LTable) *boundObject {
	if t.Metatable == lua.LNil {
		return nil
	}
	return r.rt.catalogue.objects[r.in.json.TypeOf(t)]
}
