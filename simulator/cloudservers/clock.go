package cloudservers

import "time"

// Clock tells the service what time it is.
type Clock interface{ Now() time.Time }

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

// The real service's date-times carried the offset of US Central time (spec section 3):
// recorded are -06:00 in winter and -05:00 in summer.
var (
	centralStandard = time.FixedZone("", -6*60*60)
	centralDaylight = time.FixedZone("", -5*60*60)
)

// central is a moment in US Central time. The rule is that of 2007 and since, from two
// o'clock on the second Sunday of March to two o'clock on the first one of November; the
// machine's own zone data may be missing.
func central(t time.Time) time.Time {
	year := t.In(centralStandard).Year()
	begins := sunday(year, time.March, 2).Add(8 * time.Hour)
	ends := sunday(year, time.November, 1).Add(7 * time.Hour)
	if t.Before(begins) || !t.Before(ends) {
		return t.In(centralStandard)
	}
	return t.In(centralDaylight)
}

// sunday is the nth Sunday of a month, at midnight UTC.
func sunday(year int, month time.Month, n int) time.Time {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, (7-int(first.Weekday()))%7+7*(n-1))
}

// dateTime is an XML-Schema date-time as entities carry it.
func dateTime(t time.Time) string { return central(t).Format("2006-01-02T15:04:05-07:00") }
