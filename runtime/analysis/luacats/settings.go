package luacats

import "encoding/json"

// missing are the libraries that lua-language-server expects of LuaJIT and that
// scripts do not have.
var missing = []string{"bit", "debug", "ffi", "io", "jit", "jit.profile", "jit.util", "package", "string.buffer", "table.clear", "table.new", "utf8"}

// schema lets editors complete the settings themselves.
const schema = "https://raw.githubusercontent.com/LuaLS/vscode-lua/master/setting/schema.json"

// Settings is a project's .luarc.json. The library is the folder of the stubs,
// relative to the project.
func Settings(library string) string {
	s := map[string]any{"$schema": schema}
	for name, value := range settings(library) {
		s[name] = value
	}
	return indented(s)
}

// VSCodeSettings is the same as a .vscode/settings.json, for those who keep all
// settings there.
func VSCodeSettings(library string) string {
	s := map[string]any{}
	for name, value := range settings(library) {
		s["Lua."+name] = value
	}
	return indented(s)
}

// settings by name. Scripts are Lua 5.1 with goto, which the server calls LuaJIT.
func settings(library string) map[string]any {
	builtin := map[string]string{}
	for _, name := range missing {
		builtin[name] = "disable"
	}
	return map[string]any{
		"runtime.version":                "LuaJIT",
		"runtime.builtin":                builtin,
		"workspace.library":              []string{library},
		"workspace.checkThirdParty":      false,
		"diagnostics.unusedLocalExclude": []string{"_*"},
	}
}

func indented(v any) string {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil { // of strings only
		panic(err)
	}
	return string(text) + "\n"
}
