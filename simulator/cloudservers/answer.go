package cloudservers

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// An answer is what a handler has to say: a status and, unless name is empty, one
// named value.
type answer struct {
	status  int
	name    string    // the JSON member and the XML element
	value   any       // has JSON and XML tags
	item    string    // the XML element of each item of a list
	changed time.Time // when the value last changed; zero: not known
	at      time.Time // the moment that the value shows
}

func empty(status int) answer { return answer{status: status} }

func found(name string, value any, changed time.Time) answer {
	return answer{status: http.StatusOK, name: name, value: value, changed: changed}
}

// list answers with a slice; it must not be nil.
func list(name, item string, items any, changed time.Time) answer {
	return answer{status: http.StatusOK, name: name, value: items, item: item, changed: changed}
}

// A reply is where an answer goes and the form it takes there.
type reply struct {
	w      http.ResponseWriter
	format format
	gzip   bool
}

// body sends an answer that has a value.
func (r reply) body(status int, a answer) {
	body, err := encode(r.format, a)
	if err != nil {
		panic(err) // the values of this package can all be written
	}
	header := r.w.Header()
	header.Set("Content-Type", r.format.contentType())
	if r.gzip {
		header.Set("Content-Encoding", "gzip")
		body = pack(body)
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	r.w.WriteHeader(status)
	r.w.Write(body)
}

func pack(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(body)
	z.Close()
	return b.Bytes()
}

func acceptsGzip(r *http.Request) bool {
	for _, coding := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		if name, _, _ := strings.Cut(coding, ";"); strings.TrimSpace(name) == "gzip" {
			return true
		}
	}
	return false
}

func encode(format format, a answer) ([]byte, error) {
	if format == formatXML {
		return encodeXML(a)
	}
	return encodeJSON(a)
}

func encodeJSON(a answer) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`{"` + a.name + `":`)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(a.value); err != nil {
		return nil, err
	}
	b.Truncate(b.Len() - 1) // the encoder's line end
	b.WriteByte('}')
	return b.Bytes(), nil
}

func encodeXML(a answer) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
	e := xml.NewEncoder(&b)
	root := xml.StartElement{Name: xml.Name{Space: namespace, Local: a.name}}
	if a.item == "" {
		err := e.EncodeElement(a.value, root)
		return b.Bytes(), err
	}
	if err := e.EncodeToken(root); err != nil {
		return nil, err
	}
	if err := e.EncodeElement(a.value, xml.StartElement{Name: xml.Name{Local: a.item}}); err != nil {
		return nil, err
	}
	if err := e.EncodeToken(root.End()); err != nil {
		return nil, err
	}
	err := e.Close()
	return b.Bytes(), err
}
