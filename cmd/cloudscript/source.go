package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// A script is text that people wrote; what is larger is something else.
const maxSourceSize = 16 << 20

// readSource returns a script's text and the name under which errors show it.
// The name "-" is standard input.
func readSource(s *streams, file string) (name string, src []byte, err error) {
	in, name := s.in, "stdin"
	if file != "-" {
		f, err := openSource(s, file)
		if err != nil {
			return "", nil, err
		}
		defer f.Close()
		in, name = f, file
	}
	src, err = io.ReadAll(io.LimitReader(in, maxSourceSize+1))
	if err != nil {
		return "", nil, fmt.Errorf("cannot read the script: %w", err)
	}
	src, err = luaText(name, src)
	return name, src, err
}

// luaText is the text of a file, without the mark that some editors put in front of UTF-8.
// What cannot be Lua text is a usage error.
func luaText(name string, src []byte) ([]byte, error) {
	switch {
	case len(src) > maxSourceSize:
		return nil, &usageError{message: fmt.Sprintf("%s is larger than %d MiB", name, maxSourceSize>>20), hint: "is it a Lua script?"}
	case bytes.HasPrefix(src, []byte("\x1bLua")):
		return nil, &usageError{message: name + " holds compiled Lua, which is not run", hint: "run its source"}
	case bytes.HasPrefix(src, []byte("\xff\xfe")), bytes.HasPrefix(src, []byte("\xfe\xff")):
		return nil, &usageError{message: name + " is in UTF-16", hint: "save it in UTF-8"}
	case bytes.IndexByte(src, 0) >= 0:
		return nil, &usageError{message: name + " is a binary file", hint: "a script is Lua text"}
	}
	return bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")), nil
}

func openSource(s *streams, file string) (*os.File, error) {
	f, err := os.Open(file)
	switch {
	case file == "":
		return nil, &usageError{message: "the name of the script is empty", hint: "name a FILE, or - for standard input"}
	case errors.Is(err, fs.ErrNotExist):
		return nil, &usageError{message: "there is no script " + file, hint: missingScriptHint(s, file)}
	case errors.Is(err, fs.ErrPermission):
		return nil, &usageError{message: file + " may not be read", hint: "check its permissions"}
	case err != nil:
		return nil, &usageError{message: err.Error(), hint: "check the path"}
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		f.Close()
		return nil, &usageError{message: file + " is a directory", hint: "name a script in it"}
	}
	return f, err
}

var looksLikeVerb = lazyregexp.New(`^[A-Za-z][A-Za-z0-9_]*\.[A-Za-z0-9_]+$`)

// missingScriptHint looks for what was probably meant.
func missingScriptHint(s *streams, file string) string {
	if strings.HasSuffix(file, ".lua") {
		return "check the path"
	}
	if _, err := os.Stat(file + ".lua"); err == nil {
		return "did you mean " + file + ".lua?"
	}
	if looksLikeVerb.MatchString(file) {
		if hint := nameHint(s, file); hint != "" {
			return hint
		}
	}
	return "check the path; cloudscript run -e CODE runs code from the command line"
}
