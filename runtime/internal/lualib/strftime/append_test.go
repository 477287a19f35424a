package strftime

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"
)

const all = "%a|%A|%b|%B|%c|%C|%d|%D|%e|%F|%g|%G|%h|%H|%I|%j|%k|%l|%m|%M|%n|%p|%P|%r|%R|%s|%S|%t|%T|%u|%U|%V|%w|%W|%x|%X|%y|%Y|%z|%Z|%%|%Q|%"

// The times and what C's strftime gives for all conversions.
var recorded = []struct {
	seconds int64
	want    string
}{
	{0, "Thu|Thursday|Jan|January|Thu Jan  1 00:00:00 1970|19|01|01/01/70| 1|1970-01-01|70|1970|Jan|00|12|001| 0|12|01|00|\n|AM|am|12:00:00 AM|00:00|0|00|\t|00:00:00|4|00|01|4|00|01/01/70|00:00:00|70|1970|+0000|UTC|%|%Q|%"},
	{1234567890, "Fri|Friday|Feb|February|Fri Feb 13 23:31:30 2009|20|13|02/13/09|13|2009-02-13|09|2009|Feb|23|11|044|23|11|02|31|\n|PM|pm|11:31:30 PM|23:31|1234567890|30|\t|23:31:30|5|06|07|5|06|02/13/09|23:31:30|09|2009|+0000|UTC|%|%Q|%"},
	{1230768000 - 43200, "Wed|Wednesday|Dec|December|Wed Dec 31 12:00:00 2008|20|31|12/31/08|31|2008-12-31|09|2009|Dec|12|12|366|12|12|12|00|\n|PM|pm|12:00:00 PM|12:00|1230724800|00|\t|12:00:00|3|52|01|3|52|12/31/08|12:00:00|08|2008|+0000|UTC|%|%Q|%"},
}

func TestAppend(t *testing.T) {
	for _, tt := range recorded {
		if got := string(Append(nil, all, time.Unix(tt.seconds, 0).UTC())); got != tt.want {
			t.Errorf("%d:\n got %q\nwant %q", tt.seconds, got, tt.want)
		}
	}
}

// TestAppendAgainstDate compares many days with the date command, which formats
// with C's strftime.
func TestAppendAgainstDate(t *testing.T) {
	if _, err := exec.LookPath("date"); err != nil {
		t.Skip("no date command")
	}
	var input strings.Builder
	var days []int64
	for s := int64(-1e9); s < 3e9; s += 86400*97 + 12345 {
		days = append(days, s)
		fmt.Fprintf(&input, "@%d\n", s)
	}
	const format = "%a %A %b %B %C %d %D %e %F %g %G %H %I %j %k %l %m %M %p %P %r %R %s %S %T %u %U %V %w %W %y %Y %z"
	cmd := exec.Command("date", "-u", "-f", "-", "+"+format)
	cmd.Env = []string{"LC_ALL=C"}
	cmd.Stdin = strings.NewReader(input.String())
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("this date command is not GNU's: %v", err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i, s := range days {
		if got := string(Append(nil, format, time.Unix(s, 0).UTC())); got != lines[i] {
			t.Errorf("%d:\n got %s\nwant %s", s, got, lines[i])
		}
	}
}

func TestZonesAndFarYears(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	for _, tt := range []struct {
		t            time.Time
		format, want string
	}{
		{time.Date(2026, 3, 9, 1, 2, 3, 0, zone), "%H %z %Z", "01 +0100 CET"},
		{time.Date(-44, 3, 15, 0, 0, 0, 0, time.UTC), "%Y %C %y", "-44 -1 56"},
		{time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC), "%Y-%m %C", "12026-01 120"},
	} {
		if got := string(Append(nil, tt.format, tt.t)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.format, got, tt.want)
		}
	}
}

func TestMaxExpansion(t *testing.T) {
	longest := time.Date(999999999, time.September, 30, 23, 59, 59, 0, time.FixedZone("+1234567890", 13*3600))
	for c := range 256 {
		format := "%" + string([]byte{byte(c)})
		if got := Append(nil, format, longest); len(got) > len(format)*MaxExpansion {
			t.Errorf("%s grows to %d bytes", format, len(got))
		}
	}
}
