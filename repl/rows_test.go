package repl

import (
	"fmt"
	"strings"
	"testing"
)

func TestEntriesLieOnRows(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		cursor     int
		rows       string // "/" between rows, "+" where the terminal goes on by itself
		at         string // row, column
	}{
		{"empty", "", 0, "s> ", "0,3"},
		{"short", "abc", 3, "s> abc", "0,6"},
		{"cursor inside", "abc", 1, "s> abc", "0,4"},
		{"full row, cursor behind", "abcdefg", 7, "s> abcdefg+ \r", "1,0"},
		{"full row, cursor at its end", "abcdefg", 6, "s> abcdefg+ \r", "0,9"},
		{"two rows", "abcdefgh", 8, "s> abcdefg+h", "1,1"},
		{"wide", "数据", 1, "s> 数据", "0,5"},
		{"wide that fits exactly", "x数据库", 4, "s> x数据库+ \r", "1,0"},
		{"wide that does not fit", "数据库云", 3, "s> 数据库/云", "1,0"},
		{"wide after the break", "数据库云", 4, "s> 数据库/云", "1,2"},
		{"combining", "e\u0301tat", 2, "s> e\u0301tat", "0,4"},
		{"inside a combination", "e\u0301tat", 1, "s> e\u0301tat", "0,3"},
		{"lines", "a\nbc", 4, "s> a/.> bc", "1,5"},
		{"end of the first line", "a\nbc", 1, "s> a/.> bc", "0,4"},
		{"line as long as the row", "abcdefg\nh", 7, "s> abcdefg/.> h", "0,9"},
		{"empty line", "a\n\nb", 2, "s> a/.> /.> b", "1,3"},
		{"tab", "\tx", 1, "s>     x", "0,7"},
		{"control", "\x18x", 1, "s> ^Xx", "0,5"},
		{"colours count for nothing", "\x1b[32mab\x1b[0mc", 3, "s> \x1b[32mab\x1b[0mc", "0,6"},
		{"colour over the edge", "\x1b[32mabcdefgh\x1b[0m", 8, "s> \x1b[32mabcdefg\x1b[0m+\x1b[32mh\x1b[0m", "1,1"},
		{"an escape that is no colour", "\x1b[2Jx", 5, "s> ^[[2Jx", "0,9"},
	} {
		got := lay(tt.text, "s> ", ".> ", tt.cursor, 10)
		var rows strings.Builder
		for i, r := range got.rows {
			rows.WriteString(r.text)
			if i < len(got.rows)-1 {
				rows.WriteString(map[bool]string{true: "+", false: "/"}[r.full])
			}
		}
		if at := fmt.Sprintf("%d,%d", got.row, got.column); rows.String() != tt.rows || at != tt.at {
			t.Errorf("%s: got %q at %s, want %q at %s", tt.name, rows.String(), at, tt.rows, tt.at)
		}
	}
}
