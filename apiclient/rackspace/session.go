package rackspace

import (
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A Session is what one log-in gave: a token and the URLs that go with it. It does not
// change; a renewal makes another one.
type Session struct {
	Username string
	AuthURL  string
	Token    apiclient.Secret

	// The base URLs of the account's services, without a trailing slash; "" for a service
	// that the account lacks.
	ManagementURL string // Cloud Servers
	StorageURL    string // Cloud Files
	CDNURL        string

	Issued  time.Time // when the answer came
	Expires time.Time // as the service said, or after 24 hours
}

// window says when a session is to be renewed: from advised on by one caller while the
// others go on, from required on by all.
type window struct{ advised, required time.Time }

// window scales with the life that is left, because services hand out a token with whatever
// is left of it, be it seconds (auth spec, section 3, token reuse).
func (s *Session) window(advisory, mandatory time.Duration) window {
	life := s.Expires.Sub(s.Issued)
	return window{
		advised:  s.Expires.Add(-min(advisory, life/5)),
		required: s.Expires.Add(-min(mandatory, life/20)),
	}
}
