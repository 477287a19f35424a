package luajson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
	lua "github.com/yuin/gopher-lua"
)

func newCodec(t testing.TB) (*lua.LState, *Codec) {
	t.Helper()
	L := lua.NewState()
	t.Cleanup(L.Close)
	return L, NewCodec(L, Options{})
}

func TestTextSurvivesDecodingAndEncoding(t *testing.T) {
	_, c := newCodec(t)
	for _, text := range []string{
		`null`, `true`, `false`, `0`, `-12`, `1.5`, `1e+30`, `9007199254740992`, `9007199254740993`, `-123456789012345678901234567890`,
		`1e400`, `-1.5E+999`, `{"9007199254740993":[9007199254740993,9007199254740993]}`, `"x"`, `""`, `[]`, `{}`, `[1,2,3]`,
		`[null,1,null]`, `{"b":1,"a":{"z":[],"y":{}}}`, `["ä","世界","😀","\"\\\n\u0001"]`, `[[[["deep"]]]]`,
	} {
		v, err := c.Decode([]byte(text), DecodeOptions{KeepNull: true})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		out, err := c.Encode(v, EncodeOptions{})
		if err != nil || string(out) != text {
			t.Errorf("%s came back as %s, error %v", text, out, err)
		}
	}
}

func TestDecodeValues(t *testing.T) {
	_, c := newCodec(t)
	for _, tt := range []struct{ text, want string }{
		{`"\u00e4\ud83d\ude00\ud83d!\/"`, "ä😀\ufffd!/"},
		{` 7 `, "7"},
	} {
		v, err := c.Decode([]byte(tt.text), DecodeOptions{})
		if err != nil || v.String() != tt.want {
			t.Errorf("%s: got %v (%v), want %s", tt.text, v, err, tt.want)
		}
	}
}

