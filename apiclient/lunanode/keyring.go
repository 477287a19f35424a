package lunanode

import (
	"context"
	"sync/atomic"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A keyring keeps the credentials that were read last, and sees to it that what
// others say about them is redacted.
type keyring struct {
	source  CredentialSource
	redact  *apiclient.Redactor
	reading chan struct{} // holds one token: a lock whose waiters mind their context
	current atomic.Pointer[Credentials]
}

func newKeyring(source CredentialSource, redact *apiclient.Redactor) *keyring {
	return &keyring{source: source, redact: redact, reading: make(chan struct{}, 1)}
}

// get returns the credentials in use. Those that equal refused are read anew
// first, from where the source finds them now.
func (k *keyring) get(ctx context.Context, refused *Credentials) (Credentials, error) {
	if found := k.usable(refused); found != nil {
		return *found, nil
	}
	select {
	case k.reading <- struct{}{}:
		defer func() { <-k.reading }()
	case <-ctx.Done():
		return Credentials{}, context.Cause(ctx)
	}
	if found := k.usable(refused); found != nil {
		return *found, nil
	}
	found, err := k.source.Credentials(ctx)
	if err != nil {
		return Credentials{}, err
	}
	k.learn(found.APIKey)
	if e := found.check(); e != nil {
		return Credentials{}, e
	}
	k.current.Store(&found)
	return found, nil
}

// usable are the credentials at hand, nil if there are none or if they are the
// refused ones.
func (k *keyring) usable(refused *Credentials) *Credentials {
	found := k.current.Load()
	if found == nil || refused != nil && *found == *refused {
		return nil
	}
	return found
}

// learn learns a key and its halves, of which the first travels in every request.
func (k *keyring) learn(key apiclient.Secret) {
	half := len(key) / 2
	k.redact.LearnKey(key, key[:half], key[half:])
}
