package compile

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// tokens are the tokens of a source as text.
func tokens(src string) string {
	l := newLexer(src, nil)
	var list []string
	for {
		t := l.scan()
		switch t.kind {
		case tEOF:
			return strings.Join(list, " ")
		case tName:
			list = append(list, t.str)
		case tString:
			list = append(list, fmt.Sprintf("%q", t.str))
		case tNumber:
			list = append(list, fmt.Sprint(t.num))
		default:
			list = append(list, strings.Trim(t.kind.String(), "'"))
		}
	}
}

func TestTokens(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"", ""},
		{"#!/usr/bin/env cloudscript\nx", "x"},
		{"# comment", ""},
		{"a=b==c~=d<=e>=f<g>h", "a = b == c ~= d <= e >= f < g > h"},
		{"a.b..c...d", "a . b .. c ... d"},
		{"::l:: goto x", ":: l :: goto x"},
		{"x--c\ny", "x y"},
		{"x--[[c\nc]]y", "x y"},
		{"x--[==[ ]] ]=] ]==]y", "x y"},
		{"x--[=c\ny", "x y"},
		{"x--[c\ny", "x y"},
		{`"a\n\t\\\"\'\65\0660\0"`, `"a\n\t\\\"'AB0\x00"`},
		{`'it"s' "it's"`, `"it\"s" "it's"`},
		{"'a\\\nb'", `"a\nb"`},
		{"'a\\\r\nb'", `"a\nb"`},
		{`"\q\x"`, `"qx"`},
		{"[[a]b]]", `"a]b"`},
		{"[[\n\na\r\nb\rc]]", `"\na\nb\nc"`},
		{"[==[]]]=]]==]", `"]]]=]"`},
		{"[[[[x]]", `"[[x"`},
		{"t[ [[k]] ]", `t [ "k" ]`},
		{"1 1. .5 1.5e3 1E-2 0x1F 0Xff 08 1e400", "1 1 0.5 1500 0.01 31 255 8 +Inf"},
		{"and not or end_ _x x1", "and not or end_ _x x1"},
		{"a\r\nb\n\rc", "a b c"},
		{"x\t\v\f y", "x y"},
	} {
		if got := tokens(test.src); got != test.want {
			t.Errorf("%q: got %s, expected %s", test.src, got, test.want)
		}
	}
}

func TestPositions(t *testing.T) {
	l := newLexer("a\r\n  bb\n\n[[x\ny]] c", nil)
	for _, want := range []string{"1:1 a", "2:3 bb", "4:1 [[x\ny]]", "5:5 c"} {
		tok := l.scan()
		if got := fmt.Sprintf("%d:%d %s", tok.line, tok.column, l.text(tok)); got != want {
			t.Errorf("got %s, expected %s", got, want)
		}
	}
}

// TestNumerals holds what C Lua 5.1 reads, which cuts 0x1.8 into 0x1 and .8.
func TestNumerals(t *testing.T) {
	for src, want := range map[string]float64{
		"0": 0, "00.5": 0.5, "9007199254740993": 9007199254740992, "0xffffffffffffffffff": math.Pow(2, 72), "1e-400": 0,
		"123456789e-3": 123456.789, ".5e1": 5, "0x1p4": 16,
	} {
		if tok := newLexer(src, nil).scan(); tok.kind != tNumber || tok.num != want || tok.end != len(src) {
			t.Errorf("%s: got %v, expected %v", src, tok, want)
		}
	}
	for _, src := range []string{"0x", "0x1.8", "1e", "1_000", "0b1", "1e5e5", "1.2.3", "0x1p-4"} {
		if _, err := Chunk("test", "x = "+src, Options{}); err == nil {
			t.Errorf("%s: expected it to be refused", src)
		}
	}
}

func TestLongTokenIsShortened(t *testing.T) {
	_, err := Chunk("test", "x = "+strings.Repeat("9", 100)+"x", Options{})
	if err == nil || !strings.HasSuffix(err.Error(), strings.Repeat("9", maxNear)+"...'") {
		t.Errorf("got %v", err)
	}
}
