package cloudservers_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
)

// TestAnswersLookLikeRecordedOnes compares which members or attributes answers
// have, and of which type, with answers of the real service.
func TestAnswersLookLikeRecordedOnes(t *testing.T) {
	const create = `{"server":{"imageId":112,"flavorId":1,"personality":null,"name":"x"}}`
	for file, test := range map[string]struct {
		method, path, body string
		wait               time.Duration
	}{
		"flavors-detail.json":        {"GET", "/flavors/detail", "", 0},
		"images-detail.json":         {"GET", "/images/detail", "", 3 * time.Minute},
		"server-create.json":         {"POST", "/servers", create, 0},
		"server-get.json":            {"GET", "/servers/59686", "", 90 * time.Second},
		"server-get-404.json":        {"GET", "/servers/1", "", 0},
		"v1_slug_servers.xml":        {"POST", "/servers.xml", create, 0},
		"v1_slug_servers_detail.xml": {"GET", "/servers/detail.xml", "", 90 * time.Second},
		"v1_slug_servers_ips.xml":    {"GET", "/servers/59686/ips.xml", "", 0},
		"v1_slug_flavors_detail.xml": {"GET", "/flavors/detail.xml", "", 0},
		"v1_slug_limits.xml":         {"GET", "/limits.xml", "", 0},
	} {
		t.Run(file, func(t *testing.T) {
			recorded, err := os.ReadFile("testdata/recorded/" + file)
			if err != nil {
				t.Fatal(err)
			}
			a := open(t, cloudservers.Config{RateLimits: cloudservers.DocumentedRateLimits()})
			a.send(t, "POST", "/servers", create)
			a.clock.Advance(90 * time.Second)
			a.send(t, "POST", "/images", `{"image":{"serverId":59686,"name":"golden"}}`)
			a.clock.Advance(test.wait)
			r := a.send(t, test.method, test.path, test.body)

			shape := shapeOfJSON
			if strings.HasSuffix(file, ".xml") {
				shape = shapeOfXML
			}
			got, want := shape(t, []byte(r.body)), shape(t, recorded)
			if file == "images-detail.json" { // the recording has no image of the account's own
				for _, own := range []string{"images[].serverId number", "images[].progress number", "images[].created string"} {
					if !got[own] {
						t.Errorf("an image of a server has no %s", own)
					}
					delete(got, own)
				}
			}
			if !maps.Equal(got, want) {
				t.Errorf("the answer has\n  %s\nrecorded is\n  %s",
					strings.Join(slices.Sorted(maps.Keys(got)), "\n  "), strings.Join(slices.Sorted(maps.Keys(want)), "\n  "))
			}
		})
	}
}

func shapeOfJSON(t *testing.T, text []byte) map[string]bool {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	shape := map[string]bool{}
	var walk func(path string, value any)
	walk = func(path string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for name, member := range value {
				walk(strings.TrimPrefix(path+"."+name, "."), member)
			}
			shape[path+" object"] = true
		case []any:
			for _, item := range value {
				walk(path+"[]", item)
			}
			shape[path+" array"] = true
		case string:
			shape[path+" string"] = true
		default:
			shape[path+" number"] = true
		}
	}
	walk("", value)
	return shape
}

func shapeOfXML(t *testing.T, text []byte) map[string]bool {
	t.Helper()
	shape := map[string]bool{}
	d := xml.NewDecoder(bytes.NewReader(text))
	var path []string
	for {
		token, err := d.Token()
		if token == nil {
			if len(shape) == 0 {
				t.Fatalf("%v in %s", err, text)
			}
			return shape
		}
		switch token := token.(type) {
		case xml.StartElement:
			path = append(path, token.Name.Local)
			shape[strings.Join(path, "/")] = true
			if token.Name.Space != "http://docs.rackspacecloud.com/servers/api/v1.0" {
				shape["namespace "+token.Name.Space] = true
			}
			for _, attribute := range token.Attr {
				shape[fmt.Sprintf("%s@%s", strings.Join(path, "/"), attribute.Name.Local)] = true
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
}
