package cloudservers

import (
	"encoding/xml"
	"time"
)

type limitsView struct {
	Rate     rateViews     `json:"rate" xml:"rate"`
	Absolute absoluteViews `json:"absolute" xml:"absolute"`
}

type rateView struct {
	Verb      string `json:"verb" xml:"verb,attr"`
	URI       string `json:"URI" xml:"URI,attr"`
	Regex     string `json:"regex" xml:"regex,attr"`
	Value     int    `json:"value" xml:"value,attr"`
	Remaining int    `json:"remaining" xml:"remaining,attr"`
	Unit      string `json:"unit" xml:"unit,attr"`
	ResetTime int64  `json:"resetTime" xml:"resetTime,attr"`
}

// rateViews is the rate limits; never nil.
type rateViews []rateView

// MarshalXML writes <rate><limit …/></rate>.
func (v rateViews) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return e.EncodeElement(struct {
		Limit []rateView `xml:"limit"`
	}{v}, start)
}

type absoluteViews struct {
	MaxTotalRAMSize   int `json:"maxTotalRAMSize"`
	MaxIPGroups       int `json:"maxIPGroups"`
	MaxIPGroupMembers int `json:"maxIPGroupMembers"`
}

// MarshalXML writes <absolute><limit name="…" value="…"/></absolute>.
func (v absoluteViews) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	type limit struct {
		Name  string `xml:"name,attr"`
		Value int    `xml:"value,attr"`
	}
	return e.EncodeElement(struct {
		Limit []limit `xml:"limit"`
	}{[]limit{
		{"maxTotalRAMSize", v.MaxTotalRAMSize},
		{"maxIPGroups", v.MaxIPGroups},
		{"maxIPGroupMembers", v.MaxIPGroupMembers},
	}}, start)
}

func (s *Service) getLimits(q *request) (answer, *fault) {
	return found("limits", limitsView{
		Rate:     s.rates.views(q.now),
		Absolute: absoluteViews(s.limits),
	}, time.Time{}), nil
}
