package lunanode

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func parse(t testing.TB, text string) Answer {
	t.Helper()
	a, err := ParseAnswer([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func texts(values []Value) string {
	var all []string
	for _, v := range values {
		all = append(all, v.Text())
	}
	return strings.Join(all, " ")
}

func TestLists(t *testing.T) {
	for _, tt := range []struct{ name, json, want string }{
		{"array", `["a","b"]`, "a b"},
		{"numbers", `[1,2.5]`, "1 2.5"},
		{"map with index keys, in their order", `{"10":"c","0":"a","2":"b"}`, "a b c"},
		{"map with other keys, in their order", `{"x":"b","a":"a"}`, "a b"},
		{"mixed keys are names", `{"1":"b","0x":"a"}`, "a b"},
		{"empty array", `[]`, ""},
		{"empty map", `{}`, ""},
		{"empty text", `""`, ""},
		{"null", `null`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := parse(t, `{"success":"yes","v":`+tt.json+`}`).Get("v").List()
			if texts(got) != tt.want {
				t.Errorf("got %s, want %s", texts(got), tt.want)
			}
		})
	}
	if got := parse(t, `{"success":"yes"}`).Get("absent").List(); len(got) != 0 {
		t.Errorf("an absent list has %d elements", len(got))
	}
}

func TestMaps(t *testing.T) {
	for _, tt := range []struct{ json, want string }{
		{`{"77":{"ip":"198.51.100.7"},"b":{}}`, "2"},
		{`[]`, "0"}, {`""`, "0"}, {`null`, "0"}, {`{}`, "0"}, {`["a"]`, "0"},
	} {
		got := parse(t, `{"success":"yes","v":`+tt.json+`}`).Get("v").Map()
		if fmt.Sprint(len(got)) != tt.want {
			t.Errorf("%s: %d members, want %s", tt.json, len(got), tt.want)
		}
	}
	dyn := parse(t, `{"dyns":{"77":{"id":"77","ip":"198.51.100.7"}},"success":"yes"}`).Get("dyns").Get("77")
	if got := dyn.Get("ip").Text(); got != "198.51.100.7" {
		t.Errorf("ip %q", got)
	}
	if dyn.Get("nothing").Present() || dyn.Get("nothing").Get("deeper").Text() != "" {
		t.Error("an absent member is present")
	}
}

func TestScalars(t *testing.T) {
	v := func(text string) Value { return Value{raw: json.RawMessage(text)} }
	for _, tt := range []struct{ json, text, number, decimal, flag string }{
		{`"512"`, "512", "512", "512", "error"},
		{`512`, "512", "512", "512", "error"},
		{`"10.0"`, "10.0", "10", "10", "error"},
		{`0.0049`, "0.0049", "error", "0.0049", "error"},
		{`"yes"`, "yes", "error", "error", "true"},
		{`"1"`, "1", "1", "1", "true"},
		{`""`, "", "error", "error", "false"},
		{`"no"`, "no", "error", "error", "false"},
		{`true`, "true", "error", "error", "true"},
		{`null`, "", "error", "error", "false"},
		{`"caf\u00e9 \/"`, "café /", "error", "error", "error"},
		{`{}`, "", "error", "error", "false"},
	} {
		or := func(value any, err error) string {
			if err != nil {
				return "error"
			}
			return fmt.Sprint(value)
		}
		n, nErr := v(tt.json).Int()
		d, dErr := v(tt.json).Decimal()
		b, bErr := v(tt.json).Bool()
		got := []string{v(tt.json).Text(), or(n, nErr), or(d, dErr), or(b, bErr)}
		if want := []string{tt.text, tt.number, tt.decimal, tt.flag}; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %q, want %q", tt.json, got, want)
		}
	}
}

func TestFlatAnswers(t *testing.T) {
	a := parse(t, `{"1":{"id":"b"},"0":{"id":"a"},"success":"yes","10":{"id":"d"},"9":{"id":"c"},"note":"x"}`)
	var ids []string
	for _, row := range a.Indexed() {
		ids = append(ids, row.Get("id").Text())
	}
	if got := strings.Join(ids, ""); got != "abcd" {
		t.Errorf("rows %s", got)
	}
	if got := fmt.Sprint(a.Names()); got != "[0 1 10 9 note]" {
		t.Errorf("names %s", got)
	}
}

// The sample answers of the spec all read.
func TestSampleAnswers(t *testing.T) {
	for _, text := range strings.Split(strings.TrimSpace(sampleAnswers), "\n") {
		a, err := ParseAnswer([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if string(a.Raw()) != text {
			t.Errorf("Raw is %s", a.Raw())
		}
	}
}

const sampleAnswers = `
{"success":"yes","vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"}
{"success":"yes","regions":{"toronto":"Toronto, Canada","montreal":"Montreal, Canada","roubaix":"Roubaix, France"}}
{"images":[{"image_id":"26","name":"Ubuntu 14.04 64-bit (template)","region":"toronto","status":"active"}],"success":"yes"}
{"success":"yes","volume":{"attached":"","created":"2024-01-01T00:00:00Z","id":"4682","identification":"0b8f0f2e-6f0c-4a35-8f55-2a1f1e7c9d10","name":"data","size":"10","status":"available"}}
{"0":{"id":"1862","name":"laptop","val":"ssh-ed25519 AAAA… me@host","value":"ssh-ed25519 AAAA… me@host"},"success":"yes"}
{"dyns":{"77":{"id":"77","name":"myhost","ip":"198.51.100.7"}},"success":"yes"}
{"success":"no","error":"required parameter hostname not set"}
`

func FuzzParseAnswer(f *testing.F) {
	for _, text := range strings.Split(sampleAnswers, "\n") {
		f.Add(text)
	}
	f.Add(`{"success":"yes","images":{"0":{"image_id":26}},"metadata":[],"x":null}`)
	f.Add("<html>")
	f.Add("\xef\xbb\xbf{}")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAnswer([]byte(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "the answer ") {
				t.Errorf("error %v", err)
			}
			return
		}
		a.Indexed()
		for _, name := range a.Names() {
			v := a.Get(name)
			if len(v.List()) == 0 && len(v.Map()) > 0 {
				t.Errorf("%s: members but no elements", v.Raw())
			}
			_, _ = v.Int()
			_, _ = v.Decimal()
			_, _ = v.Bool()
			VMState(v)
		}
	})
}
