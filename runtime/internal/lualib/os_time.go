package lualib

import (
	"math"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/cloudscript/cloudscript/runtime/internal/luanum"
)

// osTime returns whole seconds since 1970, of now or of a table of local time
// whose fields may be out of range ({month = 14}).
func osTime(L *lua.LState) int {
	now := instanceOf(L).host.Now(L)
	if L.Get(1) == lua.LNil {
		return pushNumber(L, float64(now.Unix()))
	}
	fields := tableArgument(L, "time", 1)
	sec := dateField(L, fields, "sec", 0)
	minute := dateField(L, fields, "min", 0)
	hour := dateField(L, fields, "hour", 12)
	day := dateField(L, fields, "day", required)
	month := dateField(L, fields, "month", required)
	year := dateField(L, fields, "year", required)
	t := time.Date(year, time.Month(month), day, hour, minute, sec, 0, now.Location())
	if isdst := L.GetField(fields, "isdst"); isdst != lua.LNil {
		t = chooseOffset(t, lua.LVAsBool(isdst))
	}
	return pushNumber(L, float64(t.Unix()))
}

// required marks a field of a date without which there is no date.
const required = math.MinInt

func dateField(L *lua.LState, fields *lua.LTable, name string, otherwise int) int {
	n, ok := luanum.Of(L.GetField(fields, name))
	if !ok {
		if otherwise == required {
			raise(L, "field '%s' missing in date table", name)
		}
		return otherwise
	}
	if !(math.Abs(n) < 1<<31) {
		raise(L, "field '%s' is out of range in date table", name)
	}
	return int(n)
}

// chooseOffset picks the instant that isdst asks for when clocks go back and a
// local time comes twice.
func chooseOffset(t time.Time, isDST bool) time.Time {
	if t.IsDST() == isDST {
		return t
	}
	for _, shift := range []time.Duration{time.Hour, -time.Hour} {
		other := t.Add(shift)
		if other.IsDST() == isDST && other.Hour() == t.Hour() && other.Minute() == t.Minute() {
			return other
		}
	}
	return t
}
