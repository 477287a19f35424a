package runtime

import "sort"

// A boundObject is an object type with its methods.
type boundObject struct {
	*ObjectType
	methods map[string]*boundVerb
	fields  map[string]*Field
}

func newBoundObject(o *ObjectType) *boundObject {
	b := &boundObject{ObjectType: o, methods: map[string]*boundVerb{}, fields: map[string]*Field{}}
	for i := range o.Fields {
		b.fields[o.Fields[i].Name] = &o.Fields[i]
	}
	return b
}

// names are the fields and methods that a script can ask an object for.
func (b *boundObject) names() []string {
	names := make([]string, 0, len(b.methods)+len(b.fields))
	for name := range b.methods {
		names = append(names, name)
	}
	for name := range b.fields {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
