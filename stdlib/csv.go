package stdlib

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

func csvModule() runtime.Module {
	return runtime.Module{Name: "csv", Doc: "Comma-separated values (RFC 4180).", Verbs: []runtime.Verb{
		{
			Name: "csv.decode",
			Doc:  "Reads rows. With header, the first line names the fields, each by a name of its own, and rows are tables by name; without, rows are lists. All values are text.",
			Params: []runtime.Param{
				{Name: "text", Type: runtime.String, Required: true, Doc: "the rows"},
				{Name: "header", Type: runtime.Boolean, Named: true, Default: true, Doc: "the first line holds names"},
				{Name: "separator", Type: runtime.String, Named: true, Default: ",", Doc: "one character"},
			},
			Returns: "list",
			Errors:  []runtime.Kind{runtime.BadRequest},
			Example: `assert(csv.decode("name,size\nweb1,2\n")[1].size == "2")`,
			Inline:  decodeCSV,
		},
		{
			Name: "csv.encode",
			Doc:  "Writes rows: tables by name, of which the columns given are written below a line of names, or lists. A cell that is nil is empty; none has more than 16 MiB.",
			Params: []runtime.Param{
				{Name: "rows", Type: runtime.Handle, Required: true, Doc: "a sequence of rows"},
				{Name: "columns", Type: runtime.List, Doc: "the fields to write, in this order; without it rows must be lists"},
				{Name: "separator", Type: runtime.String, Named: true, Default: ",", Doc: "one character"},
			},
			Returns: "string",
			Errors:  []runtime.Kind{runtime.BadRequest},
			Example: `assert(csv.encode({{name = "web1", size = 2}}, {"name", "size"}) == "name,size\nweb1,2\n")`,
			Inline:  encodeCSV,
		},
	}}
}

// byteOrderMark is what spreadsheets begin a file with. One is not part of the first cell.
const byteOrderMark = "\ufeff"

func separator(c *runtime.Call) (rune, error) {
	given := c.String("separator")
	r, n := utf8.DecodeRuneInString(given)
	if n != len(given) || strings.ContainsRune("\"\r\n\x00\ufffd", r) {
		return 0, runtime.Errorf(runtime.Usage, "parameter \"separator\": expected one character, which no quote and no line end is, got %q", english.Clipped(given))
	}
	return r, nil
}

func decodeCSV(_ context.Context, c *runtime.Call) (any, error) {
	text := strings.TrimPrefix(c.String("text"), byteOrderMark)
	c.Reserve(int64(len(text)) * 8)
	r := csv.NewReader(&chargedReader{c, &quotedLineEnds{from: strings.NewReader(text)}})
	var err error
	if r.Comma, err = separator(c); err != nil {
		return nil, err
	}
	if err := checkLines(c, text); err != nil {
		return nil, err
	}
	var records [][]string
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, runtime.Errorf(runtime.BadRequest, "%w", err)
		}
		c.Reserve(int64(len(record)) * 64)
		records = append(records, record)
	}
	if !c.Bool("header") || len(records) == 0 {
		return records, nil
	}
	if err := checkHeader(records[0]); err != nil {
		return nil, err
	}
	rows := make([]any, len(records)-1)
	for i, record := range records[1:] {
		row := make(runtime.Pairs, len(record))
		for j, name := range records[0] {
			row[j] = runtime.Pair{Key: name, Value: record[j]}
		}
		rows[i] = row
	}
	return rows, nil
}

// checkHeader refuses names of which a row could hold only the last one's value.
func checkHeader(names []string) error {
	seen := make(map[string]int, len(names))
	for i, name := range names {
		if first, twice := seen[name]; twice {
			return runtime.Errorf(runtime.BadRequest, "columns %d and %d of the header have one name, %q; give them names of their own, or read rows as lists with header = false", first+1, i+1, english.Clipped(name))
		}
		seen[name] = i
	}
	return nil
}

// quotedLineEnds has line ends in quotes read as they are: the library makes "\n" of
// "\r\n" there too, so it is given "\r\r\n".
type quotedLineEnds struct {
	from   *strings.Reader
	quoted bool // of what comes next
	again  bool // the "\r" that was read last comes once more
}

func (r *quotedLineEnds) Read(b []byte) (int, error) {
	for n := range b {
		if r.again {
			b[n], r.again = '\r', false
			continue
		}
		c, err := r.from.ReadByte()
		if err != nil {
			return n, err
		}
		if c == '"' {
			r.quoted = !r.quoted
		}
		b[n], r.again = c, c == '\r' && r.quoted && r.beforeLineEnd()
	}
	return len(b), nil
}

