package strftime

import (
	"strconv"
	"time"
)

// MaxExpansion bounds the growth of a format: Append writes at most this many
// bytes for each byte of it. The longest is %c, with a year of nine digits and a
// zone name for %Z.
const MaxExpansion = 32

// Append appends t as the format asks. A conversion that C does not have is
// copied.
func Append(dst []byte, format string, t time.Time) []byte {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			dst = append(dst, format[i])
			continue
		}
		i++
		dst = appendConversion(dst, format[i], t)
	}
	return dst
}

func appendConversion(dst []byte, c byte, t time.Time) []byte {
	switch c {
	case 'a':
		return append(dst, t.Weekday().String()[:3]...)
	case 'A':
		return append(dst, t.Weekday().String()...)
	case 'b', 'h':
		return append(dst, t.Month().String()[:3]...)
	case 'B':
		return append(dst, t.Month().String()...)
	case 'c':
		return Append(dst, "%a %b %e %H:%M:%S %Y", t)
	case 'C':
		return padded(dst, floorDiv(t.Year(), 100), 2, '0')
	case 'd':
		return padded(dst, t.Day(), 2, '0')
	case 'D', 'x':
		return Append(dst, "%m/%d/%y", t)
	case 'e':
		return padded(dst, t.Day(), 2, ' ')
	case 'F':
		return Append(dst, "%Y-%m-%d", t)
	case 'n':
		return append(dst, '\n')
	case 't':
		return append(dst, '\t')
	case 'y':
		return padded(dst, t.Year()-100*floorDiv(t.Year(), 100), 2, '0')
	case 'Y':
		return strconv.AppendInt(dst, int64(t.Year()), 10)
	case 'm':
		return padded(dst, int(t.Month()), 2, '0')
	case '%':
		return append(dst, '%')
	case 'j', 'u', 'w', 'U', 'W', 'V', 'g', 'G':
		return appendCount(dst, c, t)
	}
	return appendClock(dst, c, t)
}

// appendCount appends the numbers of days and weeks.
func appendCount(dst []byte, c byte, t time.Time) []byte {
	weekday := int(t.Weekday())
	isoYear, isoWeek := t.ISOWeek()
	switch c {
	case 'j':
		return padded(dst, t.YearDay(), 3, '0')
	case 'u':
		return padded(dst, (weekday+6)%7+1, 1, '0')
	case 'w':
		return padded(dst, weekday, 1, '0')
	case 'U':
		return padded(dst, (t.YearDay()+6-weekday)/7, 2, '0')
	case 'W':
		return padded(dst, (t.YearDay()+6-(weekday+6)%7)/7, 2, '0')
	case 'V':
		return padded(dst, isoWeek, 2, '0')
	case 'g':
		return padded(dst, isoYear-100*floorDiv(isoYear, 100), 2, '0')
	}
	return strconv.AppendInt(dst, int64(isoYear), 10)
}

// appendClock appends the parts of the day, and the zone.
func appendClock(dst []byte, c byte, t time.Time) []byte {
	hour12 := (t.Hour()+11)%12 + 1
	half := "AM"
	if t.Hour() >= 12 {
		half = "PM"
	}
	switch c {
	case 'H':
		return padded(dst, t.Hour(), 2, '0')
	case 'k':
		return padded(dst, t.Hour(), 2, ' ')
	case 'I':
		return padded(dst, hour12, 2, '0')
	case 'l':
		return padded(dst, hour12, 2, ' ')
	case 'M':
		return padded(dst, t.Minute(), 2, '0')
	case 'p':
		return append(dst, half...)
	case 'P':
		return append(dst, half[0]|0x20, 'm')
	case 'r':
		return Append(dst, "%I:%M:%S %p", t)
	case 'R':
		return Append(dst, "%H:%M", t)
	case 's':
		return strconv.AppendInt(dst, t.Unix(), 10)
	case 'S':
		return padded(dst, t.Second(), 2, '0')
	case 'T', 'X':
		return Append(dst, "%H:%M:%S", t)
	case 'z':
		return t.AppendFormat(dst, "-0700")
	case 'Z':
		name, _ := t.Zone()
		return append(dst, name...)
	}
	return append(dst, '%', c)
}

// padded appends a number that is at least width wide.
func padded(dst []byte, n, width int, fill byte) []byte {
	var buf [20]byte
	digits := strconv.AppendInt(buf[:0], int64(n), 10)
	for i := len(digits); i < width; i++ {
		dst = append(dst, fill)
	}
	return append(dst, digits...)
}

// floorDiv divides towards minus infinity, for years before 0.
func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
