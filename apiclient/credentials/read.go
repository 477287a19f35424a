package credentials

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// A credentials file is a few lines; whatever is larger is another file.
const maxFileSize = 1 << 20

// read returns the text of a file that only its owner can read.
func read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missing(path)
	case err != nil:
		return nil, unreadable(path, err)
	case info.IsDir():
		return nil, problem{path: path, message: "is a directory", hint: "give the path of a file, such as " + filepath.Join(path, "credentials.toml")}
	case info.Size() > maxFileSize:
		return nil, problem{path: path, message: fmt.Sprintf("is not a credentials file: it has %d bytes", info.Size()), hint: "check the path"}
	}
	if err := private(path, info); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	return data, nil
}

func missing(path string) error {
	return problem{
		path:    path,
		message: "there is no credentials file",
		hint: fmt.Sprintf("make one: mkdir -p %s && (umask 077; cloudscript auth example > %s), then put your keys in; a rehearsal with --sim needs none",
			quote(filepath.Dir(path)), quote(path)),
		cause: fs.ErrNotExist,
	}
}

func unreadable(path string, err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err // the path is in front already
	}
	return problem{path: path, message: "cannot be read: " + err.Error(), hint: "check its owner and permissions", cause: err}
}

// private refuses a file that others can read, write or run. Windows keeps
// access rights elsewhere.
func private(path string, info fs.FileInfo) error {
	if runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return problem{
		path:    path,
		message: fmt.Sprintf("holds keys, and others can get at it (mode %04o)", info.Mode().Perm()),
		hint:    "run: chmod 600 " + quote(path),
	}
}

// quote makes a path that a shell takes as one word.
func quote(path string) string {
	for _, c := range path {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '/', c == '.', c == '_', c == '-':
		default:
			return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
		}
	}
	return path
}
