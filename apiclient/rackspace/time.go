package rackspace

import (
	"encoding/json"
	"time"
)

// A Time is a moment as the service writes it: an XML-Schema date-time with an offset, and
// sometimes milliseconds (spec, section 3). A text that is no date-time is the zero Time; the
// entity's Raw still has it.
type Time struct{ time.Time }

// UnmarshalJSON reads a date-time.
func (t *Time) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return nil
	}
	if parsed, ok := parseTime(s); ok {
		t.Time = parsed
	}
	return nil
}

func parseTime(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
