package cloudservers

import "time"

// Clock tells the service what time it is.
type Clock interface{ Now() time.Time }

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

// usCentral is the offset that the real service's date-times carried (spec
// section 3); without daylight saving, which no reader may depend on.
var usCentral = time.FixedZone("", -6*60*60)

// dateTime is an XML-Schema date-time as entities carry it.
func dateTime(t time.Time) string { return t.In(usCentral).Format("2006-01-02T15:04:05-07:00") }
