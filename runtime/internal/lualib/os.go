package lualib

import (
	"math"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/lualib/strftime"
)

// The functions of os that ask for nothing but the time. The host grants others
// (Config.Extra).
func osFunctions() []Function {
	return []Function{
		{"os.clock", osClock},
		{"os.date", osDate},
		{"os.difftime", osDifftime},
		{"os.time", osTime},
	}
}

func osClock(L *lua.LState) int {
	return pushNumber(L, instanceOf(L).host.CPU(L).Seconds())
}

func osDifftime(L *lua.LState) int {
	end := numberArgument(L, "difftime", 1)
	if L.Get(2) == lua.LNil {
		return pushNumber(L, end)
	}
	return pushNumber(L, end-numberArgument(L, "difftime", 2))
}

// greenwich is UTC under the name that C gives it.
var greenwich = time.FixedZone("GMT", 0)

// maxSeconds bounds times to years of nine digits.
const maxSeconds = 1 << 54

func osDate(L *lua.LState) int {
	format := optionalString(L, "date", 1, "%c")
	in := instanceOf(L)
	t := in.host.Now(L)
	if L.Get(2) != lua.LNil {
		seconds := numberArgument(L, "date", 2)
		if !(math.Abs(seconds) <= maxSeconds) {
			argumentError(L, "date", 2, "time out of range")
		}
		t = time.Unix(int64(math.Floor(seconds)), 0).In(t.Location())
	}
	if strings.HasPrefix(format, "!") {
		format, t = format[1:], t.In(greenwich)
	}
	if strings.HasPrefix(format, "*t") {
		L.Push(dateTable(L, t))
		return 1
	}
	out := in.take(L)
	for format != "" {
		// A conversion makes at most some dozen bytes of two.
		chunk := format[:min(len(format), 1<<10)]
		if strings.HasSuffix(chunk, "%") && len(chunk) < len(format) {
			chunk = format[:len(chunk)+1]
		}
		out.grow(len(chunk) * strftime.MaxExpansion)
		in.charge(L, len(chunk), 1)
		out.bytes = strftime.Append(out.bytes, chunk, t)
		format = format[len(chunk):]
	}
	return pushString(L, out.finish())
}

func dateTable(L *lua.LState, t time.Time) *lua.LTable {
	fields := L.CreateTable(0, 9)
	for _, f := range []struct {
		name  string
		value int
	}{
		{"sec", t.Second()},
		{"min", t.Minute()},
		{"hour", t.Hour()},
		{"day", t.Day()},
		{"month", int(t.Month())},
		{"year", t.Year()},
		{"wday", int(t.Weekday()) + 1},
		{"yday", t.YearDay()},
	} {
		fields.RawSetString(f.name, intValue(f.value))
	}
	fields.RawSetString("isdst", lua.LBool(t.IsDST()))
	return fields
}
