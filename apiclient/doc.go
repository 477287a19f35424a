// Package apiclient is what the clients of both clouds share: the request path,
// its errors, its retries and the care for secrets. It knows no cloud; those are
// apiclient/rackspace and apiclient/lunanode.
//
// # The request path
//
// A call is a Request that passes a chain of Handlers and comes back as a Response
// or as an *Error. Each link is one small file; a cloud assembles them in one
// function, from the outside to the inside:
//
//	Traced       one Event per call, however many attempts it took
//	Observed     tells of pauses while they last
//	Reconciled   finds out what became of a create whose answer was lost
//	Retried      repeats what may be repeated, waits on the clock
//	Limited      waits until a call may be sent, so that the server need not refuse it
//	auth or sign the cloud's own link: it runs for each attempt, after all waiting,
//	             so that a token or a nonce is never older than the attempt
//	Answered     the cloud's own reading of an answer: which one is a failure, which
//	             Kind it has
//	Transport    one HTTP exchange: written-or-not, timeouts, size cap, no redirects
//
// # What is repeated
//
// Retried decides by Request.Effect and Request.Idempotent, never by HTTP method:
//
//   - Refused for the rate (413 that says when, or 429 or 403 anyhow): any call, after the wait that the
//     server asked for and as often as the context allows, because a refused call was not
//     carried out. Without a time the waits grow to RetryPolicy.MaxDelay and no further. A
//     PauseObserver hears of them. A wait longer than RetryPolicy.MaxRetryAfter is an error
//     at once, unless the context has a time limit of the clock's that leaves room for it. A 413
//     without a time is an absolute limit and fails at once.
//   - Never written to the connection (refused, no route, an idle connection that turned
//     out closed): any call, up to RetryPolicy.MaxAttempts.
//   - Connection lost, no answer in time, 500, 502, 503, 504: reads and idempotent calls,
//     up to RetryPolicy.MaxAttempts and while the Quota lasts.
//   - A create or another call that is not idempotent, once it may have reached the server,
//     is never blindly repeated. Where Request.Look can find what it would have made,
//     Reconciled adopts that, or makes the call again when there is nothing. Else the call
//     fails with KindOutcomeUnknown, and the error's Hint says what to look at.
//   - All else fails at once.
//
// A RateLimiter as the Limiter of Limited keeps most calls from being refused at all: it starts
// from the limits that the service states, learns from refusals, lets calls that wait go in
// their order, and says in errors and events that it was the one who held a call back.
//
// Waits are full-jitter exponential back-off on the clock.Clock that the client was given,
// and end with the context. A Quota, shared by all calls to one endpoint, stops retries when
// most of them fail, so that a dying service is not hit several times as hard.
//
// # Time
//
// Waits between attempts use the client's clock, which may be virtual. The timeouts
// of one HTTP exchange use the machine's time, because the network does.
//
// # Secrets
//
// A Secret never renders its text. A Redactor removes learnt secret values and the values
// of sensitive fields from any text that leaves; errors and trace events pass it where they
// are built.
package apiclient
