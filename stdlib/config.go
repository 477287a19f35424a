package stdlib

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/cloudscript/cloudscript/runtime"
)

// expansion is how many bytes of values a byte of configuration text may take.
const expansion = 32

func tomlModule() runtime.Module {
	return format("toml", "TOML, the language of configuration files.",
		`assert(toml.decode("size = 3\n[tags]\nenv = 'prod'").tags.env == "prod")`, `print(toml.encode({name = "web1"}))`, "", "TOML has no null: a field that is json.null is left out, an item is an error. No text in it is longer than 1 MiB.",
		maxTOML,
		func(_ *runtime.Call, text string) (any, error) {
			if err := checkTOML(text); err != nil {
				return nil, err
			}
			var v map[string]any
			if _, err := toml.Decode(text, &v); err != nil {
				var p toml.ParseError
				if errors.As(err, &p) {
					return nil, fmt.Errorf("line %d: %s", p.Position.Line, p.Message)
				}
				return nil, err
			}
			return withoutZones(v), nil
		},
		func(c *runtime.Call, v any) (string, error) {
			if _, ok := v.(map[string]any); !ok {
				return "", errors.New("TOML text is a table with names as keys")
			}
			look := looking(c)
			if n, ok := tooLarge(v, look); ok {
				return "", fmt.Errorf("TOML cannot hold the number %s", n)
			}
			if longText(v, look) {
				return "", fmt.Errorf("a text has more than the %d MiB that are written", longestTOML>>20)
			}
			if lostByEmptyName(v, false, false, look) {
				return "", errors.New("TOML text cannot hold an empty name at a list of tables and other values, or in one")
			}
			var out bytes.Buffer
			e := toml.NewEncoder(chargedWriter{c, &out})
			e.Indent = ""
			err := e.Encode(v)
			return out.String(), err
		})
}

// longestTOML is how many bytes of one text the library is given, which it goes through at
// one go.
const longestTOML = 1 << 20

// longText finds a text that is longer, as a value or a name.
func longText(v any, look func()) bool {
	look()
	switch v := v.(type) {
	case string:
		return len(v) > longestTOML
	case []any:
		return slices.ContainsFunc(v, func(element any) bool { return longText(element, look) })
	case map[string]any:
		for name, element := range v {
			if len(name) > longestTOML || longText(element, look) {
				return true
			}
		}
	}
	return false
}

// lostByEmptyName finds a list of tables and other values that has an empty name, or has one
// inside: the library that reads it loses the other values.
func lostByEmptyName(v any, unnamed, inline bool, look func()) bool {
	look()
	switch v := v.(type) {
	case []any:
		tables := 0
		for _, element := range v {
			if _, ok := element.(map[string]any); ok {
				tables++
			}
		}
		inline = inline || tables < len(v)
		return unnamed && inline && tables > 0 || slices.ContainsFunc(v, func(element any) bool { return lostByEmptyName(element, unnamed, inline, look) })
	case map[string]any:
		for name, element := range v {
			if inline && name == "" || lostByEmptyName(element, name == "", inline, look) {
				return true
			}
		}
	}
	return false
}

// localLayouts are how times without a zone are written, by what the library calls their
// zone.
var localLayouts = map[string]string{"date-local": time.DateOnly, "time-local": "15:04:05.999999999", "datetime-local": "2006-01-02T15:04:05.999999999"}

