package layout

import (
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

func TestBrief(t *testing.T) {
	options := Options{
		Text: func(v lua.LValue) string { return v.String() },
		Type: func(*lua.LTable) TypeInfo { return TypeInfo{Secrets: []string{"adminPass"}} },
	}
	for source, want := range map[string]string{
		`return 3`:                         `3`,
		`return nil`:                       `nil`,
		`return "a\"b\n"`:                  `"a\"b\n"`,
		`return {}`:                        `{}`,
		`return {1, "two", name = "web1"}`: `{1, "two", name = "web1"}`,
		`return {[5] = true, ["a b"] = 1}`: `{[5] = true, ["a b"] = 1}`,
		`return {{{{1}}}}`:                 `{{{{…}}}}`,
		`local t = {} t.t = t return t`:    `{t = <cycle>}`,
		`return {adminPass = "hunter2"}`:   `{adminPass = "[secret]"}`,
		`return ("x"):rep(1e6)`:            `"` + strings.Repeat("x", 59) + `…"`,
		`return {[("k"):rep(1e6)] = 1}`:    `{["` + strings.Repeat("k", 59) + `…"] = 1}`,
		`local t = {} for i = 1, 1e5 do t[i] = 7 end return t`: `{` + strings.Repeat("7, ", 14) + `…}`,
	} {
		L := lua.NewState()
		defer L.Close()
		if err := L.DoString(source); err != nil {
			t.Fatal(err)
		}
		if got := Brief(L.Get(-1), options, 40); got != want {
			t.Errorf("%s\n%s\nwant %s", source, got, want)
		}
	}
}
