package lunanode

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// A Uniform is what an answer of success says, in the shape that the catalogue
// documents, whichever of its shapes the service chose this time (spec section 6).
// Values are as they came: text stays text.
type Uniform struct {
	// Shape says which field holds it: List is Rows; Map, Object and Bytes are Raw;
	// Scalar is an answer that says nothing beside success.
	Shape Shape
	Rows  [][]byte // the elements of a list, each one JSON value
	Raw   []byte   // one JSON object, or the bytes of Bytes
}

// Uniform gives an answer its documented shape. An answer whose one documented
// member is a list, a map or an object is that member; rows that stand in the
// answer itself are a list; all other answers are the object of their members
// without success. Parts within are made uniform too: a documented list or map
// that is absent, or came as [] or "", is an empty one.
//
// The error says which member is not what it should be.
func (a *Action) Uniform(answer Answer) (Uniform, error) {
	if a.bytes() {
		return Uniform{Shape: Bytes, Raw: answer.raw}, nil
	}
	if top := a.Top(); len(top) == 1 && top[0].Shape() != Scalar {
		return a.only(top[0], answer)
	}
	members := make(map[string]json.RawMessage, len(answer.members))
	for name, raw := range answer.members {
		if name != "success" {
			members[name] = raw
		}
	}
	if len(members) == 0 {
		return Uniform{Shape: Scalar}, nil
	}
	a.tree().completed(members)
	return Uniform{Shape: Object, Raw: joinObject(members)}, nil
}

// only is the one documented member of an answer.
func (a *Action) only(f Field, answer Answer) (Uniform, error) {
	if f.Shape() == Flat {
		return listOf(answer.Indexed(), a.tree().members[f.Name]), nil
	}
	v := answer.Get(f.Name)
	node := a.tree().members[f.Name]
	if !v.empty() && v.raw[0] != '[' && v.raw[0] != '{' {
		return Uniform{}, fmt.Errorf("the answer's member %q is not the %s that was expected", f.Name, f.Shape())
	}
	switch f.Shape() {
	case List:
		return listOf(v.List(), node.item), nil
	case Map:
		return Uniform{Shape: Map, Raw: node.uniform(v.raw)}, nil
	case Object:
		if len(v.raw) == 0 || v.raw[0] != '{' {
			return Uniform{}, fmt.Errorf("the answer has no object %q", f.Name)
		}
		return Uniform{Shape: Object, Raw: node.uniform(v.raw)}, nil
	}
	if rows := v.List(); !v.empty() && v.raw[0] == '{' && !v.isSequence(len(rows)) {
		return Uniform{Shape: Map, Raw: v.raw}, nil
	}
	return listOf(v.List(), nil), nil
}

func listOf(values []Value, item *node) Uniform {
	rows := make([][]byte, len(values))
	for i, v := range values {
		rows[i] = item.uniform(v.raw)
	}
	return Uniform{Shape: List, Rows: rows}
}

// empty reports whether the value is one of the ways to write "nothing".
func (v Value) empty() bool {
	switch string(v.raw) {
	case "", "null", `""`, "[]", "{}", "false":
		return true
	}
	return false
}

// isSequence reports whether an object's n names are 0 to n-1.
func (v Value) isSequence(n int) bool {
	members := v.Map()
	for i := range n {
		if _, ok := members[strconv.Itoa(i)]; !ok {
			return false
		}
	}
	return len(members) == n
}

// A node is the documented shape of one part of an answer.
type node struct {
	shape   Shape
	members map[string]*node // of an object
	item    *node            // of a list or map; nil where not documented
	deep    bool             // something below may need another shape
}

// tree puts the documented paths together.
func tree(fields []Field) *node {
	root := &node{shape: Object}
	for _, f := range fields {
		at := root
		for _, part := range strings.Split(f.Name, ".") {
			name := strings.TrimRight(part, "[]{}")
			next := at.members[name]
			if next == nil {
				next = &node{}
				if at.members == nil {
					at.members = map[string]*node{}
				}
				at.members[name] = next
			}
			at = next
			for range (len(part) - len(name)) / 2 {
				if at.item == nil {
					at.item = &node{}
				}
				at = at.item
			}
		}
		at.shape = f.Shape()
	}
	root.measure()
	return root
}

// measure works out deep, and which parts without a line of their own are objects.
func (n *node) measure() {
	if n.item != nil {
		n.item.measure()
	}
	if len(n.members) > 0 && n.shape == Scalar {
		n.shape = Object
	}
	n.deep = n.item != nil && n.item.needed()
	for _, m := range n.members {
		m.measure()
		n.deep = n.deep || m.needed()
	}
}

func (n *node) needed() bool { return n.deep || n.shape == List || n.shape == Map }

// uniform is raw in the documented shape. What is neither that nor empty stays as
// it is: nothing that came is dropped.
func (n *node) uniform(raw json.RawMessage) json.RawMessage {
	if n == nil {
		return raw
	}
	v := Value{raw}
	switch n.shape {
	case List:
		switch {
		case v.empty():
			return json.RawMessage("[]")
		case raw[0] == '{' || raw[0] == '[' && n.deep:
			return joinArray(listOf(v.List(), n.item).Rows)
		}
	case Map:
		switch {
		case v.empty():
			return json.RawMessage("{}")
		case raw[0] == '[' || raw[0] == '{' && n.deep:
			return n.uniformMap(v)
		}
	case Object:
		if members := v.members(); n.deep && members != nil {
			n.completed(members)
			return joinObject(members)
		}
	}
	return raw
}

func (n *node) uniformMap(v Value) json.RawMessage {
	members := v.members()
	if members == nil {
		members = map[string]json.RawMessage{}
		for i, element := range v.List() {
			members[strconv.Itoa(i)] = element.raw
		}
	}
	for name, raw := range members {
		members[name] = n.item.uniform(raw)
	}
	return joinObject(members)
}

// completed makes the documented members uniform, absent lists and maps included.
func (n *node) completed(members map[string]json.RawMessage) {
	for name, m := range n.members {
		raw, there := members[name]
		if there || m.shape == List || m.shape == Map {
			members[name] = m.uniform(raw)
		}
	}
}

func joinArray(rows [][]byte) json.RawMessage {
	return append(append([]byte{'['}, bytes.Join(rows, []byte{','})...), ']')
}

// joinObject writes members in the order of their names.
func joinObject(members map[string]json.RawMessage) json.RawMessage {
	b := []byte{'{'}
	for i, name := range sortedNames(members) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, name), ':')
		b = append(b, members[name]...)
	}
	return append(b, '}')
}
