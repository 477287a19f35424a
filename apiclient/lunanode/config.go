package lunanode

import (
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
)

// DefaultBaseURL is the public service.
const DefaultBaseURL = "https://dynamic.lunanode.com/api"

// Config shapes a Client. Credentials is required; the zero value of the rest is
// the default.
type Config struct {
	Credentials CredentialSource

	BaseURL string // where credentials name no place; default DefaultBaseURL
	HTTP    apiclient.TransportOptions
	Retry   apiclient.RetryPolicy
	Limiter apiclient.Limiter // none is documented, none is the default
	Clock   clock.Clock       // default clock.System; nonces come from it
	Trace   apiclient.Tracer
	Pauses  apiclient.PauseObserver

	// Redactor removes secrets from everything that leaves the client. Give one to share
	// what it learns with another client, or with a log of the program's own.
	Redactor *apiclient.Redactor
}

// idleConnections is how long a connection without a call is kept. One client
// had to give up reuse because calls failed after idle periods while it polled
// every five seconds (spec section 8): a burst shares connections, a poll does
// not. A connection that dies all the same never makes a mutating call repeat.
const idleConnections = 2 * time.Second
