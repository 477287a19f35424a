package apiclient

import "net/http"

// A Kind says what sort of failure an Error is. It is itself an error, so that
// errors.Is(err, apiclient.KindNotFound) asks for it.
type Kind string

const (
	KindUnauthorized   Kind = "unauthorized"    // the credentials or the token were refused
	KindCredentials    Kind = "credentials"     // missing or unusable on this machine; nothing was sent
	KindForbidden      Kind = "forbidden"       // known, and not allowed to do this
	KindNotFound       Kind = "not_found"       // no such thing, or no longer
	KindBadRequest     Kind = "bad_request"     // the call is wrong as it stands; repeating it is no use
	KindConflict       Kind = "conflict"        // the thing's present state does not allow it; later it may
	KindOverLimit      Kind = "over_limit"      // a rate limit (RetryAfter says when) or an absolute one
	KindTooLarge       Kind = "too_large"       // an answer beyond the size cap
	KindServerError    Kind = "server_error"    // the service failed inside (500)
	KindUnavailable    Kind = "unavailable"     // the service, or room in it, is away for now (502, 503, 504)
	KindNotImplemented Kind = "not_implemented" // the service does not know the operation (501)
	KindTimeout        Kind = "timeout"         // no answer in time, or the caller's deadline came
	KindCancelled      Kind = "cancelled"       // the caller gave up, or the client was closed
	KindUnreachable    Kind = "unreachable"     // no connection, or it broke
	KindRedirected     Kind = "redirected"      // the server pointed elsewhere; credentials do not follow
	KindBadAnswer      Kind = "bad_answer"      // an answer that is not what the API promises
	KindFailed         Kind = "failed"          // what was waited for ended in a state from which it cannot come about
	KindNotRecorded    Kind = "not_recorded"    // a replay has no answer to the call
	KindOutcomeUnknown Kind = "outcome_unknown" // sent, and lost sight of: it may or may not have happened
)

// Error returns the kind's name.
func (k Kind) Error() string { return string(k) }

// KindOfStatus is the kind of an HTTP status when nothing better is known. It is
// KindBadAnswer for a status that is no failure.
func KindOfStatus(status int) Kind {
	switch status {
	case http.StatusUnauthorized:
		return KindUnauthorized
	case http.StatusForbidden:
		return KindForbidden
	case http.StatusNotFound, http.StatusGone:
		return KindNotFound
	case http.StatusConflict:
		return KindConflict
	case http.StatusRequestEntityTooLarge, http.StatusTooManyRequests:
		return KindOverLimit
	case http.StatusRequestTimeout:
		return KindTimeout
	case http.StatusNotImplemented:
		return KindNotImplemented
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return KindUnavailable
	}
	switch {
	case status >= 500:
		return KindServerError
	case status >= 400:
		return KindBadRequest
	}
	return KindBadAnswer
}
