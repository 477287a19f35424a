package layout

import (
	"strings"
	"unicode"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	lua "github.com/yuin/gopher-lua"
)

// minColumn is how far a column is narrowed to make a table fit.
const minColumn = 6

// gap separates columns.
const gap = "  "

// table writes records as lines under a heading. The columns are those of the
// type if all records are of one type, else the keys in the order in which they
// first appear. A table that is too wide has its widest columns cut, and columns
// at its end left out and counted.
func (f formatter) table(rows []*lua.LTable) string {
	columns, info := f.columns(rows)
	cells := make([][]string, len(rows))
	widths := make([]int, len(columns))
	headings := make([]string, len(columns))
	for i, column := range columns {
		headings[i] = heading(column)
		widths[i] = width(headings[i])
	}
	for r, row := range rows {
		cells[r] = make([]string, len(columns))
		for i, column := range columns {
			cells[r][i] = f.cell(row, column, info)
			widths[i] = max(widths[i], f.width(cells[r][i]))
		}
	}
	exact := make([]bool, len(columns))
	for i := range columns {
		exact[i] = isExact(cells, i)
	}
	shown := f.fit(widths, exact)
	var b strings.Builder
	line := func(texts []string) {
		space := 0 // owed before the next text, so that no line ends in blanks
		for i := range shown {
			f.work(entryBytes)
			text, columns := f.truncate(texts[i], widths[i])
			if text != "" {
				b.WriteString(strings.Repeat(" ", space) + text)
				space = 0
			}
			space += widths[i] - columns + len(gap)
		}
	}
	line(headings)
	for _, row := range cells {
		b.WriteByte('\n')
		line(row)
	}
	if left := columns[shown:]; len(left) > 0 {
		b.WriteString("\n" + Names("(not shown:", left, f.Width-len(")")) + ")")
	}
	return b.String()
}

// columns chooses what a table of these rows shows.
func (f formatter) columns(rows []*lua.LTable) ([]string, TypeInfo) {
	info := f.Type(rows[0])
	for _, row := range rows[1:] {
		if f.Type(row).Name != info.Name {
			info = TypeInfo{}
			break
		}
	}
	if len(info.Columns) > 0 {
		return f.present(rows, info.Columns), info
	}
	var names []string
	seen := map[string]bool{}
	for _, row := range rows {
		each(row, func(key, _ lua.LValue) {
			if name := f.scalar(key, false); !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		})
	}
	return names, info
}

// present leaves out declared columns in which no row has anything, as in a short
// list that holds only ids and names.
func (f formatter) present(rows []*lua.LTable, columns []string) []string {
	var out []string
	for _, column := range columns {
		for _, row := range rows {
			f.work(entryBytes)
			if !empty(lookup(row, column)) {
				out = append(out, column)
				break
			}
		}
	}
	return out
}

func empty(v lua.LValue) bool {
	t, ok := v.(*lua.LTable)
	if !ok {
		return v == lua.LNil
	}
	luajson.Materialize(t)
	key, _ := t.Next(lua.LNil)
	return key == lua.LNil
}

func (f formatter) cell(row *lua.LTable, column string, info TypeInfo) string {
	v := lookup(row, column)
	switch {
	case v == lua.LNil:
		return ""
	case contains(info.Secrets, column) || contains(f.Type(row).Secrets, column):
		return hidden
	}
	return f.field(v, info)
}

// lookup follows a path such as "addresses.public". A key that itself holds the
// dots wins.
func lookup(t *lua.LTable, path string) lua.LValue {
	if v := t.RawGetString(path); v != lua.LNil {
		return v
	}
	name, rest, nested := strings.Cut(path, ".")
	if !nested {
		return lua.LNil
	}
	inner, ok := t.RawGetString(name).(*lua.LTable)
	if !ok {
		return lua.LNil
	}
	luajson.Materialize(inner)
	return lookup(inner, rest)
}

// heading is the last word of a column's path in capitals.
func heading(column string) string {
	return strings.ToUpper(column[strings.LastIndexByte(column, '.')+1:])
}

// exactWidth is that of the longest IPv4 address.
const exactWidth = 15

// isExact reports whether a column has numbers, addresses and the like, which say
// little when they are cut.
func isExact(cells [][]string, column int) bool {
	for _, row := range cells {
		if len(row[column]) > exactWidth || strings.ContainsFunc(row[column], unicode.IsLetter) {
			return false
		}
	}
	return true
}

// fit narrows the widest columns, exact ones last, until the table has the wanted
// width, and returns how many columns then fit.
func (f formatter) fit(widths []int, exact []bool) int {
	if f.Width <= 0 {
		return len(widths)
	}
	total := -len(gap)
	for _, w := range widths {
		total += w + len(gap)
	}
	for i := range widths { // as narrowing it further one by one would
		cut := max(widths[i]-max(f.Width, minColumn), 0)
		widths[i] -= cut
		total -= cut
	}
	for total > f.Width {
		widest := -1
		for i, w := range widths {
			if w > minColumn && (widest < 0 || exact[widest] && !exact[i] || exact[widest] == exact[i] && w > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
		total--
	}
	shown := len(widths)
	for shown > 1 && total > f.Width {
		shown--
		total -= widths[shown] + len(gap)
	}
	return shown
}
