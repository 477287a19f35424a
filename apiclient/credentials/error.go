package credentials

import (
	"errors"
	"fmt"

	"github.com/cloudscript/cloudscript/apiclient"
)

// Kind is the kind of every error of this package: credentials are missing on
// this machine, or cannot be used as they stand.
const Kind apiclient.Kind = "credentials"

// A problem is what is wrong with credentials, inside this package. It never
// quotes a value.
type problem struct {
	path    string // the file; "" if no file is to blame
	line    int    // in the file; 0 if no line is to blame
	message string
	hint    string // what to do
	cause   error
}

func (p problem) Error() string {
	switch {
	case p.path != "" && p.line > 0:
		return fmt.Sprintf("%s:%d: %s", p.path, p.line, p.message)
	case p.path != "":
		return fmt.Sprintf("%s: %s", p.path, p.message)
	}
	return p.message
}

func (p problem) Unwrap() error { return p.cause }

// public is the error as callers see it.
func public(err error) error {
	var p problem
	if !errors.As(err, &p) {
		return err
	}
	return &apiclient.Error{Kind: Kind, Message: p.Error(), Hint: p.hint, Cause: p.cause}
}
