package stdlib

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// yamlPiece is how many bytes, or entries that are sorted, come between two looks whether
// the run goes on.
const yamlPiece = 4096

// A yamlWriter writes maps, lists, texts and numbers as one YAML document, such that they
// are read as what they were by readers of YAML 1.1 and 1.2.
type yamlWriter struct {
	next func() // is told before each piece
	out  strings.Builder
	done int // bytes or entries since next was told
}

// A yamlPlace is where a value begins.
type yamlPlace int

const (
	atTop   yamlPlace = iota
	inList            // after "- "
	inField           // after "key:"
)

func (w *yamlWriter) document(v any) error { return w.value(v, "", atTop) }

// value writes a value and the end of its line. Its own lines, but one that is begun, have
// the indentation.
func (w *yamlWriter) value(v any, indent string, place yamlPlace) error {
	switch v := v.(type) {
	case []any:
		if len(v) > 0 {
			return w.list(v, indent, place)
		}
	case map[string]any:
		if len(v) > 0 {
			return w.mapping(v, indent, place)
		}
	}
	if place == inField {
		w.write(" ")
	}
	if text, ok := v.(string); ok && isBlock(text, w.work) {
		if place == atTop {
			indent = "  "
		}
		w.block(text, indent)
		return nil
	}
	err := w.scalar(v)
	w.write("\n")
	return err
}

func (w *yamlWriter) list(items []any, indent string, place yamlPlace) error {
	if place == inField { // beside its key
		w.write("\n")
		indent = strings.TrimSuffix(indent, "  ")
	}
	for i, item := range items {
		if i > 0 || place != inList {
			w.write(indent)
		}
		w.write("- ")
		if err := w.value(item, indent+"  ", inList); err != nil {
			return err
		}
	}
	return nil
}

// mapping writes the fields in the order of their names.
func (w *yamlWriter) mapping(m map[string]any, indent string, place yamlPlace) error {
	if place == inField {
		w.write("\n")
	}
	names := slices.Collect(maps.Keys(m))
	slices.SortFunc(names, func(a, b string) int {
		w.work(1)
		return strings.Compare(a, b)
	})
	for i, name := range names {
		if i > 0 || place != inList {
			w.write(indent)
		}
		w.text(name)
		w.write(":")
		if err := w.value(m[name], indent+"  ", inField); err != nil {
			return err
		}
	}
	return nil
}

func (w *yamlWriter) scalar(v any) error {
	switch v := v.(type) {
	case nil:
		w.write("null")
	case bool:
		w.write(strconv.FormatBool(v))
	case string:
		w.text(v)
	case int64:
		w.write(strconv.FormatInt(v, 10))
	case float64:
		w.write(yamlFloat(v))
	case json.Number:
		w.write(v.String())
	case []any:
		w.write("[]")
	case map[string]any:
		w.write("{}")
	default:
		return fmt.Errorf("YAML text cannot hold a %T", v)
	}
	return nil
}

// yamlFloat writes a point before an exponent, without which readers take the number for
// text.
func yamlFloat(f float64) string {
	switch n := math.Abs(f); {
	case math.IsNaN(f):
		return ".nan"
	case math.IsInf(f, 0):
		return strings.TrimPrefix(strconv.FormatFloat(f, 'g', -1, 64)[:1], "+") + ".inf"
	case n != math.Trunc(n) && n >= 1e-4:
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	return mantissa + "e" + exponent
}

// write writes a text in pieces.
func (w *yamlWriter) write(text string) {
	for len(text) > yamlPiece {
		w.out.WriteString(text[:yamlPiece])
		w.work(yamlPiece)
		text = text[yamlPiece:]
	}
	w.out.WriteString(text)
	w.work(len(text))
}

func (w *yamlWriter) work(n int) {
	if w.done += n; w.done >= yamlPiece {
		w.done = 0
		w.next()
	}
}
