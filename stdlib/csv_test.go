package stdlib

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/google/go-cmp/cmp"
)

func TestCSV(t *testing.T) {
	check(t, `
local rows = csv.decode('name;note\nweb1;"a;b"\n"x ""y""";\n', {separator = ";"})
assert(#rows == 2 and rows[1].note == "a;b" and rows[2].name == 'x "y"' and rows[2].note == "")
assert(list.keys(rows[1])[1] == "name")`)
	check(t, `assert(csv.decode("1,2\n3,4", {header = false})[2][1] == "3" and #csv.decode("") == 0)`)
	check(t, `assert(csv.encode({{1, 'a "b"', true}, {"x,y", nil, false}}) == '1,"a ""b""",true\n"x,y",,false\n', csv.encode({{1, 'a "b"', true}, {"x,y", nil, false}}))`)
	check(t, `assert(csv.encode({{id = 1}, {id = 2, name = "b"}}, {"name", "id"}) == "name,id\n,1\nb,2\n")`)
	refused(t, `csv.decode("a,b\n1")`, runtime.BadRequest, "wrong number of fields")
	refused(t, `csv.encode({{a = 1}})`, runtime.BadRequest, "row 1: expected a list")
	refused(t, `csv.encode({{a = {}}}, {"a"})`, runtime.BadRequest, "row 1: a cell cannot hold a table")
	refused(t, `csv.encode({}, {1})`, runtime.Usage, "expected names")
	for _, separator := range []string{``, `;;`, `\n`, `\"`, `\0`, `\255`} {
		refused(t, `csv.decode("a", {separator = "`+separator+`"})`, runtime.Usage, `parameter "separator": expected one character`)
		refused(t, `csv.encode({{"a"}}, {separator = "`+separator+`"})`, runtime.Usage, `parameter "separator": expected one character`)
	}
}

// A row by name could keep only one of two fields.
func TestCSVColumnsHaveNamesOfTheirOwn(t *testing.T) {
	refused(t, `csv.decode("id,name,id\n1,a,2\n")`, runtime.BadRequest, `columns 1 and 3 of the header have one name, "id"; give them names of their own, or read rows as lists with header = false`)
	refused(t, `csv.decode("id,,\n1,,\n")`, runtime.BadRequest, `columns 2 and 3 of the header have one name, ""`)
	check(t, `assert(#csv.decode("id,id\n1,2\n", {header = false}) == 2)`)
	refused(t, `csv.encode({}, {"id", "name", "id"})`, runtime.Usage, `parameter "columns": "id" is there twice`)
}

func TestCSVOfSpreadsheets(t *testing.T) {
	check(t, `assert(csv.decode("\239\187\191name,size\r\nweb1,2\r\n")[1].name == "web1")`)
	check(t, `local r = csv.decode('a,"b\r\n""\r\n",c\r\n"\r",\r,"\r\r\n"\r\n', {header = false}) assert(r[1][2] == 'b\r\n"\r\n' and r[2][1] == "\r" and r[2][2] == "\r" and r[2][3] == "\r\r\n", r)`)
}

// What is written is read as it was, whatever is in the cells.
func TestCSVReadsWhatItWrote(t *testing.T) {
	pieces := []string{"", "a", ",", ";", "\"", "\n", "\r", "\r\n", " ", "\t", "\ufeff", "é", "\xff", "\x00", `\.`, "'", "=1", "12", "\u3000", "\u0085"}
	r := rand.New(rand.NewPCG(7, 8))
	back := evaluator(t, `
local rows, separator = sample().rows, sample().separator
local as_lists = csv.decode(csv.encode(rows, {separator = separator}), {header = false, separator = separator})
local names, named = {}, {}
for i in ipairs(rows[1]) do names[i] = "c" .. i end
for i, row in ipairs(rows) do named[i] = {} for j, cell in ipairs(row) do named[i][names[j]] = cell end end
local by_name = {}
for i, row in ipairs(csv.decode(csv.encode(named, names, {separator = separator}), {separator = separator})) do
	by_name[i] = {}
	for j, name in ipairs(names) do by_name[i][j] = row[name] end
end
return as_lists, by_name`)
	for range 600 {
		width := 1 + r.IntN(3)
		var rows []any
		for range 1 + r.IntN(4) {
			var row []any
			for range width {
				var cell strings.Builder
				for range r.IntN(4) {
					cell.WriteString(pieces[r.IntN(len(pieces))])
				}
				row = append(row, cell.String())
			}
			rows = append(rows, row)
		}
		values, err := back(map[string]any{"rows": rows, "separator": []string{",", ";", "\t", "é"}[r.IntN(4)]})
		if err != nil {
			t.Fatalf("%q: %v", rows, err)
		}
		for _, back := range values {
			if diff := cmp.Diff(any(rows), back); diff != "" {
				t.Fatalf("(-written +read)\n%s", diff)
			}
		}
	}
}
