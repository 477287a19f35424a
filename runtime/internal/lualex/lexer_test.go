package lualex

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// tokens are the tokens of a source as text.
func tokens(src string) string {
	l := New(src)
	var list []string
	for {
		t := l.scan()
		switch t.Kind {
		case EOF:
			return strings.Join(list, " ")
		case Name:
			list = append(list, t.Str)
		case String:
			list = append(list, fmt.Sprintf("%q", t.Str))
		case Number:
			list = append(list, fmt.Sprint(t.Num))
		default:
			list = append(list, strings.Trim(t.Kind.String(), "'"))
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
	l := New("a\r\n  bb\n\n[[x\ny]] c")
	for _, want := range []string{"1:1 a", "2:3 bb", "4:1 [[x\ny]]", "5:5 c"} {
		tok := l.scan()
		if got := fmt.Sprintf("%d:%d %s", tok.Line, tok.Column, l.Text(tok)); got != want {
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
		if tok := New(src).scan(); tok.Kind != Number || tok.Num != want || tok.End != len(src) {
			t.Errorf("%s: got %v, expected %v", src, tok, want)
		}
	}
	for _, src := range []string{"0x", "1e", "1_000", "0b1", "1e5e5", "1.2.3", "0x1p-4"} {
		if err := scanError(src); err == nil {
			t.Errorf("%s: expected it to be refused", src)
		}
	}
	if got := tokens("0x1.8"); got != "1 0.8" {
		t.Errorf("0x1.8 is %s", got)
	}
}

// scanError reads a source and returns what is wrong with it.
func scanError(src string) (err error) {
	defer func() {
		if e, ok := recover().(*Error); ok {
			err = e
		}
	}()
	tokens(src)
	return nil
}

func TestLongTokenIsShortened(t *testing.T) {
	err := scanError("x = " + strings.Repeat("9", 100) + "x")
	if err == nil || !strings.HasSuffix(err.Error(), strings.Repeat("9", maxNear)+"...'") {
		t.Errorf("got %v", err)
	}
}

func TestComments(t *testing.T) {
	l := New("#!x\na -- one\n--[[ long ]] b --[=[\n]=] --two \r\n---three")
	var got []string
	l.Comment = func(line, column int, text string) { got = append(got, fmt.Sprintf("%d:%d %s", line, column, text)) }
	for l.Next(); l.Tok.Kind != EOF; l.Next() {
	}
	want := []string{"2:3 -- one", "4:5 --two ", "5:1 ---three"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, expected %q", got, want)
	}
}
