package credentials

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
)

// key is the table's key: in clear, from a file, or from a command.
func key(ctx context.Context, f *file, p profile, c cloud, t table) (apiclient.Secret, error) {
	forms := []string{"api_key", "api_key_file", "api_key_command"}
	var form string
	for _, name := range forms {
		v, ok := t.values[name]
		switch {
		case ok && form != "":
			return "", problem{path: f.path, line: v.line, message: fmt.Sprintf("[%s.%s] has both %s and %s", p.name, string(c), form, name), hint: "keep one of them"}
		case ok:
			form = name
		}
	}
	v := t.values[form]
	switch form {
	case "api_key":
		return apiclient.Secret(v.text), nil
	case "api_key_file":
		return keyFromFile(f, v)
	case "api_key_command":
		return keyFromCommand(ctx, f, v)
	}
	return "", problem{path: f.path, line: t.line, message: fmt.Sprintf("[%s.%s] has no key", p.name, string(c)),
		hint: "add one of " + strings.Join(forms, ", ")}
}

// keyFromFile reads a file that holds a key and nothing else. Its path may
// start with ~/ and is otherwise relative to the credentials file.
func keyFromFile(f *file, v value) (apiclient.Secret, error) {
	path := v.text
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", problem{path: f.path, line: v.line, message: "api_key_file: the home directory is unknown", hint: "give the whole path", cause: err}
		}
		path = filepath.Join(home, rest)
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(f.path), path)
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", problem{path: f.path, line: v.line, message: "api_key_file: " + err.Error(), hint: "check the path", cause: err}
	}
	if err := private(path, info); err != nil {
		return "", err
	}
	if info.Size() > maxFileSize || !info.Mode().IsRegular() {
		return "", problem{path: path, message: "is not a file that holds a key", hint: fmt.Sprintf("check api_key_file in %s", f.path)}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", unreadable(path, err)
	}
	return oneLine(data, problem{path: path, message: "holds no key", hint: "it must hold the key alone, on one line"})
}

// oneLine is the text without the line end that editors and commands add.
func oneLine(data []byte, otherwise problem) (apiclient.Secret, error) {
	text := strings.TrimSpace(string(data))
	if text == "" || strings.ContainsAny(text, "\r\n\x00") {
		return "", otherwise
	}
	return apiclient.Secret(text), nil
}
