package stdlib

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

func csvModule() runtime.Module {
	return runtime.Module{Name: "csv", Doc: "Comma-separated values (RFC 4180).", Verbs: []runtime.Verb{
		{
			Name: "csv.decode",
			Doc:  "Reads rows. With header, the first line names the fields and rows are tables by name; without, rows are lists. All values are text.",
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
			Doc:  "Writes rows: tables by name, of which the columns given are written below a line of names, or lists.",
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

func separator(c *runtime.Call) (rune, error) {
	runes := []rune(c.String("separator"))
	if len(runes) != 1 {
		return 0, runtime.Errorf(runtime.Usage, "parameter \"separator\": expected one character, got %q", c.String("separator"))
	}
	return runes[0], nil
}

func decodeCSV(_ context.Context, c *runtime.Call) (any, error) {
	text := strings.TrimPrefix(c.String("text"), "\ufeff") // as spreadsheets write
	c.Reserve(int64(len(text)) * 8)
	r := csv.NewReader(&chargedReader{c, strings.NewReader(text)})
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
	w := csv.NewWriter(&out)
	if w.Comma, err = separator(c); err != nil {
		return nil, err
	}
	var columns []string
	for i, column := range c.List("columns") {
		name, ok := column.(string)
		if !ok {
			return nil, runtime.Errorf(runtime.Usage, "parameter \"columns\": expected names, got a %T at position %d", column, i+1)
		}
		columns = append(columns, name)
	}
	if columns != nil {
		_ = w.Write(columns) // a strings.Builder takes everything
	}
	for i, row := range rows {
		cells, err := csvCells(c, row, columns)
		if err != nil {
			return nil, runtime.Errorf(runtime.BadRequest, "row %d: %w", i+1, err)
		}
		size := 0
		for _, cell := range cells {
			size += len(cell) + 16
		}
		c.Reserve(int64(size))
		if err := w.Write(cells); err != nil {
			return nil, runtime.Errorf(runtime.Usage, "%w", err)
		}
	}
	w.Flush()
	c.Reserve(int64(out.Len()))
	return out.String(), nil
}

func csvCells(c *runtime.Call, row runtime.Value, columns []string) ([]string, error) {
	var values []runtime.Value
	if columns == nil {
		for i := range row.Len() {
			values = append(values, row.Index(i+1))
		}
		if len(values) == 0 {
			return nil, errors.New("expected a list; to write fields by name, give the columns")
		}
	}
	for _, name := range columns {
		values = append(values, c.Field(row, name))
	}
	cells := make([]string, len(values))
	for i, v := range values {
		switch v.Kind() {
		case runtime.NilValue:
		case runtime.TableValue, runtime.FunctionValue, runtime.ThreadValue:
			return nil, fmt.Errorf("a cell cannot hold a %s", v.Kind())
		default:
			cells[i] = c.Text(v)
		}
	}
	return cells, nil
}
