package lualib

import (
	"testing"
	"time"
)

func berlin(t *testing.T) *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	return zone
}

func TestTimeIsTheHosts(t *testing.T) {
	expect(t, printed(t, newTestHost(), `
		print(os.time(), os.clock())
		print(os.date())
		print(os.date("!%c"), os.date("%c", 0))
		print(os.date("*t").hour, os.date("!*t").year)`),
		"1773065106\t1.5\nMon Mar  9 14:05:06 2026\nMon Mar  9 14:05:06 2026\tThu Jan  1 00:00:00 1970\n14\t2026\n")
}

func TestLocalTimeIsTheHosts(t *testing.T) {
	host := newTestHost()
	host.now = time.Date(2026, 7, 9, 14, 0, 0, 0, berlin(t))
	expect(t, printed(t, host, `
		print(os.date("%H %z %Z"), os.date("!%H %z %Z"))
		print(os.date("*t").isdst, os.date("*t", 0).isdst, os.date("*t", 0).hour)
		print(os.time{year = 2026, month = 7, day = 9, hour = 14}, os.time{year = 2026, month = 1, day = 9})`),
		"14 +0200 CEST\t12 +0000 GMT\ntrue\tfalse\t1\n1783598400\t1767956400\n")
}

// TestTimesThatComeTwice: 02:30 is before and after clocks go back.
func TestTimesThatComeTwice(t *testing.T) {
	host := newTestHost()
	host.now = time.Date(2026, 7, 9, 14, 0, 0, 0, berlin(t))
	expect(t, printed(t, host, `
		local first = os.time{year = 2026, month = 10, day = 25, hour = 2, min = 30, isdst = true}
		local second = os.time{year = 2026, month = 10, day = 25, hour = 2, min = 30, isdst = false}
		print(second - first, os.date("%H:%M %Z", first), os.date("%H:%M %Z", second))
		for t = first - 7200, second + 7200, 600 do assert(os.time(os.date("*t", t)) == t, t) end`),
		"3600\t02:30 CEST\t02:30 CET\n")
}

func TestDateAcrossChunks(t *testing.T) {
	for _, n := range []int{511, 512, 513, 1023, 1024} {
		host := newTestHost()
		L := newState(t, host)
		L.SetGlobal("n", intValue(n))
		if err := L.DoString(`local s = os.date(("x"):rep(n) .. ("%d"):rep(n)) print(s == ("x"):rep(n) .. ("09"):rep(n))`); err != nil {
			t.Fatal(err)
		}
		expect(t, host.printed.String(), "true\n")
	}
}
