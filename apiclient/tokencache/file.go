package tokencache

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
)

// An entry is a file's content. The token is a plain text here, because a Secret does not
// write itself.
type entry struct {
	Username      string    `json:"username"`
	AuthURL       string    `json:"auth_url"`
	Token         string    `json:"token,omitempty"`
	ManagementURL string    `json:"management_url,omitempty"`
	StorageURL    string    `json:"storage_url,omitempty"`
	CDNURL        string    `json:"cdn_url,omitempty"`
	Issued        time.Time `json:"issued,omitzero"`
	Expires       time.Time `json:"expires,omitzero"`
}

func entryOf(s *rackspace.Session) entry {
	return entry{
		Username: s.Username, AuthURL: s.AuthURL, Token: s.Token.Reveal(),
		ManagementURL: s.ManagementURL, StorageURL: s.StorageURL, CDNURL: s.CDNURL,
		Issued: s.Issued, Expires: s.Expires,
	}
}

func (e entry) session() *rackspace.Session {
	return &rackspace.Session{
		Username: e.Username, AuthURL: e.AuthURL, Token: apiclient.Secret(e.Token),
		ManagementURL: e.ManagementURL, StorageURL: e.StorageURL, CDNURL: e.CDNURL,
		Issued: e.Issued, Expires: e.Expires,
	}
}

// Path is the account's file, whether or not there is one. It tells neither the user's
// name nor the service.
func (c *Cache) Path(creds rackspace.Credentials) string {
	sum := sha256.Sum256([]byte(creds.Username + "\x00" + creds.AuthURL))
	return filepath.Join(c.dir, hex.EncodeToString(sum[:16])+".json")
}

// A session is a few URLs; whatever is larger is another file.
const maxFileSize = 64 << 10

var errNotOurs = errors.New("not a session of this account that only its owner can read")

// read reads the account's file. The mode is that of the file that is read, not of one
// that had its name before.
func (c *Cache) read(creds rackspace.Credentials) (entry, error) {
	var e entry
	f, err := os.Open(c.Path(creds))
	if err != nil {
		return e, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return e, err
	}
	// Windows keeps access rights elsewhere.
	if !info.Mode().IsRegular() || info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		return e, errNotOurs
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFileSize))
	if err != nil {
		return e, err
	}
	if err := json.Unmarshal(data, &e); err != nil {
		return entry{}, err
	}
	if e.Username != creds.Username || e.AuthURL != creds.AuthURL {
		return entry{}, errNotOurs
	}
	return e, nil
}

// write replaces the account's file in one step, so that another process reads either the
// old session or the new one.
func (c *Cache) write(creds rackspace.Credentials, e entry) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(c.dir, ".session-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it has been renamed
	if _, err := f.Write(data); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), c.Path(creds))
}
