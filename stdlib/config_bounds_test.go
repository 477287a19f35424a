package stdlib

import (
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

func TestConfigurationIsBounded(t *testing.T) {
	yaml := func(text string) error { _, err := decodeYAML(text, func() {}); return err }
	deep := strings.Repeat("[", maxBrackets+1)
	for _, test := range []struct {
		name, text string
		check      func(string) error
		want       string // part of the refusal; "" if the text is not too deep
	}{
		{"brackets", "a: 1\nb: " + deep, yaml, "line 2: nested too deep"},
		{"brackets over lines", strings.Repeat("[\n", maxBrackets+1), yaml, "line 21: nested too deep"},
		{"brackets that close", "[" + strings.Repeat("[[]],\n", 1000) + "]", yaml, ""},
		{"closing brackets do not make up", strings.Repeat("]", 100) + strings.Repeat("{", maxBrackets+1), yaml, "nested too deep"},
		{"dashes", strings.Repeat("- ", maxDashes+1), yaml, "nested too deep"},
		{"question marks", strings.Repeat("? ", maxDashes+1), yaml, "nested too deep"},
		{"a rule", strings.Repeat("-", 200), yaml, ""},
		{"sentences", strings.Repeat("It is so. ", 500), yaml, ""},
		{"brackets in quotes", `"` + deep + `"`, yaml, ""},
		{"brackets in a block", "a: |\n  " + deep, yaml, ""},
		{"brackets in text", "a: x" + deep, yaml, ""},
		{"dashes in text", `a: "` + strings.Repeat("- ", maxDashes+1) + `"`, yaml, ""},
		{"a dotted name", strings.Repeat("a.", maxDots+1) + "a = 1", checkTOML, "nested too deep"},
		{"a dotted name with spaces", strings.Repeat("a  .  ", maxDots+1) + "a = 1", checkTOML, "nested too deep"},
		{"a dotted name in quotes", strings.Repeat(`"a".'b'.`, maxDots) + "a = 1", checkTOML, "nested too deep"},
		{"names in names", strings.Repeat("{a.b = ", maxDots+1), checkTOML, "nested too deep"},
		{"addresses", `hosts = "` + strings.Repeat("10.0.0.1 ", 100) + `"`, checkTOML, ""},
		{"fractions", "sizes = [" + strings.Repeat("1.5,", 1000) + "]", checkTOML, ""},
		{"sentences in TOML", `text = "` + strings.Repeat("It is so. That is why. ", 100) + `"`, checkTOML, ""},
		{"dots in TOML", `text = "` + strings.Repeat(".", 100) + `"`, checkTOML, ""},
		{"brackets in TOML's strings", `a = "` + deep + `\"` + deep + `"` + "\nb = '" + deep + `\'`, checkTOML, ""},
		{"brackets in TOML's long strings", `a = """` + "\n" + deep + `""\"""""` + "\nb = '''" + deep + `''\'''`, checkTOML, ""},
		{"brackets in a comment", "# it's " + deep + "\na = 1", checkTOML, ""},
		{"brackets after strings", `a = ["""b""""", '''c''''', "\\", '\', "#", ''` + deep, checkTOML, "line 1: nested too deep"},
		{"brackets after a string without an end", "a = 'b\n" + deep, checkTOML, "line 2: nested too deep"},
	} {
		if err := test.check(test.text); (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
	refused(t, `yaml.decode(("#"):rep(65537))`, runtime.BadRequest, "the text has 65537 bytes, more than the 64 KiB that are read")
	check(t, `yaml.decode(("#"):rep(65536))`)
}

// What stops a run ends the reading of YAML between the library's steps.
func TestYAMLIsStoppedBetweenSteps(t *testing.T) {
	for stop := range 2 {
		looks := 0
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("it went on after %d looks", stop)
				}
			}()
			_, err := decodeYAML("a: 1", func() {
				if looks++; looks > stop {
					panic("stopped")
				}
			})
			t.Error(err)
		}()
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
