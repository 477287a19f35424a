package stdlib

import (
	"maps"
	"slices"
	"strings"
)

// yamlPiece is the size, as leastSize tells it, up to which a value is written at once:
// the library cannot be stopped, and this much takes it a millisecond or two.
const yamlPiece = 1000

// A yamlWriter does what marshalYAML does, in pieces.
type yamlWriter struct {
	piece int64
	next  func() // is told before each piece
	out   strings.Builder
	lead  string // what the next line begins with, in place of its indentation: "- "
}

// value writes a value in lines of its own.
func (w *yamlWriter) value(v any, indent string) error {
	if leastSize(v) > w.piece {
		switch v := v.(type) {
		case []any:
			return w.list(v, indent)
		case map[string]any:
			return w.mapping(v, indent)
		}
	}
	return w.whole(v, indent)
}

// whole writes a value at once.
func (w *yamlWriter) whole(v any, indent string) error {
	w.next()
	text, err := marshalYAML(v)
	for line := range strings.Lines(string(text)) {
		w.line(indent, line)
	}
	return err
}

func (w *yamlWriter) line(indent, text string) {
	if w.lead != "" {
		indent, w.lead = w.lead, ""
	}
	if text != "\n" {
		w.out.WriteString(indent)
	}
	w.out.WriteString(text)
}

// list writes the items that are small in batches, and the others each by itself.
func (w *yamlWriter) list(items []any, indent string) error {
	for len(items) > 0 {
		n := w.batch(len(items), func(i int) any { return items[i] })
		if n > 0 {
			if err := w.whole(items[:n], indent); err != nil {
				return err
			}
			items = items[n:]
			continue
		}
		before := indent
		if w.lead != "" {
			before = w.lead
		}
		w.lead = before + "- "
		if err := w.value(items[0], indent+"  "); err != nil {
			return err
		}
		items = items[1:]
	}
	return nil
}

// mapping writes the entries in the order of their names, as list does items.
func (w *yamlWriter) mapping(m map[string]any, indent string) error {
	names := slices.Sorted(maps.Keys(m))
	for len(names) > 0 {
		n := w.batch(len(names), func(i int) any { return m[names[i]] })
		if n > 0 {
			part := make(map[string]any, n)
			for _, name := range names[:n] {
				part[name] = m[name]
			}
			if err := w.whole(part, indent); err != nil {
				return err
			}
			names = names[n:]
			continue
		}
		name, err := marshalYAML(map[string]any{names[0]: 0})
		if err != nil {
			return err
		}
		w.line(indent, strings.TrimSuffix(string(name), " 0\n")+"\n")
		inner := indent
		if _, isList := m[names[0]].([]any); !isList {
			inner += "  "
		}
		if err := w.value(m[names[0]], inner); err != nil {
			return err
		}
		names = names[1:]
	}
	return nil
}

// batch is how many of n values come next that make no more than a piece together and
// can be written at once: all of them but lists and mappings that are larger.
func (w *yamlWriter) batch(n int, value func(i int) any) int {
	size := int64(1)
	for i := range n {
		v := value(i)
		one := leastSize(v)
		if size += 1 + one; size > w.piece {
			switch v.(type) {
			case []any, map[string]any:
				if one > w.piece {
					return i
				}
			}
			return max(i, 1)
		}
	}
	return n
}
