package stdlib

import (
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

func yamlModule() runtime.Module {
	return format("yaml", fmt.Sprintf("YAML, one document, of which no mapping has more than %d keys.", maxKeys),
		`assert(yaml.decode("names:\n- web1\n- web2\n").names[2] == "web2")`, `print(yaml.encode({name = "web1"}))`,
		"Keys are text as it is written, quotes aside. A whole number beyond 2^53 keeps its digits, as json.decode keeps them.", "",
		maxYAML, readYAML,
		func(c *runtime.Call, v any) (string, error) {
			w := yamlWriter{next: func() { c.Reserve(yamlPiece) }}
			err := w.document(v)
			return w.out.String(), err
		})
}

// WriteYAML writes a value that came from a script as yaml.encode does: its whole
// numbers are integers. It changes them in v's slices and maps.
func WriteYAML(v any) ([]byte, error) {
	w := yamlWriter{next: func() {}}
	err := w.document(whole(v, func() {}))
	return []byte(w.out.String()), err
}

// readYAML has the library read a document, between whose steps the run may be stopped.
func readYAML(c *runtime.Call, text string) (any, error) {
	if err := checkUTF8(c, "YAML"); err != nil {
		return nil, err
	}
	if n := mostKeys(text); n > maxKeys {
		return nil, fmt.Errorf("a mapping has about %d keys, more than the %d that are read; json.decode reads longer data", n, maxKeys)
	}
	c.Reserve(yamlPaths(text))
	return decodeYAML(strings.TrimPrefix(text, byteOrderMark), func() { c.Reserve(yamlPiece) })
}
