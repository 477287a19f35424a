package lunanode

import (
	"encoding/json"
	"fmt"
	"testing"
)

func TestUniform(t *testing.T) {
	for _, tt := range []struct{ name, action, answer, want string }{
		{"list", "vm/list", `{"success":"yes","vms":[{"vm_id":"a"},{"vm_id":"b","new":1}]}`, `list [{"vm_id":"a"} {"vm_id":"b","new":1}]`},
		{"list under index keys", "image/list", `{"images":{"1":{"image_id":"b"},"0":{"image_id":"a"}},"success":"yes"}`, `list [{"image_id":"a"} {"image_id":"b"}]`},
		{"empty list as text", "vm/list", `{"success":"yes","vms":""}`, `list []`},
		{"empty list as null", "vm/list", `{"success":"yes","vms":null}`, `list []`},
		{"list left out", "vm/list", `{"success":"yes"}`, `list []`},
		{"list that is text", "vm/list", `{"success":"yes","vms":"soon"}`, `the answer's member "vms" is not the list that was expected`},
		{"rows in the answer", "sshkey/list", `{"1":{"id":"8"},"0":{"id":"7"},"success":"yes"}`, `list [{"id":"7"} {"id":"8"}]`},
		{"no rows in the answer", "sshkey/list", `{"success":"yes"}`, `list []`},
		{"map", "region/list", `{"success":"yes","regions":{"toronto":"Toronto, Canada"}}`, `map {"toronto":"Toronto, Canada"}`},
		{"empty map as a list", "dns/dyn-list", `{"success":"yes","dyns":[]}`, `map {}`},
		{"map as a list", "dns/dyn-list", `{"success":"yes","dyns":[{"id":"77"}]}`, `map {"0":{"id":"77"}}`},
		{"map in a row of a map", "monitor/check-list", `{"success":"yes","checks":{"5":{"id":"5","data_nice":[]}}}`, `map {"5":{"data_nice":{},"id":"5"}}`},
		{"map three levels down", "monitor/check-types", `{"success":"yes","types":{"http":{"params":""}}}`, `map {"http":{"params":{}}}`},
		{"object", "volume/info", `{"success":"yes","volume":{"id":"4682","status":"available"}}`, `object {"id":"4682","status":"available"}`},
		{"map in an object", "image/details", `{"success":"yes","details":{"name":"x","metadata":[]}}`, `object {"metadata":{},"name":"x"}`},
		{"map in an object, as text", "image/details", `{"success":"yes","details":{"name":"x","metadata":""}}`, `object {"metadata":{},"name":"x"}`},
		{"object without members", "volume/info", `{"success":"yes","volume":{}}`, `object {}`},
		{"object left out", "volume/info", `{"success":"yes"}`, `the answer has no object "volume"`},
		{"object that is a list", "volume/info", `{"success":"yes","volume":["x"]}`, `the answer has no object "volume"`},
		{"object that is text", "volume/info", `{"success":"yes","volume":"x"}`, `the answer's member "volume" is not the object that was expected`},
		{"several members", "script/get", `{"success":"yes","id":"3","name":"x","content":"y"}`, `object {"content":"y","id":"3","name":"x"}`},
		{"one scalar", "vm/create", `{"success":"yes","vm_id":"a"}`, `object {"vm_id":"a"}`},
		{"numbers stay numbers", "vm/snapshot", `{"image_id":26,"success":"yes"}`, `object {"image_id":26}`},
		{"nothing", "vm/start", `{"success":"yes"}`, `text`},
		{"something unannounced", "vm/start", `{"success":"yes","task":"x"}`, `object {"task":"x"}`},
		{"not documented, a list", "monitor/contact-list", `{"success":"yes","contacts":[{"id":"1"}]}`, `list [{"id":"1"}]`},
		{"not documented, a map by id", "monitor/contact-list", `{"success":"yes","contacts":{"12":{"x":"1"}}}`, `map {"12":{"x":"1"}}`},
		{"not documented, a map by index", "dns2/record-list", `{"success":"yes","records":{"0":"a","1":"b"}}`, `list ["a" "b"]`},
		{"not documented, empty", "dns2/record-list", `{"success":"yes","records":""}`, `list []`},
		{"two objects", "vm/info", `{"info":{"addresses":{"0":{"addr":"172.20.0.5"}},"volumes":"","additionalip":[],"status_raw":"active"},"extra":{"vm_id":"a"},"success":"yes"}`,
			`object {"extra":{"vm_id":"a"},"info":{"additionalip":[],"additionalprivateip":[],"addresses":[{"addr":"172.20.0.5"}],"ipv6":[],"security_groups":[],"securitygroups":[],"status_raw":"active","volumes":[]}}`},
		{"a part that is something else stays", "image/details", `{"success":"yes","details":{"metadata":"odd"}}`, `object {"metadata":"odd"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := LoadCatalogue().find(tt.action)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			switch u, err := a.Uniform(parse(t, tt.answer)); {
			case err != nil:
				got = err.Error()
			case u.Shape == List:
				got = fmt.Sprintf("list %s", u.Rows)
			case u.Shape == Scalar:
				got = u.Shape.String()
			default:
				got = fmt.Sprintf("%s %s", u.Shape, u.Raw)
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// Shapes below the rows of a list, which no action documents today.
func TestUniformBelowRows(t *testing.T) {
	shape := tree([]Field{{"rows", "array"}, {"rows[].tags", "array of string"}, {"rows[].id", "int"}})
	for _, tt := range []struct{ raw, want string }{
		{`{"rows":[{"id":"1","tags":{"0":"a"}},{"id":"2"}]}`, `{"rows":[{"id":"1","tags":["a"]},{"id":"2","tags":[]}]}`},
		{`{"rows":{"0":{"tags":""}}}`, `{"rows":[{"tags":[]}]}`},
		{`{"rows":["odd"]}`, `{"rows":["odd"]}`},
	} {
		if got := string(shape.uniform(json.RawMessage(tt.raw))); got != tt.want {
			t.Errorf("%s became %s, want %s", tt.raw, got, tt.want)
		}
	}
}

func (c *Catalogue) find(name string) (*Action, error) {
	if a, ok := c.byName[name]; ok {
		return a, nil
	}
	return nil, fmt.Errorf("no action %s", name)
}

func TestUniformOfBytes(t *testing.T) {
	a, _ := LoadCatalogue().Action("image", "retrieve")
	u, err := a.Uniform(Answer{raw: []byte("QFI\xfb")})
	if err != nil || u.Shape != Bytes || string(u.Raw) != "QFI\xfb" {
		t.Errorf("%v, %v", u, err)
	}
}

// Whatever arrives, what comes out is valid JSON.
func FuzzUniform(f *testing.F) {
	for _, text := range []string{
		`{"success":"yes","vms":[{"vm_id":"a"}]}`, `{"success":"yes","checks":{"5":{"data_nice":[]}}}`,
		`{"success":"yes","details":{"metadata":{"0":[]}}}`, `{"success":"yes","info":{"addresses":{"x":""}}}`, `{"success":"yes","0":[],"é":1}`,
	} {
		f.Add(text)
	}
	actions := LoadCatalogue().Actions()
	f.Fuzz(func(t *testing.T, text string) {
		answer, err := ParseAnswer([]byte(text))
		if err != nil {
			return
		}
		for _, a := range actions {
			u, err := a.Uniform(answer)
			if err != nil || u.Shape == Bytes {
				continue
			}
			for _, raw := range append(u.Rows, u.Raw) {
				if len(raw) > 0 && !json.Valid(raw) {
					t.Fatalf("%s: %s", a, raw)
				}
			}
		}
	})
}
