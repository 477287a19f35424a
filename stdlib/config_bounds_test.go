package stdlib

import (
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestConfigurationIsBounded(t *testing.T) {
	for _, test := range []struct {
		name, text string
		longest    int
		deep       func(string) bool
		want       string // part of the refusal; "" if the text is read
	}{
		{"long", strings.Repeat("#", maxYAML+1), maxYAML, deepYAML, "the text has 65537 bytes, more than the 64 KiB that are read"},
		{"longest", strings.Repeat("#", maxYAML), maxYAML, deepYAML, ""},
		{"brackets", "a: 1\nb: " + strings.Repeat("[", maxBrackets+1), maxYAML, deepYAML, "line 2: nested too deep"},
		{"brackets over lines", strings.Repeat("[\n", maxBrackets+1), maxYAML, deepYAML, "line 21: nested too deep"},
		{"brackets that close", strings.Repeat("a: [[]]\n", 1000), maxYAML, deepYAML, ""},
		{"closing brackets do not make up", strings.Repeat("]", 100) + strings.Repeat("{", maxBrackets+1), maxYAML, deepYAML, "nested too deep"},
		{"dashes", strings.Repeat("- ", maxDashes+1), maxYAML, deepYAML, "nested too deep"},
		{"a rule", strings.Repeat("-", 200), maxYAML, deepYAML, ""},
		{"sentences", strings.Repeat("It is so. ", 500), maxYAML, deepYAML, ""},
		{"a dotted name", strings.Repeat("a.", maxDots+1) + "a = 1", maxTOML, deepTOML, "nested too deep"},
		{"a dotted name with spaces", strings.Repeat("a  .  ", maxDots+1) + "a = 1", maxTOML, deepTOML, "nested too deep"},
		{"names in names", strings.Repeat("{a.b = ", maxDots+1), maxTOML, deepTOML, "nested too deep"},
		{"addresses", `hosts = "` + strings.Repeat("10.0.0.1 ", 100) + `"`, maxTOML, deepTOML, ""},
		{"fractions", "sizes = [" + strings.Repeat("1.5,", 1000) + "]", maxTOML, deepTOML, ""},
		{"sentences in TOML", `text = "` + strings.Repeat("It is so. That is why. ", 100) + `"`, maxTOML, deepTOML, ""},
	} {
		err := checkConfig(test.text, test.longest, test.deep)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// Texts that took seconds, or all of the machine's memory.
func TestHostileConfiguration(t *testing.T) {
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{}), Limits: runtime.Limits{Memory: 64 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]string{
		`yaml.decode(("["):rep(6e4))`:                                                                     "nested too deep",
		`yaml.decode(("k"):rep(3e4) .. ": [" .. ("1,"):rep(1e4) .. "1]")`:                                 "of memory at once; the run may have 64MiB",
		`local t = {} for i = 1, 5000 do t[i] = "k" .. i .. ": v" end yaml.decode(table.concat(t, "\n"))`: "a mapping has about 5000 keys, more than the 2000",
		`yaml.decode(("- "):rep(3e4))`:                                                                    "nested too deep",
		`toml.decode("a = " .. ("{b = "):rep(1e4))`:                                                       "nested too deep",
		`toml.decode("[" .. ("a."):rep(1e4) .. "a]")`:                                                     "nested too deep",
		`toml.decode(("a = 1\n"):rep(1e5))`:                                                               "more than the 128 KiB that are read",
	} {
		p, err := runtime.Compile("test.lua", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rt.Run(t.Context(), p, runtime.RunOptions{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", source, err, want)
		}
	}
}
