package cloudservers

import (
	"net/http"
	"time"
)

type versionView struct {
	ID     string `json:"id" xml:"id,attr"`
	Status string `json:"status" xml:"status,attr"`
	DocURL string `json:"docURL,omitempty" xml:"docURL,attr,omitempty"`
	WADL   string `json:"wadl,omitempty" xml:"wadl,attr,omitempty"`
}

// versions and version need no token (section 2).
func (s *Service) versions(r *http.Request) (answer, *fault) {
	if r.Method != http.MethodGet {
		return answer{}, badMethod(r.Method, "/", http.MethodGet)
	}
	a := list("versions", "version", []versionView{{ID: "v1.0", Status: "CURRENT"}}, time.Time{})
	a.at = s.clock.Now()
	return a, nil
}

func (s *Service) version(r *http.Request) (answer, *fault) {
	if r.Method != http.MethodGet {
		return answer{}, badMethod(r.Method, versionPath, http.MethodGet)
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	base := scheme + r.Host + versionPath + "/"
	a := found("version", versionView{ID: "v1.0", Status: "CURRENT",
		DocURL: base + "cs-devguide.pdf", WADL: base + "application.wadl"}, time.Time{})
	a.at = s.clock.Now()
	return a, nil
}
