package rackspace

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/cloudscript/cloudscript/apiclient"
)

// Credentials open an account.
type Credentials struct {
	Username string
	APIKey   apiclient.Secret
	AuthURL  string // a URL, or the region where the account was opened: "us" or "uk"; "" is "us"

	// Origin says in a person's words where the key came from, such as "profile default in
	// /home/mira/.config/cloudscript/credentials.toml". Errors name it.
	Origin string
}

// A CredentialSource gives the credentials as they are now. A client asks when it logs in,
// and once more when they are refused. It must be safe for many goroutines.
type CredentialSource interface {
	Credentials(ctx context.Context) (Credentials, error)
}

// StaticCredentials are a CredentialSource that never changes.
type StaticCredentials Credentials

// Credentials returns the credentials themselves.
func (s StaticCredentials) Credentials(context.Context) (Credentials, error) {
	return Credentials(s), nil
}

// same reports whether the service would judge both alike.
func (c Credentials) same(other Credentials) bool {
	return c.Username == other.Username && c.APIKey == other.APIKey && c.AuthURL == other.AuthURL
}

// resolve checks the credentials and replaces a region by its URL. The errors say what is
// missing or cannot be sent, and never show the key.
func (c Credentials) resolve() (Credentials, error) {
	switch {
	case c.Username == "":
		return c, fmt.Errorf("the user name is missing%s", c.from())
	case c.APIKey == "":
		return c, fmt.Errorf("the API key is missing%s", c.from())
	case strings.ContainsFunc(c.Username, unicode.IsControl):
		return c, fmt.Errorf("the user name holds a line break or another control character%s", c.from())
	case strings.ContainsFunc(c.APIKey.Reveal(), unicode.IsControl):
		return c, fmt.Errorf("the API key holds a line break or another control character%s", c.from())
	}
	authURL, err := AuthURL(c.AuthURL)
	if err != nil {
		return c, fmt.Errorf("%w%s", err, c.from())
	}
	c.AuthURL = authURL
	return c, nil
}

func (c Credentials) from() string {
	if c.Origin == "" {
		return ""
	}
	return " (" + c.Origin + ")"
}
