package cloudservers

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// An element is one XML element with its attributes, its text and its children.
type element struct {
	name       string
	attributes map[string]any
	text       strings.Builder
	children   []*element
}

// maxDepth bounds how deep elements nest; the API's own go four deep.
const maxDepth = 16

func parseXML(raw []byte) (document, error) {
	root, err := readElement(raw)
	if err != nil {
		return nil, err
	}
	return document{root.name: root.fields()}, nil
}

func readElement(raw []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	var open []*element
	var root *element
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if root != nil && len(open) == 0 {
				return nil, errors.New("there is more than one root element")
			}
			e, err := startElement(token)
			if err != nil {
				return nil, err
			}
			if len(open) == 0 {
				root = e
			} else {
				parent := open[len(open)-1]
				parent.children = append(parent.children, e)
			}
			if open = append(open, e); len(open) > maxDepth {
				return nil, fmt.Errorf("elements nest deeper than %d", maxDepth)
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text.Write(token)
			}
		}
	}
	if root == nil {
		return nil, errors.New("there is no XML element")
	}
	return root, nil
}

func startElement(token xml.StartElement) (*element, error) {
	if token.Name.Space != "" && token.Name.Space != namespace {
		return nil, fmt.Errorf("element %s is in the namespace %q, not %q", token.Name.Local, token.Name.Space, namespace)
	}
	e := &element{name: token.Name.Local, attributes: map[string]any{}}
	for _, attribute := range token.Attr {
		if attribute.Name.Space == "" && attribute.Name.Local != "xmlns" {
			e.attributes[attribute.Name.Local] = attribute.Value
		}
	}
	return e, nil
}

// fields gives an element the shape that the same thing has in JSON.
func (e *element) fields() map[string]any {
	values := e.attributes
	for _, child := range e.children {
		switch child.name {
		case "metadata":
			values["metadata"] = child.metadata()
		case "personality":
			values["personality"] = child.personality()
		case "addresses":
			values["addresses"] = child.addresses()
		case "server": // the first member of a shared IP group
			id, _ := child.attributes["id"].(string)
			values["server"] = id
		}
	}
	return values
}

func (e *element) metadata() any {
	pairs := map[string]any{}
	for _, meta := range e.children {
		if key, ok := meta.attributes["key"].(string); ok {
			pairs[key] = meta.text.String()
		}
	}
	return pairs
}

func (e *element) personality() any {
	files := []any{}
	for _, file := range e.children {
		values := file.attributes
		values["contents"] = file.text.String()
		files = append(files, values)
	}
	return files
}

func (e *element) addresses() any {
	lists := map[string]any{}
	for _, list := range e.children {
		addresses := []any{}
		for _, ip := range list.children {
			addresses = append(addresses, ip.attributes["addr"])
		}
		lists[list.name] = addresses
	}
	return lists
}
