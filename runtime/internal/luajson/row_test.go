package luajson

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

const serverText = `{"id":"40117","name":"web","status":"ACTIVE","imageId":112,"progress":100,"hostId":null,` +
	`"addresses":{"public":["198.51.100.17"],"private":[]},"metadata":{"team":"billing"},"extra":"kept"}`

func defineServer(L *lua.LState, c *Codec) {
	c.Define(Type{
		Name: "server",
		IDs:  []string{"id", "imageId"},
		Missing: func(L *lua.LState, key string) lua.LValue {
			if key == "reboot" {
				return L.NewFunction(func(L *lua.LState) int { L.Push(lua.LString("rebooted")); return 1 })
			}
			if key == "nam" {
				L.RaiseError("did you mean name?")
			}
			return lua.LNil
		},
		ToString: func(L *lua.LState) int { L.Push(lua.LString("a server")); return 1 },
	})
	// Iteration without metamethods fills rows first; the runtime's library
	// does the same.
	pairs := L.GetGlobal("pairs")
	L.SetGlobal("pairs", L.NewFunction(func(L *lua.LState) int {
		Materialize(L.CheckTable(1))
		L.Push(pairs)
		L.Push(L.Get(1))
		L.Call(1, 3)
		return 3
	}))
}

// TestRowsBehaveAsTables runs every testdata/rows/*.lua with a fresh row in the
// global s, twice: with the row as it is made, and filled beforehand.
func TestRowsBehaveAsTables(t *testing.T) {
	files, _ := filepath.Glob("testdata/rows/*.lua")
	if len(files) == 0 {
		t.Fatal("no scripts")
	}
	for _, file := range files {
		for _, filled := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/filled=%v", filepath.Base(file), filled), func(t *testing.T) {
				L, c := newCodec(t)
				defineServer(L, c)
				row, err := c.Row("server", []byte(serverText))
				if err != nil {
					t.Fatal(err)
				}
				if filled {
					Materialize(row)
				}
				L.SetGlobal("s", row)
				src, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if err := L.DoString(string(src)); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func TestReadingScalarsDoesNotFillARow(t *testing.T) {
	L, c := newCodec(t)
	defineServer(L, c)
	row, _ := c.Row("server", []byte(serverText))
	L.SetGlobal("s", row)
	if err := L.DoString(`return s.name, s.id, s.nothing, s:reboot()`); err != nil {
		t.Fatal(err)
	}
	if TextBytes(row) != len(serverText) {
		t.Error("the row was filled")
	}
	if err := L.DoString(`return s.addresses.public[1]`); err != nil {
		t.Fatal(err)
	}
	if TextBytes(row) != 0 {
		t.Error("the row still has its text after a nested table was read")
	}
}

func TestRowsOfOneListAreOfItsType(t *testing.T) {
	L, c := newCodec(t)
	defineServer(L, c)
	list, err := c.Rows("server", [][]byte{[]byte(serverText), []byte(`{"id":2}`)})
	if err != nil || list.Len() != 2 || !c.IsArray(list) {
		t.Fatalf("got %v, %v", list, err)
	}
	second := list.RawGetInt(2).(*lua.LTable)
	if got := c.TypeOf(second); got != "server" {
		t.Errorf("type %q", got)
	}
	Materialize(second)
	if got := c.TypeOf(second); got != "server" {
		t.Errorf("type %q after filling", got)
	}
	plain, err := c.Row("", []byte(`{"a":1}`))
	if err != nil || c.TypeOf(plain) != "" || plain.RawGetString("a") != lua.LNumber(1) {
		t.Errorf("a row without a type: %v, %v", plain, err)
	}
	if _, err := c.Row("server", []byte(`[1]`)); err == nil {
		t.Error("an array was taken for a row")
	}
}

func TestListFindsItsRowsInAnAnswer(t *testing.T) {
	_, c := newCodec(t)
	c.Define(Type{Name: "server"})
	list, err := c.List("server", "servers", []byte(`{"note":[1],"servers":[{"id":1}, {"id":2}],"more":{"a":"\n"}} `))
	if err != nil || list.Len() != 2 || string(rowOf(list.RawGetInt(2).(*lua.LTable)).text) != `{"id":2}` {
		t.Fatalf("got %v, %v", list, err)
	}
	for _, tt := range []struct{ text, want string }{
		{`[]`, "invalid JSON at byte 1: found '[' where an object should be"},
		{`{"other":[]}`, "invalid JSON at byte 1: there is no member servers"},
		{`{"servers":{}}`, "invalid JSON at byte 12: found '{' where an array should be"},
		{`{"servers":[{"id":1},7]}`, "invalid JSON at byte 22: the list holds something that is not an object"},
		{`{"servers":[{"id":1}`, "invalid JSON at byte 21: the text ends where a comma or ']' should be"},
		{`{"servers":[{"id":"a\q"}]}`, `invalid JSON at byte 21: there is no escape \q`},
		{`{"servers":[]}x`, "invalid JSON at byte 15: found 'x' where the end of the text should be"},
	} {
		if _, err := c.List("server", "servers", []byte(tt.text)); err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.text, err, tt.want)
		}
	}
}

func TestAScriptCannotPretendToHaveARow(t *testing.T) {
	L, c := newCodec(t)
	defineServer(L, c)
	row, _ := c.Row("server", []byte(serverText))
	L.SetGlobal("s", row)
	err := L.DoString(`
		assert(getmetatable(s) == "server")
		assert(not pcall(setmetatable, {}, getmetatable(s)))
		local heir = setmetatable({}, {__index = s})
		assert(heir.name == "web" and heir.addresses.public[1] == "198.51.100.17")
	`)
	if err != nil {
		t.Error(err)
	}
}

// FuzzMember compares reading one member lazily with decoding the whole object.
func FuzzMember(f *testing.F) {
	f.Add([]byte(serverText), "name")
	f.Add([]byte(`{"a":1,"a":[2],"b\u0061":"x"}`), "a")
	L := lua.NewState()
	defer L.Close()
	c := NewCodec(L, Options{})
	defineServer(L, c)
	f.Fuzz(func(t *testing.T, text []byte, name string) {
		if !json.Valid(text) || !strings.HasPrefix(strings.TrimSpace(string(text)), "{") {
			return
		}
		var members map[string]json.RawMessage
		if json.Unmarshal(text, &members) != nil || bytes.Count(text, []byte(":")) != len(members) {
			return // a name may be repeated, and null before a value of the same name is not defined
		}
		row, err := c.Row("server", text)
		if err != nil {
			t.Fatal(err)
		}
		v, _, nested := c.types["server"].member(text, name)
		Materialize(row)
		want := row.RawGetString(name)
		if nested {
			if _, ok := want.(*lua.LTable); !ok {
				t.Fatalf("%q of %q: nested, but filled it is %v", name, text, want)
			}
		} else if v != want {
			t.Fatalf("%q of %q: lazily %v, filled %v", name, text, v, want)
		}
	})
}