func (r *quotedLineEnds) beforeLineEnd() bool {
	c, err := r.from.ReadByte()
	if err == nil {
		_ = r.from.UnreadByte() // which follows a read that did not fail
	}
	return err == nil && c == '\n'
}

// longestLine is how many bytes of CSV are read without looking whether the run goes on.
const longestLine = 1 << 20

func checkLines(c *runtime.Call, text string) error {
	number := 0
	for line := range strings.Lines(text) {
		c.ReserveItem(number)
		if number++; len(line) > longestLine {
			return runtime.Errorf(runtime.BadRequest, "line %d has %d bytes, more than the %d that are read", number, len(line), longestLine)
		}
	}
	return nil
}

func encodeCSV(_ context.Context, c *runtime.Call) (any, error) {
	rows, err := items(c, "rows")
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	w := csv.NewWriter(chargedWriter{c, &out})
	if w.Comma, err = separator(c); err != nil {
		return nil, err
	}
	columns, err := csvColumns(c)
	if err != nil {
		return nil, err
	}
	if columns != nil {
		if err := writeRecord(w, &out, columns); err != nil {
			return nil, runtime.Errorf(runtime.BadRequest, "the header: %w", err)
		}
	}
	for i, row := range rows {
		cells, err := csvCells(c, row, columns)
		if err == nil {
			err = writeRecord(w, &out, cells)
		}
		if err != nil {
			return nil, runtime.Errorf(runtime.BadRequest, "row %d: %w", i+1, err)
		}
	}
	w.Flush()
	if text := out.String(); strings.HasPrefix(text, byteOrderMark) {
		return byteOrderMark + text, nil // for the one that csv.decode leaves out
	}
	return out.String(), nil
}

// csvColumns are the names of the fields to write, nil if none are given.
func csvColumns(c *runtime.Call) (columns []string, err error) {
	seen := map[string]bool{}
	for i, column := range c.List("columns") {
		c.ReserveItem(i)
		name, ok := column.(string)
		if !ok {
			return nil, runtime.Errorf(runtime.Usage, "parameter \"columns\": expected names, got a %T at position %d", column, i+1)
		}
		if seen[name] {
			return nil, runtime.Errorf(runtime.Usage, "parameter \"columns\": %q is there twice", english.Clipped(name))
		}
		seen[name] = true
		columns = append(columns, name)
	}
	return columns, nil
}

// longestCell is how many bytes of one value the library is given, which it goes through at
// one go.
const longestCell = 16 << 20

// writeRecord writes what csv.decode reads again as it was. The library does not fail: the
// separator has been looked at, and a strings.Builder takes everything.
func writeRecord(w *csv.Writer, out *strings.Builder, cells []string) error {
	for _, cell := range cells {
		if len(cell) > longestCell {
			return fmt.Errorf("a cell has %d bytes, more than the %d MiB that are written", len(cell), longestCell>>20)
		}
	}
	if len(cells) == 1 && cells[0] == "" {
		w.Flush()
		out.WriteString("\"\"\n") // for which the library writes an empty line, which is no row
		return nil
	}
	return w.Write(cells)
}

func csvCells(c *runtime.Call, row runtime.Value, columns []string) ([]string, error) {
	if row.Kind() != runtime.TableValue {
		return nil, fmt.Errorf("expected a table, got a %s", row.Kind())
	}
	var values []runtime.Value
	if columns == nil {
		for i := range row.Len() {
			c.ReserveItem(i)
			values = append(values, row.Index(i+1))
		}
		if len(values) == 0 {
			return nil, errors.New("expected a list; to write fields by name, give the columns")
		}
	}
	for i, name := range columns {
		c.ReserveItem(i)
		values = append(values, c.Field(row, name))
	}
	cells := make([]string, len(values))
	for i, v := range values {
		c.ReserveItem(i)
		switch v.Kind() {
		case runtime.NilValue:
		case runtime.TableValue, runtime.FunctionValue, runtime.ThreadValue:
			return nil, fmt.Errorf("a cell cannot hold a %s", v.Kind())
		case runtime.NumberValue:
			cells[i] = csvNumber(v)
		default:
			cells[i] = c.Text(v)
		}
	}
	return cells, nil
}

// csvNumber keeps all digits, of which tostring shows fourteen.
func csvNumber(v runtime.Value) string {
	f, _ := v.Go().(float64)
	if f == math.Trunc(f) && math.Abs(f) <= 1<<53 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strings.ToLower(strconv.FormatFloat(f, 'g', -1, 64))
}
