package cloudservers

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
)

// maxBody is the largest request body in bytes, before and after unpacking: five
// files of 10 KB in base64 and all metadata fit in a tenth of it.
const maxBody = 1 << 20

// A document is a parsed request body: its top-level members by name. Values are
// those of encoding/json with numbers as json.Number; a body in XML has its one
// root element as the member, its attributes as strings, and its children in the
// shape that JSON has for them.
type document map[string]any

// readBody reads and parses a request's body. A request without a body is an
// empty document, which every handler refuses in its own words.
func readBody(r *http.Request) (document, *fault) {
	raw, f := readRaw(r)
	if f != nil || len(raw) == 0 {
		return nil, f
	}
	format, f := bodyFormat(r.Header.Get("Content-Type"))
	if f != nil {
		return nil, f
	}
	parse := parseJSON
	if format == formatXML {
		parse = parseXML
	}
	doc, err := parse(raw)
	if err != nil {
		return nil, badRequest("the body cannot be read: %v", err)
	}
	return doc, nil
}

func readRaw(r *http.Request) ([]byte, *fault) {
	if r.ContentLength < 0 { // the real service did not take chunked bodies (section 2)
		return nil, newFault("cloudServersFault", http.StatusLengthRequired, "Length Required",
			"chunked bodies are not supported; send Content-Length")
	}
	tooLarge := overAbsoluteLimit("the body has more than %d bytes", maxBody)
	if r.ContentLength > maxBody {
		return nil, tooLarge
	}
	var in io.Reader = r.Body
	switch coding := strings.ToLower(r.Header.Get("Content-Encoding")); coding {
	case "", "identity":
	case "gzip":
		if r.ContentLength == 0 {
			return nil, nil
		}
		unpacked, err := gzip.NewReader(r.Body)
		if err != nil {
			return nil, badRequest("the body is not gzip as its Content-Encoding says")
		}
		in = unpacked
	default:
		return nil, badMediaType("Content-Encoding %q is not supported; send gzip or none", coding)
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxBody+1))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong), len(raw) > maxBody:
		return nil, tooLarge
	case err != nil:
		return nil, badRequest("the body cannot be read: %v", err)
	}
	return raw, nil
}

// object returns the named member as an object to read fields from.
func (d document) object(name string) (*fields, *fault) {
	value, ok := d[name]
	if !ok {
		return nil, badRequest("the body has no %q", name)
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, badRequest("%q must be an object, not %s", name, kind(value))
	}
	return &fields{name: name, values: object}, nil
}
