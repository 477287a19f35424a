package lunanode

import (
	"encoding/json"
	"fmt"
	"maps"
	"testing"
	"unicode/utf8"
)

func TestEncode(t *testing.T) {
	for _, tt := range []struct {
		name   string
		params map[string]string
		want   string
	}{
		{"empty", nil, `{}`},
		{"sorted by name", map[string]string{"b": "2", "a": "1", "C": "3"}, `{"C":"3","a":"1","b":"2"}`},
		{"empty value stays", map[string]string{"a": ""}, `{"a":""}`},
		{"quotes and backslashes", map[string]string{"a": `say "hi" \ '`}, `{"a":"say \"hi\" \\ '"}`},
		{"slashes and html are plain", map[string]string{"a": "</b>&"}, `{"a":"</b>&"}`},
		{"line ends and tabs", map[string]string{"a": "x\r\n\ty"}, `{"a":"x\r\n\ty"}`},
		{"controls and DEL", map[string]string{"a": "\x00\x1f\x7f"}, `{"a":"\u0000\u001f\u007f"}`},
		{"Latin, CJK, separators", map[string]string{"a": "é世\u2028"}, `{"a":"\u00e9\u4e16\u2028"}`},
		{"above U+FFFF as surrogates", map[string]string{"a": "😀"}, `{"a":"\ud83d\ude00"}`},
		{"a replacement character that was given", map[string]string{"a": "\ufffd"}, `{"a":"\ufffd"}`},
		{"names too", map[string]string{"ü": "x"}, `{"\u00fc":"x"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := encode(members(tt.params))
			if err != nil || got != tt.want {
				t.Errorf("got %s, %v\nwant %s", got, err, tt.want)
			}
		})
	}
}

func TestEncodeRefusesInvalidUTF8(t *testing.T) {
	for _, tt := range []struct {
		name   string
		params map[string]string
		want   string
	}{
		{"value", map[string]string{"password": "caf\xe9!"}, "parameter password is not valid UTF-8: byte 4 is 0xe9; convert the text to UTF-8 or encode binary data, for example as base64"},
		{"value cut in a character", map[string]string{"name": "x\xe4\xb8"}, "parameter name is not valid UTF-8: byte 2 is 0xe4; convert the text to UTF-8 or encode binary data, for example as base64"},
		{"encoded surrogate", map[string]string{"name": "\xed\xa0\x80"}, "parameter name is not valid UTF-8: byte 1 is 0xed; convert the text to UTF-8 or encode binary data, for example as base64"},
		{"name", map[string]string{"a\xff": "x"}, `parameter name "a\xff" is not valid UTF-8: byte 2 is 0xff`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := encode(members(tt.params)); err == nil || err.Error() != tt.want {
				t.Errorf("got %q, %v\nwant %s", got, err, tt.want)
			}
		})
	}
}

// The parameters of the real clients' calls survive our encoding.
func TestEncodeRoundTripsRealCalls(t *testing.T) {
	for _, v := range vectors(t) {
		params := map[string]string{}
		for name, value := range v.Params {
			params[name] = fmt.Sprint(value)
		}
		checkEncoding(t, params)
	}
}

func checkEncoding(t *testing.T, params map[string]string) {
	t.Helper()
	text, err := encode(members(params))
	if err != nil {
		t.Errorf("%q: %v", params, err)
		return
	}
	for i := range len(text) {
		if text[i] < 0x20 || text[i] > 0x7E {
			t.Errorf("%q: byte %d of %s is not printable ASCII", params, i, text)
			return
		}
	}
	var back map[string]string
	if err := json.Unmarshal([]byte(text), &back); err != nil {
		t.Errorf("%q: %s does not decode: %v", params, text, err)
	} else if !maps.Equal(back, params) {
		t.Errorf("%q came back as %q", params, back)
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("name", "web01", "region", "toronto")
	f.Add("name", "caf\u00e9 \u2014 \u4e16\u754c", "content", "na\u00efve \u2603 \U0001f600")
	f.Add(`"`, `\`, "\x00", "\x7f\u2028\u2029")
	f.Add("a|b", "|\n|", "", "")
	f.Add("bad", "caf\xe9", "\xff", "ok")
	f.Fuzz(func(t *testing.T, name1, value1, name2, value2 string) {
		params := map[string]string{name1: value1, name2: value2}
		for name, value := range params {
			if !utf8.ValidString(name) || !utf8.ValidString(value) {
				if text, err := encode(members(params)); err == nil {
					t.Errorf("%q is not valid UTF-8 but became %s", params, text)
				}
				return
			}
		}
		checkEncoding(t, params)
	})
}
