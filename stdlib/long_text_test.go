package stdlib

import (
	"errors"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
)

// evaluate returns what an expression over params gives.
func evaluate(t *testing.T, limits runtime.Limits, params map[string]any, expression string) (any, error) {
	t.Helper()
	rt, err := runtime.New(runtime.Config{Policy: runtime.AllowAll(), Modules: Modules(Config{}), Clock: runtime.NewVirtualClock(epoch), Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runtime.Compile("test.lua", []byte("return "+expression))
	if err != nil {
		t.Fatal(err)
	}
	result, err := rt.Run(t.Context(), p, runtime.RunOptions{Params: params})
	if err != nil {
		return nil, err
	}
	return result.Values[0], nil
}

// What goes through a long text looks whether the run goes on: it counts steps.
func TestLongTextsCountSteps(t *testing.T) {
	const megabytes = 4 << 20
	params := map[string]any{
		"as": strings.Repeat("a", megabytes), "aab": strings.Repeat("a", megabytes/2) + "b",
		"blanks": strings.Repeat(" ", megabytes), "quotes": strings.Repeat("\"\n", megabytes/2),
	}
	for _, expression := range []string{
		`text.contains(params.as, "b")`,
		`text.contains(params.as, params.aab)`,
		`text.split(params.as, "b")`,
		`text.split(params.as, params.aab)`,
		`text.split(params.blanks)`,
		`text.trim(params.blanks)`,
		`text.trim(params.as, "a")`,
		`text.trim("b" .. params.as, "a")`,
		`text.replace(params.as, "b", "c")`,
		`text.fill(params.as, {})`,
		`text.fill("{{a}}", {a = params.as})`,
		`hash.hmac_sha256(params.as, "text")`,
		`csv.encode({{params.quotes}})`,
		`params.as:find(params.aab, 1, true)`,
	} {
		if _, err := evaluate(t, runtime.Limits{Steps: 20_000}, params, expression); !errors.Is(err, &runtime.Error{Kind: runtime.Limit}) {
			t.Errorf("%s: ended with %v, want a limit", expression, err)
		}
	}
}

// The pieces in which long texts are read make no difference.
func TestLongTextsAreReadAsShortOnesAre(t *testing.T) {
	for _, n := range []int{0, 1, textPiece - 2, textPiece - 1, textPiece, textPiece + 1, 2*textPiece - 1, 2 * textPiece} {
		for _, character := range []string{"a", "é", "€", "\xc3", "\x80"} {
			text := strings.Repeat(character, n)
			params := map[string]any{"text": text, "framed": text + "x " + text + "y" + text, "character": character, "blanks": strings.Repeat("\u2003", n)}
			for expression, want := range map[string]any{
				`text.trim(params.framed, params.character)`:                  "x " + text + "y",
				`text.trim(params.text, params.character)`:                    "",
				`text.trim(params.blanks .. "x" .. params.blanks)`:            "x",
				`text.contains(params.framed, params.text .. "y")`:            true,
				`text.contains(params.framed, params.text .. "z")`:            false,
				`#text.split(params.framed, params.text .. "y")`:              2.0,
				`text.replace(params.framed, "y" .. params.text, "z")`:        text + "x " + text + "z",
				`text.fill(params.text .. "{{ a }}" .. params.text, {a = 1})`: text + "1" + text,
			} {
				if got, err := evaluate(t, runtime.Limits{}, params, expression); err != nil || got != want {
					t.Errorf("%s of %d times %q is wrong (%v)", expression, n, character, err)
				}
			}
		}
	}
	if got, err := evaluate(t, runtime.Limits{}, map[string]any{"key": strings.Repeat("k", 100)}, `hash.hmac_sha256(params.key, "text")`); err != nil ||
		got != "5964a5c58b736800917a8e85cf03892e9ab8a997a15175b1d876119624a9b699" {
		t.Errorf("the signature is %v, %v", got, err)
	}
}

// Where a long text makes no sense it is refused, before anything goes through it.
func TestTextsThatMakeNoSenseAreRefused(t *testing.T) {
	const long = `("x"):rep(2e6)`
	for call, want := range map[string]string{
		`time.parse(` + long + `)`:     `parameter "text": expected at most 100 bytes, got 2000000`,
		`time.sleep(("1"):rep(101))`:   `parameter "duration": expected a duration such as`,
		`fs.read(` + long + `)`:        `parameter "path": expected at most 4096 bytes`,
		`fs.list(` + long + `)`:        `parameter "path": expected at most 4096 bytes`,
		`env.get(` + long + `)`:        `parameter "name": expected at most 1000 bytes`,
		`http.get(` + long + `)`:       `parameter "url": expected at most 65536 bytes`,
		`text.trim("x", ` + long + `)`: `parameter "characters": expected at most 1000 bytes`,
	} {
		refused(t, call, runtime.Usage, want)
	}
	refused(t, `toml.encode({a = `+long+`})`, runtime.BadRequest, "a text has more than the 1 MiB that are written")
	refused(t, `csv.encode({{("x"):rep(2e7)}})`, runtime.BadRequest, "row 1: a cell has 20000000 bytes, more than the 16 MiB that are written")
	refused(t, `csv.encode({{}}, {("x"):rep(2e7)})`, runtime.BadRequest, "the header: a cell has 20000000 bytes")
	refused(t, `text.fill("{{" .. `+long+` .. "}}", {})`, runtime.BadRequest, "there is no field for the place {{"+strings.Repeat("x", 100)+"…}}")
}
