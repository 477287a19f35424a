package recording

import (
	"net/http"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// AroundWeb is Around for the requests that scripts make themselves. There a call is the method
// and the whole address with its host, and all headers of the answer are kept but for cookies.
func (r *Recorder) AroundWeb(next http.RoundTripper) http.RoundTripper {
	return &recorded{recorder: r, next: next, requestOf: webRequestOf, headerOf: webHeaderOf}
}

// Web answers the requests that AroundWeb recorded.
func (r *Replay) Web() http.RoundTripper { return replayedWeb{r} }

type replayedWeb struct{ *Replay }

func (r replayedWeb) RoundTrip(req *http.Request) (*http.Response, error) {
	return r.serve(req, webRequestOf)
}

// webRequestOf is a request of a script without its answer and without secrets.
func webRequestOf(req *http.Request, body []byte, redact *apiclient.Redactor) *exchange {
	if password, ok := req.URL.User.Password(); ok {
		redact.Learn(apiclient.Secret(password))
	}
	for name, values := range req.Header {
		if !secretHeader.MatchString(name) {
			continue
		}
		for _, value := range values {
			redact.Learn(apiclient.Secret(value))
			for word := range strings.FieldsSeq(value) { // "Bearer", and what follows it
				redact.Learn(apiclient.Secret(word))
			}
		}
	}
	e := &exchange{Call: "http " + req.Method + " " + redact.URL(req.URL.String()), Body: string(body)}
	learnMembers(e.Body, redact)
	e.Body = withoutSecrets(e.Body, redact)
	return e
}

// secretHeader are the names of headers that prove who asks.
var secretHeader = lazyregexp.New(`(?i)auth|token|secret|pass|cookie|key`)

func webHeaderOf(h http.Header, redact func(string) string) map[string][]string {
	kept := map[string][]string{}
	for name, values := range h {
		if secretHeader.MatchString(name) {
			continue
		}
		for _, value := range values {
			kept[name] = append(kept[name], redact(value))
		}
	}
	return kept
}
