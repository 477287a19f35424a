package stdlib

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/cloudscript/cloudscript/runtime"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// expansion is how many bytes of values a byte of configuration text may take.
const expansion = 32

func tomlModule() runtime.Module {
	return format("toml", "TOML, the language of configuration files.",
		`assert(toml.decode("size = 3\n[tags]\nenv = 'prod'").tags.env == "prod")`, `print(toml.encode({name = "web1"}))`, maxTOML, deepTOML,
		func(_ *runtime.Call, text string) (any, error) {
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
			if n, ok := tooLarge(v); ok {
				return "", fmt.Errorf("TOML cannot hold the number %s", n)
			}
			var out bytes.Buffer
			e := toml.NewEncoder(chargedWriter{c, &out})
			e.Indent = ""
			err := e.Encode(v)
			return out.String(), err
		})
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

func yamlModule() runtime.Module {
	return format("yaml", fmt.Sprintf("YAML, one document, of which no mapping has more than %d keys.", maxKeys),
		`assert(yaml.decode("names:\n- web1\n- web2\n").names[2] == "web2")`, `print(yaml.encode({name = "web1"}))`, maxYAML, deepYAML,
		func(c *runtime.Call, text string) (any, error) {
			if n := mostKeys(text); n > maxKeys {
				return nil, fmt.Errorf("a mapping has about %d keys, more than the %d that are read; json.decode reads longer data", n, maxKeys)
			}
			c.Reserve(yamlPaths(text))
			tokens := lexer.Tokenize(text)
			c.Reserve(0) // between the library's steps the run may be stopped
			file, err := parser.Parse(tokens, 0)
			if err != nil {
				return nil, err
			}
			if len(file.Docs) == 0 || file.Docs[0].Body == nil {
				return nil, nil
			}
			if err := checkAliases(file.Docs[0].Body); err != nil {
				return nil, err
			}
			c.Reserve(0)
			var v any
			err = yaml.NodeToValue(file.Docs[0].Body, &v)
			return v, err
		},
		func(c *runtime.Call, v any) (string, error) {
			w := yamlWriter{piece: yamlPiece, next: func() { c.Reserve(yamlPiece) }}
			err := w.value(yamlForm(v), "")
			return w.out.String(), err
		})
}

// WriteYAML writes a value that came from a script as yaml.encode does: its whole
// numbers are integers. It changes them in v's slices and maps.
func WriteYAML(v any) ([]byte, error) { return marshalYAML(yamlForm(whole(v))) }

// marshalYAML writes numbers that no integer type holds by their digits, and tells numbers
// from text where the library does not.
func marshalYAML(v any) ([]byte, error) {
	return yaml.MarshalWithOptions(v, yaml.CustomMarshaler(func(n json.Number) ([]byte, error) { return []byte(n), nil }),
		yaml.CustomMarshaler(func(f fraction) ([]byte, error) {
			if n := math.Abs(float64(f)); n != math.Trunc(n) && n >= 1e-4 {
				return strconv.AppendFloat(nil, float64(f), 'f', -1, 64), nil
			}
			mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(float64(f), 'e', -1, 64), "e")
			if !strings.Contains(mantissa, ".") {
				mantissa += ".0"
			}
			return []byte(mantissa + "e" + exponent), nil
		}),
		yaml.CustomMarshaler(func(t likeNumber) ([]byte, error) { return strconv.AppendQuote(nil, string(t)), nil }))
}

// A fraction is a number that the library writes with an exponent, which readers of YAML
// take for text unless there is a point before it.
type fraction float64

// likeNumber is text that some readers of YAML take for a number unless it is in quotes.
type likeNumber string

// yamlForm has fractions and likeNumbers in v's slices and maps.
func yamlForm(v any) any {
	switch v := v.(type) {
	case float64:
		if text := strconv.FormatFloat(v, 'g', -1, 64); strings.Contains(text, "e") {
			return fraction(v)
		}
	case string:
		const longest = 40
		if _, err := strconv.ParseFloat(strings.Replace(v, ".", "", 1), 64); len(v) <= longest && (err == nil || errors.Is(err, strconv.ErrRange)) {
			return likeNumber(v)
		}
	case []any:
		for i := range v {
			v[i] = yamlForm(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = yamlForm(v[name])
		}
	}
	return v
}

// tooLarge finds a number that no integer type holds.
func tooLarge(v any) (n json.Number, ok bool) {
	switch v := v.(type) {
	case json.Number:
		return v, true
	case []any:
		for _, element := range v {
			if n, ok = tooLarge(element); ok {
				return n, ok
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if n, ok = tooLarge(v[name]); ok {
				return n, ok
			}
		}
	}
	return "", false
}

// maxAliases bounds how far aliases of aliases can multiply a document: twenty of
// them to about a thousand times its size.
const maxAliases = 20

type aliasCount int

func (n *aliasCount) Visit(node ast.Node) ast.Visitor {
	if node.Type() == ast.AliasType {
		*n++
	}
	return n
}

func checkAliases(document ast.Node) error {
	var n aliasCount
	ast.Walk(&n, document)
	if n > maxAliases {
		return fmt.Errorf("the document has %d aliases, more than %d", n, maxAliases)
	}
	return nil
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

// whole makes integers of the whole numbers in a value, which these languages
// tell from fractions and Lua does not.
func whole(v any) any {
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
			v[i] = whole(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = whole(v[name])
		}
	}
	return v
}

// format declares the module of one language for data. Keys are written in
// sorted order.
func format(name, doc, decodeExample, encodeExample string, longest int, deep func(line string) bool, decode func(c *runtime.Call, text string) (any, error), encode func(c *runtime.Call, v any) (string, error)) runtime.Module {
	return runtime.Module{Name: name, Doc: doc, Verbs: []runtime.Verb{
		{
			Name: name + ".decode", Doc: fmt.Sprintf("Reads text of at most %d KiB. Moments become RFC 3339 text.", longest>>10), Returns: "any value", Example: decodeExample,
			Params: []runtime.Param{{Name: "text", Type: runtime.String, Required: true, Doc: "what to read"}},
			Errors: []runtime.Kind{runtime.BadRequest},
			Inline: func(_ context.Context, c *runtime.Call) (any, error) {
				text := c.String("text")
				if err := checkConfig(text, longest, deep); err != nil {
					return nil, err
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
			Name: name + ".encode", Doc: "Writes a value, its keys in sorted order.", Returns: "string", Example: encodeExample,
			Params: []runtime.Param{{Name: "value", Type: runtime.Any, Required: true, Doc: "what to write"}},
			Errors: []runtime.Kind{runtime.BadRequest},
			Inline: func(_ context.Context, c *runtime.Call) (any, error) {
				v := whole(c.Any("value"))
				c.Reserve(expansion * leastSize(v))
				text, err := encode(c, v)
				if err != nil {
					return nil, runtime.Errorf(runtime.BadRequest, "%w", err)
				}
				return text, nil
			},
		},
	}}
}
