package bindings

import (
	"errors"
	"fmt"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/runtime"
)

// failure is a client's error as scripts see it. The texts were redacted where the
// client built them. An error that no client built is a defect of the host.
func failure(err error) *runtime.Error {
	var e *apiclient.Error
	if !errors.As(err, &e) {
		return runtime.Errorf(runtime.Internal, "%w", err)
	}
	message := e.Summary()
	if message == "" {
		message = string(e.Kind)
	}
	if e.Attempts > 1 {
		message += fmt.Sprintf(" (after %d attempts)", e.Attempts)
	}
	hint := e.Hint
	if hint == "" && e.Kind == apiclient.KindUnreachable {
		hint = "is the network up, and is the configured address right?"
	}
	return &runtime.Error{
		Kind:       kindOf(e.Kind),
		Message:    message,
		Status:     e.Status,
		RetryAfter: e.RetryAfter,
		RequestID:  e.RequestID,
		Details:    e.Details,
		Hint:       hint,
		Cause:      err,
	}
}

// kindOf is a client's kind in the runtime's words, which are fewer.
func kindOf(kind apiclient.Kind) runtime.Kind {
	switch kind {
	case apiclient.KindServerError:
		return runtime.Unavailable
	case apiclient.KindTooLarge, apiclient.KindRedirected:
		return runtime.BadAnswer
	case apiclient.KindNotImplemented:
		return runtime.BadRequest
	}
	// The others have the same names, and so has the kind of missing credentials.
	return runtime.Kind(kind)
}