func TestDecodeErrorsNameThePlace(t *testing.T) {
	_, c := newCodec(t)
	for _, tt := range []struct{ text, want string }{
		{``, "invalid JSON at byte 1: the text ends where a value should be"},
		{`{"a":1,}`, "invalid JSON at byte 8: found '}' where a name in quotes should be"},
		{`[1 2]`, "invalid JSON at byte 4: found '2' where a comma or ']' should be"},
		{`{"a" 1}`, "invalid JSON at byte 6: found '1' where a colon should be"},
		{`[1]x`, "invalid JSON at byte 4: found 'x' where the end of the text should be"},
		{`"abc`, "invalid JSON at byte 5: a string does not end"},
		{`"a\`, "invalid JSON at byte 4: a string does not end"},
		{`"a\q"`, `invalid JSON at byte 3: there is no escape \q`},
		{`"\u12"`, `invalid JSON at byte 2: \u needs four hexadecimal digits`},
		{"\"a\nb\"", "invalid JSON at byte 3: a control character inside a string must be written as an escape"},
		{`01`, "invalid JSON at byte 2: found '1' where the end of the text should be"},
		{`1.`, "invalid JSON at byte 3: the text ends where a digit should be"},
		{`-`, "invalid JSON at byte 2: the text ends where a digit should be"},
		{`nul`, "invalid JSON at byte 1: found 'n' where a value should be"},
		{strings.Repeat("[", 300), "invalid JSON at byte 201: more than 200 levels of nesting"},
	} {
		_, err := c.Decode([]byte(tt.text), DecodeOptions{})
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || err.Error() != tt.want {
			t.Errorf("%.20q: got %v, want %s", tt.text, err, tt.want)
		}
	}
}

func TestEncodeErrorsNameTheValue(t *testing.T) {
	L, c := newCodec(t)
	for _, tt := range []struct{ lua, want string }{
		{`return {a={1,{b=print}}}`, "JSON cannot hold a function (at .a[2].b)"},
		{`return 0/0`, "JSON cannot hold the number NaN"},
		{`return {x=1/0}`, "JSON cannot hold the number +Inf (at .x)"},
		{`return {1,2,x=3}`, `a table has both positions and the key "x"; JSON has arrays and objects, not both in one`},
		{`return {[true]=1}`, "a key of a JSON object must be text or a whole number, not a boolean"},
		{`return "\255"`, "JSON text must be UTF-8; encode binary data with base64 first"},
		{`local t = {} t.t = t return t`, "a table contains itself (at .t)"},
		{`local t = 1 for i = 1, 300 do t = {t} end return t`, "more than 200 levels of nesting"},
	} {
		if err := L.DoString(tt.lua); err != nil {
			t.Fatal(err)
		}
		v := L.Get(-1)
		L.Pop(1)
		_, err := c.Encode(v, EncodeOptions{})
		var encode *EncodeError
		if !errors.As(err, &encode) || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.lua, err, tt.want)
		}
	}
}

func TestEncodeTables(t *testing.T) {
	L, c := newCodec(t)
	for _, tt := range []struct{ lua, indent, want string }{
		{`return {}`, "", `{}`},
		{`return {[40117]="web"}`, "", `{"40117":"web"}`},
		{`return {1,nil,3}`, "", `[1,null,3]`},
		{`return {z=1, a=2}`, "", `{"z":1,"a":2}`},
		{`local t = {a=1,b=2} t.a = nil return t`, "", `{"b":2}`},
		{`return {{1,2},{a={}}}`, "  ", "[\n  [\n    1,\n    2\n  ],\n  {\n    \"a\": {}\n  }\n]"},
	} {
		if err := L.DoString(tt.lua); err != nil {
			t.Fatal(err)
		}
		v := L.Get(-1)
		L.Pop(1)
		out, err := c.Encode(v, EncodeOptions{Indent: tt.indent})
		if err != nil || string(out) != tt.want {
			t.Errorf("%s: got %.200s (%v), want %s", tt.lua, out, err, tt.want)
		}
	}
}

func TestLongTextIsCharged(t *testing.T) {
	L := lua.NewState()
	defer L.Close()
	charged := 0
	c := NewCodec(L, Options{Charge: func(n int) { charged += n }})
	text := []byte("[" + strings.Repeat("123456789,", 10_000) + "0]")
	v, err := c.Decode(text, DecodeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if charged < len(text)*9/10 || charged > len(text) {
		t.Errorf("decoding %d bytes charged %d", len(text), charged)
	}
	charged = 0
	if _, err := c.Encode(lua.LString(strings.Repeat("x", 50_000)), EncodeOptions{}); err != nil || charged < 50_000 {
		t.Errorf("encoding 50,000 bytes charged %d (%v)", charged, err)
	}
	_ = v
}

// A few tables inside one another make any length of text: it has to be charged and
// reserved while it is written, also where it holds no strings.
// Charging may end the work: it must not wait for the end of a text or of white space.
func TestLongStretchesAreChargedOnTheWay(t *testing.T) {
	L := lua.NewState()
	defer L.Close()
	const n = 1 << 20
	for name, text := range map[string]string{
		"plain":   `"` + strings.Repeat("x", n) + `"`,
		"escaped": `"` + strings.Repeat(`\n`, n) + `"`,
		"key":     `{"` + strings.Repeat("x", n) + `": 1}`,
		"blanks":  strings.Repeat(" ", n) + "1" + strings.Repeat("\n", n),
	} {
		charged, largest := 0, 0
		c := NewCodec(L, Options{Charge: func(n int) { charged, largest = charged+n, max(largest, n) }})
		if _, err := c.Decode([]byte(text), DecodeOptions{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if charged < n-stretch || largest > 2*stretch {
			t.Errorf("%s: charged %d of %d, at most %d at once", name, charged, len(text), largest)
		}
	}
}

func TestTablesInsideOneAnotherAreCharged(t *testing.T) {
	L := lua.NewState()
	defer L.Close()
	charged, reserved, enough := 0, 0, 1<<20
	c := NewCodec(L, Options{Reserve: func(n int) { reserved += n }, Charge: func(n int) {
		if charged += n; charged > enough {
			L.RaiseError("enough")
		}
	}})
	v := L.NewTable()
	for range 60 {
		outer := L.NewTable()
		outer.Append(v)
		outer.Append(v)
		v = outer
	}
	err := L.CallByParam(lua.P{Protect: true, Fn: L.NewFunction(func(*lua.LState) int { _, err := c.Encode(v, EncodeOptions{}); t.Error(err); return 0 })})
	if err == nil || !strings.Contains(err.Error(), "enough") || charged > 2*enough || reserved < charged {
		t.Errorf("charged %d, reserved %d, ended with %v", charged, reserved, err)
	}
}

// FuzzDecode compares with encoding/json: the same texts are valid, and their
// values are the same.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"servers":[{"id":1,"name":"a\u00e4","x":null}]}`, `[1,2.5,-0,1e9]`, `"\ud800"`, `{"a":1,"a":2}`, ` [ ] `, `"\`} {
		f.Add([]byte(seed))
	}
	L := lua.NewState()
	defer L.Close()
	c := NewCodec(L, Options{})
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := c.Decode(text, DecodeOptions{KeepNull: true})
		valid := json.Valid(text)
		if strings.Count(string(text), "[")+strings.Count(string(text), "{") > maxDepth {
			return
		}
		if (err == nil) != valid {
			t.Fatalf("%q: our error %v, encoding/json says valid=%v", text, err, valid)
		}
		if err != nil {
			return
		}
		out, err := c.Encode(v, EncodeOptions{})
		if err != nil {
			return // text that is not UTF-8, a number beyond float64
		}
		var ours, theirs any
		if err := json.Unmarshal(out, &ours); err != nil {
			t.Fatalf("%q became %q: %v", text, out, err)
		}
		d := json.NewDecoder(bytes.NewReader(text))
		if err := d.Decode(&theirs); err != nil {
			return
		}
		if a, b := canonical(ours), canonical(theirs); a != b {
			t.Fatalf("%q: got %s, encoding/json %s", text, a, b)
		}
	})
}

// canonical writes a value so that what we keep as text (a large whole number)
// compares equal to the number.
func canonical(v any) string {
	switch v := v.(type) {
	case float64:
		if v == math.Trunc(v) && math.Abs(v) > luanum.MaxWhole {
			return "big"
		}
		return fmt.Sprint(v + 0)
	case string:
		if len(v) > 15 && isWhole(v) {
			return "big"
		}
		return fmt.Sprintf("%q", v)
	case []any:
		var b strings.Builder
		for _, x := range v {
			b.WriteString(canonical(x) + ",")
		}
		return "[" + b.String() + "]"
	case map[string]any:
		out, _ := json.Marshal(v)
		if len(v) == 0 || bytes.ContainsAny(out, "0123456789") {
			return "{}" // numbers inside are compared by the array and scalar cases
		}
		return string(out)
	}
	return fmt.Sprint(v)
}
