package lunanode

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/format"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write catalogue_table.go anew")

// catalogue_table.go is catalogue.json, word for word.
func TestCatalogueTable(t *testing.T) {
	data, err := os.ReadFile("catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	want, err := tableSource(data)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("catalogue_table.go", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile("catalogue_table.go")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("catalogue_table.go is not made from catalogue.json (%v); run go test -run TestCatalogueTable -update", err)
	}
}

// entry is an action as catalogue.json has it.
type entry struct {
	Category string
	Action   string
	Mutates  bool
	Params   []struct {
		Name, Type, Doc string
		Required        bool
	}
	Response          []struct{ Name, Type string }
	Doc, Notes, Level string
	Confirmed         bool
	ResponseConfirmed bool `json:"response_confirmed"`
}

func tableSource(data []byte) ([]byte, error) {
	var entries []entry
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields() // nothing of the file may be lost
	if err := decoder.Decode(&entries); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("// Code generated from catalogue.json by go test -run TestCatalogueTable -update; DO NOT EDIT.\n\npackage lunanode\n\n" +
		"// actionTable is the data of the catalogue. Each call makes it anew, for its owner to complete.\n" +
		"func actionTable() []Action {\n\treturn []Action{\n")
	for _, e := range entries {
		fmt.Fprintf(&b, "{Category: %q, Name: %q, Level: %q", e.Category, e.Action, e.Level)
		for _, flag := range []struct {
			name string
			set  bool
		}{{"Mutates", e.Mutates}, {"Confirmed", e.Confirmed}, {"ResponseConfirmed", e.ResponseConfirmed}} {
			if flag.set {
				fmt.Fprintf(&b, ", %s: true", flag.name)
			}
		}
		fmt.Fprintf(&b, ",\nDoc: %q,\n", e.Doc)
		if e.Notes != "" {
			fmt.Fprintf(&b, "Notes: %q,\n", e.Notes)
		}
		if len(e.Params) > 0 {
			b.WriteString("Params: []Param{\n")
			for _, p := range e.Params {
				fmt.Fprintf(&b, "{%q, %q, %t, %q},\n", p.Name, p.Type, p.Required, p.Doc)
			}
			b.WriteString("},\n")
		}
		if len(e.Response) > 0 {
			b.WriteString("Response: []Field{\n")
			for _, f := range e.Response {
				fmt.Fprintf(&b, "{%q, %q},\n", f.Name, f.Type)
			}
			b.WriteString("},\n")
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n}\n")
	return format.Source(b.Bytes())
}
