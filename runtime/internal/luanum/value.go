package luanum

import lua "github.com/yuin/gopher-lua"

// Of is the number that a value is or, as text, stands for.
func Of(v lua.LValue) (float64, bool) {
	switch v := v.(type) {
	case lua.LNumber:
		return float64(v), true
	case lua.LString:
		return Parse(string(v))
	}
	return 0, false
}
