package lunanode

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/english"
)

// kindCredentials is the kind of credentials that are missing or cannot be used as
// they stand, before anything is sent. It is package credentials' own, which
// imports this one.
const kindCredentials apiclient.Kind = "credentials"

const (
	idLength         = 16
	keyLength        = 128
	partialKeyLength = 64
)

// Credentials name an account and prove it.
type Credentials struct {
	APIID  string           // 16 characters
	APIKey apiclient.Secret // 128 characters, used as they stand

	// URL is the base of the API, everything before the category: "" is
	// Config.BaseURL.
	URL string

	// Origin says in human words where the key came from, such as "profile work in
	// /home/mira/.config/cloudscript/credentials.toml". It completes messages.
	Origin string
}

// A CredentialSource looks credentials up. It is asked before the first call and
// again after each authentication failure, so a key that was replaced where the
// source reads it takes effect in a running process. It is safe for many
// goroutines.
type CredentialSource interface {
	Credentials(ctx context.Context) (Credentials, error)
}

// StaticCredentials is a source that always has the same answer.
type StaticCredentials Credentials

// Credentials returns c.
func (c StaticCredentials) Credentials(context.Context) (Credentials, error) {
	return Credentials(c), nil
}

// partialKey is what every request carries so that the server can tell keys apart.
func (c Credentials) partialKey() apiclient.Secret { return c.APIKey[:partialKeyLength] }

// check refuses what the service would refuse, in words that name the mistake
// and never the key (spec section 2).
func (c Credentials) check() *apiclient.Error {
	bad := func(message, hint string) *apiclient.Error {
		if c.Origin != "" {
			hint += " (from " + c.Origin + ")"
		}
		return &apiclient.Error{Kind: kindCredentials, Message: message, Hint: hint}
	}
	id, key := c.APIID, c.APIKey.Reveal()
	const where = "copy it again from the API page of the control panel"
	switch {
	case id == "":
		return bad("there is no API id", where)
	case len(id) == keyLength && len(key) == idLength:
		return bad("the API id and the API key are exchanged", fmt.Sprintf("the id is the one with %d characters", idLength))
	case len(id) != idLength:
		return bad(fmt.Sprintf("the API id has %s, but an API id has exactly %d", english.Count(len(id), "character"), idLength), where)
	case key == "":
		return bad("there is no API key", where)
	case len(key) == partialKeyLength:
		return bad(fmt.Sprintf("the API key has %d characters: that is only the partial key, the first half of the %d", partialKeyLength, keyLength),
			"the whole key is needed to sign; "+where)
	case len(key) != keyLength:
		return bad(fmt.Sprintf("the API key has %s, but an API key has exactly %d", english.Count(len(key), "character"), keyLength), where)
	case strings.ContainsFunc(id+key, func(r rune) bool { return r <= ' ' || r > '~' }):
		return bad("the API id or key holds a character that is not plain ASCII, or a blank", where)
	case c.URL != "" && !isHTTP(c.URL):
		return bad(fmt.Sprintf("the API's address %q does not begin with https:// or http:// and a host", (&apiclient.Redactor{}).URL(c.URL)),
			"write it as in "+DefaultBaseURL)
	}
	return nil
}

func isHTTP(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}
