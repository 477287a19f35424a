package site

import (
	"bytes"
	"encoding/json"
)

// An entry is one thing that the search box finds.
type entry struct {
	Name    string `json:"n"`
	Kind    string `json:"k"` // an effect, or module, type, method, guide
	Summary string `json:"s"`
	URL     string `json:"u"`
}

func (b *builder) entry(name, kind, summary, url string) {
	b.entries = append(b.entries, entry{name, kind, summary, url})
}

// searchIndex is a script, as pages that are opened as files may read no data.
func (b *builder) searchIndex() []byte {
	var out bytes.Buffer
	out.WriteString("var searchIndex = [\n")
	for i, e := range b.entries {
		line, err := json.Marshal(e)
		if err != nil { // of strings only
			panic(err)
		}
		out.Write(line)
		if i < len(b.entries)-1 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
	}
	out.WriteString("];\n")
	return out.Bytes()
}
