package apiclient

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// Redacted is what stands where a secret stood.
const Redacted = "[redacted]"

// A Secret is a key, a token or a password. It renders as [redacted] under every
// verb of fmt, in JSON, as text and in slog; Reveal gives the text itself. An empty
// Secret renders as nothing, so that "no key" can be told from "a key". Do not make it the
// key of a map that is written as JSON: encoding/json writes such keys without asking.
type Secret string

// Reveal returns the secret's text, to be sent to the service and nowhere else.
func (s Secret) Reveal() string { return string(s) }

// String returns the redacted form.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return Redacted
}

// Format writes the redacted form whatever the verb and flags are.
func (s Secret) Format(f fmt.State, verb rune) {
	text := s.String()
	if verb == 'q' || verb == 'v' && f.Flag('#') {
		text = fmt.Sprintf("%q", text)
	}
	_, _ = io.WriteString(f, text)
}

// MarshalText returns the redacted form.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalJSON returns the redacted form as a JSON string.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// LogValue returns the redacted form.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
