package layout

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime/internal/luajson"
	lua "github.com/yuin/gopher-lua"
)

var update = flag.Bool("update", false, "write what Format gives into the golden files")

var widthLine = regexp.MustCompile(`^-- width (\d+)`)

// types are what the scripts in testdata can make with row(type, json).
var types = map[string]TypeInfo{
	"server": {Name: "server", Columns: []string{"id", "name", "status", "image", "addresses.public", "metadata"}, Secrets: []string{"adminPass"}},
}

// TestFormat lays out what each testdata/*.lua returns and compares with the
// golden file beside it. A first line "-- width N" sets the width.
func TestFormat(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.lua")
	if len(files) == 0 {
		t.Fatal("no scripts")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			L := lua.NewState()
			defer L.Close()
			codec := luajson.NewCodec(L, luajson.Options{})
			for name := range types {
				codec.Define(luajson.Type{Name: name, IDs: []string{"id"}})
			}
			L.SetGlobal("row", L.NewFunction(func(L *lua.LState) int {
				row, err := codec.Row(L.CheckString(1), []byte(L.CheckString(2)))
				if err != nil {
					L.RaiseError("%v", err)
				}
				L.Push(row)
				return 1
			}))
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := L.DoString(string(src)); err != nil {
				t.Fatal(err)
			}
			opts := Options{
				Quote: true,
				Text: func(v lua.LValue) string {
					if v.Type() == lua.LTFunction {
						return "function"
					}
					return v.String()
				},
				Type: func(t *lua.LTable) TypeInfo {
					if info, ok := types[codec.TypeOf(t)]; ok {
						return info
					}
					return TypeInfo{Secrets: types["server"].Secrets}
				},
			}
			if m := widthLine.FindStringSubmatch(string(src)); m != nil {
				opts.Width, _ = strconv.Atoi(m[1])
			}
			var got strings.Builder
			for i := 1; i <= L.GetTop(); i++ {
				got.WriteString(Format(L.Get(i), opts) + "\n")
			}
			for _, line := range strings.Split(got.String(), "\n") {
				if opts.Width > 0 && width(line) > opts.Width && !strings.HasPrefix(line, "(not shown") {
					t.Errorf("a line is wider than %d: %s", opts.Width, line)
				}
			}
			golden := strings.TrimSuffix(file, ".lua") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
}

func TestTextAtTheTopIsBareUnlessQuoted(t *testing.T) {
	o := Options{Text: func(v lua.LValue) string { return v.String() }}
	if got := Format(lua.LString("a\nb\x1b"), o); got != "a\nb\x1b" {
		t.Errorf("got %q", got)
	}
}

func TestTruncateKeepsCharactersWhole(t *testing.T) {
	for _, tt := range []struct {
		text    string
		columns int
		want    string
	}{
		{"plain", 5, "plain"}, {"plain", 4, "pla…"}, {"世界人", 5, "世界…"}, {"世界人", 6, "世界人"},
		{"e\u0301a\u0301o", 2, "e\u0301…"}, {"👩‍👩‍👧x", 2, "…"}, {"x", 0, "x"},
	} {
		if got := truncate(tt.text, tt.columns); got != tt.want {
			t.Errorf("%q to %d columns: got %q, want %q", tt.text, tt.columns, got, tt.want)
		}
	}
}
