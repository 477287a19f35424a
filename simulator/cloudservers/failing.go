package cloudservers

import (
	"context"
	"net/http"
)

type failingKey struct{}

// Failing marks a request so that what it begins ends badly: a build or rebuild
// in ERROR, a resize back in ACTIVE with the old flavor, an image in FAILED. The
// request itself is answered as usual.
func Failing(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), failingKey{}, true))
}

func failing(r *http.Request) bool { return r.Context().Value(failingKey{}) != nil }
