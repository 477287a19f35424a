package runtime

import (
	"context"
	"encoding/json"
	"math"
	"testing"
)

// A number that no Lua number holds has the same digits on both sides.
func TestLargeNumbersBetweenGoAndLua(t *testing.T) {
	large := Verb{Name: "large.all", Func: func(context.Context, *Call) (any, error) {
		return Results{math.MaxInt64, int64(math.MinInt64), uint64(math.MaxUint64), 1 << 53, json.Number("123456789012345678901"), json.Number("7"),
			JSON{Raw: []byte("[9007199254740993]")}}, nil
	}}
	rt := newCloud(t, func(c *Config) { c.Modules = append(c.Modules, Module{Name: "large", Verbs: []Verb{large}}) })
	prints(t, rt, `
local a, b, c, d, e, f, g = large.all()
print(a, b, c, type(d), e, f, g[1])
print(try.echo{id = a}, try.echo{strings = {a = a}}, try.echo{any = {e}}, try.echo{number = c})
print(select(2, pcall(try.echo, {int = c})))
print(select(2, pcall(assert, false, "ids", a, {a}, try.null)))`,
		"9223372036854775807\t-9223372036854775808\t18446744073709551615\tnumber\t123456789012345678901\t7\t9007199254740993\n"+
			`id="9223372036854775807"`+"\t"+`strings=map[string]string{"a":"9223372036854775807"}`+"\t"+`any=[]interface {}{"123456789012345678901"}`+"\tnumber=1.8446744073709552e+19\n"+
			`try.echo: parameter "int": expected a whole number within ±2^53, got the number 18446744073709551615`+"\n"+
			"ids: 9223372036854775807, {9223372036854775807}, null\n")
	result, err := rt.Run(t.Context(), mustCompile(t, `return (large.all())`), RunOptions{})
	if err != nil || result.Values[0] != json.Number("9223372036854775807") {
		t.Errorf("%v, %v", result, err)
	}
}

func mustCompile(t *testing.T, source string) *Program {
	t.Helper()
	p, err := Compile("test.lua", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return p
}
