package lunanode

import (
	"encoding/json"
	"testing"
)

func TestAnswersAreWrittenAsPHPDoes(t *testing.T) {
	for _, test := range []struct {
		name  string
		value any
		want  string
	}{
		{"slashes", "https://a/b", `"https:\/\/a\/b"`},
		{"quotes and backslashes", `say "hi" \ now`, `"say \"hi\" \\ now"`},
		{"short escapes", "\b\f\n\r\t", `"\b\f\n\r\t"`},
		{"control characters", "\x00\x1f\x7f", "\"\\u0000\\u001f\x7f\""},
		{"beyond ASCII", "café ☃", `"caf\u00e9 \u2603"`},
		{"beyond the basic plane", "a😀b", `"a\ud83d\ude00b"`},
		{"line separators", "\u2028", `"\u2028"`},
		{"broken UTF-8", "a\xffb", `"a\ufffdb"`},
		{"markup stays as it is", "<b>&'", `"<b>&'"`},
		{"markup that is escaped", markup(`<font color="green">it's & more</font>`),
			`"&lt;font color=&quot;green&quot;&gt;it&#039;s &amp; more&lt;\/font&gt;"`},
		{"an object keeps its order", object{{"b", "1"}, {"a", list{"x", object{}}}}, `{"b":"1","a":["x",{}]}`},
		{"an empty map", dict{}, `{}`},
		{"an empty list", list{}, `[]`},
		{"a missing list", list(nil), `[]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := encoder{}
			e.value(test.value)
			equals(t, "text", string(e.out), test.want)
			if !json.Valid(e.out) {
				t.Error("not JSON")
			}
		})
	}
}

func TestEmptyMapAsList(t *testing.T) {
	e := encoder{emptyMapAsList: true}
	e.value(object{{"empty", dict{}}, {"full", dict{{"1", "x"}}}, {"object", object{}}})
	equals(t, "text", string(e.out), `{"empty":[],"full":{"1":"x"},"object":{}}`)

	c := newClient(t, Config{EmptyMapAsList: true})
	equals(t, "zones", c.get("dns2/zone-list", nil, "zones"), []any{})
	equals(t, "metadata", c.get("image/details", args{"image_id": "26"}, "details", "metadata"), []any{})
	equals(t, "zones by default", newClient(t, Config{}).get("dns2/zone-list", nil, "zones"), map[string]any{})
}

func TestEscapeEverything(t *testing.T) {
	params := args{"name": "a<b", "content": "x && y"}
	for _, test := range []struct {
		config Config
		want   string
	}{
		{Config{}, "x && y"},
		{Config{EscapeEverything: true}, "x &amp;&amp; y"},
	} {
		c := newClient(t, test.config)
		id := c.id("script/create", "script_id", params)
		equals(t, "content", c.get("script/get", args{"script_id": id}, "content"), test.want)
	}
	c := newClient(t, Config{EscapeEverything: true})
	c.refuse("a&b/list", nil, "invalid category a&amp;b") // escaped once
}

func TestDollars(t *testing.T) {
	for _, test := range []struct{ text, long, short string }{
		{"100", "100.00000000", "100"},
		{"0.0049", "0.00490000", "0.0049"},
		{"-0.5", "-0.50000000", "-0.5"},
		{"1e2", "100.00000000", "100"},
	} {
		var d dollars
		if err := d.UnmarshalText([]byte(test.text)); err != nil {
			t.Fatal(err)
		}
		equals(t, test.text, []string{d.String(), d.short()}, []string{test.long, test.short})
	}
	for _, text := range []string{"", "ten", "NaN", "1e300"} {
		var d dollars
		if err := d.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for an amount", text)
		}
	}
}
