package rackspace

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient"
)

// FuzzAnswers reads any body as every answer that there is. What is taken has to be a JSON object
// that is kept as it came; what is not has to be refused in words.
func FuzzAnswers(f *testing.F) {
	err := filepath.WalkDir("testdata/cloudservers", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) == ".md" {
			return err
		}
		body, err := os.ReadFile(path)
		f.Add(200, body)
		f.Add(413, body)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	for _, body := range []string{"", "{}", "[", `{"server":{"id":"1","metadata":[]}}`, `{"limits":{"rate":[{"regex":"("}]}}`,
		`{"servers":[{"id":1},{"id":{}}]}`, `{"overLimit":{"retryAfter":"2030-01-01T00:00:10Z"}}`, "<overLimit retryAfter='x'>"} {
		f.Add(500, []byte(body))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		check := func(what string, raw json.RawMessage, err error) {
			if err != nil {
				if err.Error() == "" {
					t.Errorf("%s: %q is refused without a word", what, body)
				}
				return
			}
			if !json.Valid(raw) || !strings.Contains(string(body), string(raw)) {
				t.Errorf("%s: %q became %q", what, body, raw)
			}
		}
		each(body, "server", "servers", decodeServer, func(s Server, err error) { check("server", s.Raw, err); _ = s.ID.check("server") })
		each(body, "image", "images", decodeImage, func(i Image, err error) { check("image", i.Raw, err) })
		each(body, "flavor", "flavors", decodeFlavor, func(v Flavor, err error) { check("flavor", v.Raw, err) })
		each(body, "sharedIpGroup", "sharedIpGroups", decodeIPGroup, func(g IPGroup, err error) { check("group", g.Raw, err) })
		each(body, "limits", "limits", decodeLimits, func(l Limits, err error) {
			check("limits", l.Raw, err)
			for _, row := range l.Rate {
				if rate, ok := row.rate(); ok && (rate.Value <= 0 || rate.Window <= 0 || rate.Pattern == nil) {
					t.Errorf("a limit that holds nobody back: %+v", row)
				}
			}
		})
		_ = isServer(&apiclient.Response{Body: body})
		if e := judge(status, http.Header{}, string(body)); e != nil {
			if e.RetryAfter < 0 || e.Kind == "" || strings.ContainsAny(e.Error(), "\n\r\x00") {
				t.Errorf("%d %q became %+v", status, body, e)
			}
		}
	})
}

// each decodes the entity in a body, and all rows of the list in it.
func each[T any](body []byte, entity, list string, decode func(json.RawMessage) (T, error), see func(T, error)) {
	if raw, err := entityIn(body, entity); err == nil {
		see(decode(raw))
	}
	rows, err := rowsIn(body, list)
	if err != nil {
		return
	}
	for _, row := range rows {
		see(decode(row))
	}
}
