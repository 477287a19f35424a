package tokencache

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/internal/clock"
)

// Config says where sessions are kept. The zero value is the user's cache directory.
type Config struct {
	Dir   string      // "": cloudscript/sessions in os.UserCacheDir
	Clock clock.Clock // default clock.System; judges whether a token still lives
}

// A Cache is a rackspace.SessionCache in files. It is immutable and safe for many
// goroutines and processes.
type Cache struct {
	dir   string
	clock clock.Clock
}

// New makes a cache. It touches no file. The error is that of os.UserCacheDir.
func New(config Config) (*Cache, error) {
	if config.Clock == nil {
		config.Clock = clock.System
	}
	if config.Dir == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("the user's cache directory is unknown: %w", err)
		}
		config.Dir = filepath.Join(dir, "cloudscript", "sessions")
	}
	return &Cache{dir: config.Dir, clock: config.Clock}, nil
}

// Load returns the session kept for these credentials, or nil.
func (c *Cache) Load(_ context.Context, creds rackspace.Credentials) *rackspace.Session {
	e, err := c.read(creds)
	if err != nil || e.Token == "" || !c.lives(e) {
		return nil
	}
	return e.session()
}

// Store keeps a session of an account that is kept.
func (c *Cache) Store(_ context.Context, creds rackspace.Credentials, session *rackspace.Session) {
	if c.Kept(creds) {
		_ = c.write(creds, entryOf(session))
	}
}

// Drop takes the token out of an account's file. The account stays a kept one.
func (c *Cache) Drop(_ context.Context, creds rackspace.Credentials) {
	if !c.Kept(creds) {
		return
	}
	if c.write(creds, entry{Username: creds.Username, AuthURL: creds.AuthURL}) != nil {
		_ = os.Remove(c.Path(creds)) // better no file than one with a refused token
	}
}

// Keep makes the account a kept one, with this session. The error is that of a file
// operation.
func (c *Cache) Keep(creds rackspace.Credentials, session *rackspace.Session) error {
	return c.write(creds, entryOf(session))
}

// Forget removes an account's file and reports whether there was one.
func (c *Cache) Forget(creds rackspace.Credentials) (bool, error) {
	err := os.Remove(c.Path(creds))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Kept reports whether the account has a file.
func (c *Cache) Kept(creds rackspace.Credentials) bool {
	info, err := os.Lstat(c.Path(creds))
	return err == nil && info.Mode().IsRegular()
}

// futureTolerance is how far in the future a token may have been issued: clocks are
// corrected by seconds, not more.
const futureTolerance = time.Minute

// lives reports whether a token is within its life. One from the future is not: the clock
// was set back, and when the token ends is no longer known.
func (c *Cache) lives(e entry) bool {
	now := c.clock.Now()
	return now.Before(e.Expires) && !e.Issued.After(now.Add(futureTolerance))
}