// withoutZones makes text of the times in a value that have no zone, which are no moments.
// It changes the value's maps and slices.
func withoutZones(v any) any {
	switch v := v.(type) {
	case time.Time:
		if layout := localLayouts[v.Location().String()]; layout != "" {
			return v.Format(layout)
		}
	case []any:
		for i := range v {
			v[i] = withoutZones(v[i])
		}
	case []map[string]any:
		for i := range v {
			withoutZones(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = withoutZones(v[name])
		}
	}
	return v
}

// tooLarge finds a number that no integer type holds.
func tooLarge(v any, look func()) (n json.Number, ok bool) {
	look()
	switch v := v.(type) {
	case json.Number:
		return v, true
	case []any:
		for _, element := range v {
			if n, ok = tooLarge(element, look); ok {
				return n, ok
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if n, ok = tooLarge(v[name], look); ok {
				return n, ok
			}
		}
	}
	return "", false
}

// leastSize times expansion is what writing a value may take. A few tables may hold the
// same long text any number of times.
func leastSize(v any) int64 {
	size := int64(1)
	switch v := v.(type) {
	case string:
		size += int64(len(v)) / 4 // which is kept some eight times
	case []any:
		for _, element := range v {
			size += leastSize(element)
		}
	case map[string]any:
		for name, element := range v {
			size += int64(len(name)) + leastSize(element)
		}
	}
	return size
}

// notUTF8 finds text in a value that is no UTF-8, the first in the order in which it is
// written: at is the path to it, "" for the value itself.
func notUTF8(v any, look func()) (at string, found bool) {
	look()
	switch v := v.(type) {
	case string:
		return "", !utf8.ValidString(v)
	case []any:
		for i, element := range v {
			if at, found := notUTF8(element, look); found {
				return fmt.Sprintf("[%d]%s", i+1, at), true
			}
		}
	case map[string]any:
		first := ""
		for name, element := range v {
			inside, bad := notUTF8(element, look)
			if !utf8.ValidString(name) {
				inside, bad = ", a key", true
			}
			if bad && (!found || name < first) {
				first, at, found = name, inside, true
			}
		}
		if found {
			at = "." + english.Clipped(strings.ToValidUTF8(first, "\ufffd")) + at
		}
	}
	return at, found
}

// looking returns what is told of each value that is gone through, and looks now and then
// whether the run goes on.
func looking(c *runtime.Call) func() {
	values := 0
	return func() {
		c.ReserveItem(values)
		values++
	}
}

// whole makes integers of the whole numbers in a value, which these languages
// tell from fractions and Lua does not.
func whole(v any, look func()) any {
	look()
	switch v := v.(type) {
	case float64:
		if v == math.Trunc(v) && math.Abs(v) <= 1<<53 {
			return int64(v)
		}
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
	case []any:
		for i := range v {
			v[i] = whole(v[i], look)
		}
	case map[string]any:
		for name := range v {
			v[name] = whole(v[name], look)
		}
	}
	return v
}

// format declares the module of one language for data. Keys are written in
// sorted order.
func format(name, doc, decodeExample, encodeExample, moreDecode, moreEncode string, longest int, decode func(c *runtime.Call, text string) (any, error), encode func(c *runtime.Call, v any) (string, error)) runtime.Module {
	return runtime.Module{Name: name, Doc: doc, Verbs: []runtime.Verb{
		{
			Name: name + ".decode", Doc: strings.TrimSpace(fmt.Sprintf("Reads text of at most %d KiB. Moments become RFC 3339 text. %s", longest>>10, moreDecode)), Returns: "any value", Example: decodeExample,
			Params: []runtime.Param{{Name: "text", Type: runtime.String, Required: true, Doc: "what to read"}},
			Errors: []runtime.Kind{runtime.BadRequest},
			Inline: func(_ context.Context, c *runtime.Call) (any, error) {
				text := c.String("text")
				if len(text) > longest {
					return nil, runtime.Errorf(runtime.BadRequest, "the text has %d bytes, more than the %d KiB that are read; json.decode reads longer data", len(text), longest>>10)
				}
				c.Reserve(int64(len(text)) * expansion)
				v, err := decode(c, text)
				if err != nil {
					return nil, runtime.Errorf(runtime.BadRequest, "%w", err)
				}
				return v, nil
			},
		},
		{
			Name: name + ".encode", Doc: strings.TrimSpace("Writes a value, its keys in sorted order. " + moreEncode), Returns: "string", Example: encodeExample,
			Params: []runtime.Param{{Name: "value", Type: runtime.Any, Required: true, Doc: "what to write"}},
			Errors: []runtime.Kind{runtime.BadRequest},
			Inline: func(_ context.Context, c *runtime.Call) (any, error) {
				look := looking(c)
				v := whole(c.Any("value"), look)
				c.Reserve(expansion * leastSize(v))
				if at, found := notUTF8(v, look); found {
					return nil, runtime.Errorf(runtime.BadRequest, "%s text must be UTF-8; encode binary data with base64 first (at %s)", strings.ToUpper(name), cmp.Or(at, "the value"))
				}
				text, err := encode(c, v)
				if err != nil {
					return nil, runtime.Errorf(runtime.BadRequest, "%w", err)
				}
				return text, nil
			},
		},
	}}
}
