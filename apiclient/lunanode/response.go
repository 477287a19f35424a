package lunanode

import "strings"

// A Field is one documented part of an answer. Its name is a path: "vms",
// "vms[].vm_id" for each row's member, "dyns{}.ip" for each value of a map,
// "<index>.id" for rows that stand in the answer itself.
type Field struct {
	Name string
	Type string // in words; the first one tells the shape
}

// A Shape is how a part of an answer is put together.
type Shape uint8

const (
	Scalar  Shape = iota // text
	List                 // rows in order
	Map                  // values by id or name
	Object               // named members
	Flat                 // rows in the answer itself, under index keys
	Varying              // not known; taken as it comes
	Bytes                // no JSON at all
)

func (s Shape) String() string {
	return [...]string{"text", "list", "map", "object", "list", "list or map", "bytes"}[s]
}

// Shape is what the documentation says the part is.
func (f Field) Shape() Shape {
	word, _, _ := strings.Cut(f.Type, " ")
	switch strings.TrimRight(word, ",;:") {
	case "array":
		return List
	case "map":
		if strings.HasPrefix(f.Type, "map or array") {
			return Varying
		}
		return Map
	case "object":
		return Object
	case "one":
		return Flat
	case "unconfirmed":
		return Varying
	case "raw":
		return Bytes
	case "empty":
		return Map // "empty string or map"
	}
	return Scalar
}

// Top are the documented members of the answer itself, without those of its
// parts.
func (a *Action) Top() []Field {
	var top []Field
	for _, f := range a.Response {
		if !strings.ContainsAny(f.Name, ".[{") {
			top = append(top, f)
		}
	}
	return top
}

// Parts are the documented members of a part, named as in the part: those of
// "vms[]" are vm_id, name and so on.
func (a *Action) Parts(path string) []Field {
	var parts []Field
	for _, f := range a.Response {
		name, ok := strings.CutPrefix(f.Name, path+".")
		if ok && !strings.ContainsAny(name, ".[{") {
			parts = append(parts, Field{Name: name, Type: f.Type})
		}
	}
	return parts
}

// bytes reports whether the answer is no JSON.
func (a *Action) bytes() bool { return len(a.Response) == 1 && a.Response[0].Shape() == Bytes }
