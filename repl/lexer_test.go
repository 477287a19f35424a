package repl

import (
	"fmt"
	"strings"
	"testing"
)

func TestLex(t *testing.T) {
	letters := map[tokenKind]string{blankToken: "_", nameToken: "n", keywordToken: "k", numberToken: "#", textToken: "t", commentToken: "c", symbolToken: "s"}
	tests := map[string]string{
		`x = 1`:                     `n"x" _" " s"=" _" " #"1"`,
		`for i`:                     `k"for" _" " n"i"`,
		`"a\"b" 'c`:                 `t"\"a\\\"b\"" _" " t!"'c"`,
		"'a\nb":                     `t!"'a" _"\n" n"b"`,
		`[[a]]..[==[b]]`:            `t"[[a]]" s".." t!"[==[b]]"`,
		"-- x\ny --[[z\n]]":         `c"-- x" _"\n" n"y" _" " c"--[[z\n]]"`,
		"#!/bin/x\nx":               `c"#!/bin/x" _"\n" n"x"`,
		`#x`:                        `s"#" n"x"`,
		`--[[z`:                     `c!"--[[z"`,
		`1e-3..0x1F+.5`:             `#"1e-3" s".." #"0x1F" s"+" #".5"`,
		`a[1]~=b:c{...}`:            `n"a" s"[" #"1" s"]" s"~=" n"b" s":" n"c" s"{" s"..." s"}"`,
		"é世":                        `s"é" s"世"`,
		`_1 endless`:                `n"_1" _" " n"endless"`,
		"\xff":                      `s"\xff"`,
		`"é" .. "` + "\u4e16" + `"`: `t"\"é\"" _" " s".." _" " t"\"世\""`,
	}
	for source, want := range tests {
		var got []string
		for _, token := range lex(source) {
			open := ""
			if token.open {
				open = "!"
			}
			got = append(got, fmt.Sprintf("%s%s%q", letters[token.kind], open, token.text))
			if source[token.at:token.end()] != token.text {
				t.Errorf("%q: the token %q is not at %d", source, token.text, token.at)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s:\n got %s\nwant %s", source, strings.Join(got, " "), want)
		}
	}
}

func FuzzLexKeepsTheSource(f *testing.F) {
	for _, seed := range []string{"", "x = [==[", "--[[", `"\`, "1..", "é\xff", "0x+", "[=", "--[=x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		var b strings.Builder
		for _, token := range lex(source) {
			b.WriteString(token.text)
		}
		if b.String() != source {
			t.Errorf("%q became %q", source, b.String())
		}
	})
}
