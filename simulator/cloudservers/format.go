package cloudservers

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// A format is one of the two notations of the API (spec section 3).
type format int

const (
	formatJSON format = iota
	formatXML
)

// namespace is the XML namespace of every element.
const namespace = "http://docs.rackspacecloud.com/servers/api/v1.0"

func (f format) contentType() string {
	if f == formatXML {
		return "application/xml; charset=UTF-8"
	}
	return "application/json; charset=UTF-8"
}

// splitPath returns the request's path without trailing slashes and without
// extension, and the format of the answer: the extension wins over the Accept
// header, and JSON is what everything else means.
func splitPath(r *http.Request) (string, format) {
	path := strings.TrimRight(r.URL.Path, "/")
	if rest, ok := strings.CutSuffix(path, ".xml"); ok {
		return strings.TrimRight(rest, "/"), formatXML
	}
	if rest, ok := strings.CutSuffix(path, ".json"); ok {
		return strings.TrimRight(rest, "/"), formatJSON
	}
	return path, accepted(r.Header.Values("Accept"))
}

// accepted picks the format with the highest quality; JSON wins a draw.
func accepted(headers []string) format {
	best, bestQuality := formatJSON, 0.0
	for _, item := range strings.Split(strings.Join(headers, ","), ",") {
		media, parameters, err := mime.ParseMediaType(item)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, err := strconv.ParseFloat(parameters["q"], 64); err == nil {
			quality = q
		}
		var candidate format
		switch media {
		case "application/json", "application/*", "*/*":
			candidate = formatJSON
		case "application/xml":
			candidate = formatXML
		default:
			continue
		}
		if quality > bestQuality || quality == bestQuality && candidate == formatJSON {
			best, bestQuality = candidate, quality
		}
	}
	return best
}

// bodyFormat is the format that a request's Content-Type announces.
func bodyFormat(contentType string) (format, *fault) {
	if contentType == "" {
		return 0, badMediaType("the request has a body but no Content-Type; send application/json or application/xml")
	}
	media, _, err := mime.ParseMediaType(contentType)
	switch {
	case err == nil && media == "application/json":
		return formatJSON, nil
	case err == nil && media == "application/xml":
		return formatXML, nil
	}
	return 0, badMediaType("Content-Type %q is not supported; send application/json or application/xml", contentType)
}
