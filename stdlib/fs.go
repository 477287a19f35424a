package stdlib

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// A Dir is a directory that scripts may use.
type Dir struct {
	// Name is how paths begin that mean this directory: "data" for
	// "data/servers.csv". The Dir without a name has all other relative paths.
	Name string

	// Path is where it is. Nothing outside is reached, not through ".." and not
	// through symbolic links.
	Path string

	// Writable lets scripts write and remove.
	Writable bool
}

// maxFile is the longest file that fs.read reads whole.
const maxFile = 64 << 20

func fsModule(dirs []Dir) runtime.Module {
	f := files(dirs)
	pathParam := runtime.Param{Name: "path", Type: runtime.String, Required: true, MaxLen: 4096, Doc: "relative, with slashes"}
	kinds := []runtime.Kind{runtime.NotFound, runtime.Denied, runtime.Failed}
	return runtime.Module{
		Name: "fs",
		Doc:  "Files in the directories that the host grants. Nothing else of the disk can be reached.",
		Verbs: []runtime.Verb{
			{
				Name: "fs.read", Effect: runtime.Read, Doc: "The content of a file, at most 64 MiB.",
				Params: []runtime.Param{pathParam}, Returns: "string", Errors: kinds,
				Example: `if fs.exists("servers.csv") then print(fs.read("servers.csv")) end`,
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return f.with(c, false, func(root *os.Root, name string) (any, error) { return readFile(c, root, name) })
				},
			},
			{
				Name: "fs.write", Effect: runtime.Update, Doc: "Writes a file anew. It is complete or not there at all: the text goes to another file first, which then takes its name.",
				Params: []runtime.Param{pathParam, {Name: "text", Type: runtime.String, Required: true, Doc: "its content"}}, Errors: kinds,
				Example: `fs.write("out/report.txt", "all is well\n")`,
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return f.with(c, true, func(root *os.Root, name string) (any, error) { return nil, replaceFile(root, name, c.String("text")) })
				},
			},
			{
				Name: "fs.append", Effect: runtime.Update, Doc: "Adds text at the end of a file, which is made if it is not there.",
				Params: []runtime.Param{pathParam, {Name: "text", Type: runtime.String, Required: true, Doc: "what to add"}}, Errors: kinds,
				Example: `fs.append("out/log.txt", time.format() .. "\n")`,
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return f.with(c, true, func(root *os.Root, name string) (any, error) {
						if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
							return nil, err
						}
						if _, err := regular(root, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
							return nil, err
						}
						file, err := root.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
						if err != nil {
							return nil, err
						}
						_, err = file.WriteString(c.String("text"))
						return nil, errors.Join(err, file.Close())
					})
				},
			},
			{
				Name: "fs.list", Effect: runtime.Read, Doc: "The entries of a directory by name: name, size (bytes), is_dir, modified (seconds since 1970).",
				Params: []runtime.Param{{Name: "path", Type: runtime.String, MaxLen: pathParam.MaxLen, Default: ".", Doc: "a directory"}}, Returns: "list", Errors: kinds,
				Example: `for _, entry in ipairs(fs.list()) do print(entry.name, entry.size) end`,
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return f.with(c, false, listDir)
				},
			},
			{
				Name: "fs.exists", Effect: runtime.Read, Doc: "Whether there is a file or directory of this name.",
				Params: []runtime.Param{pathParam}, Returns: "boolean", Errors: kinds[1:],
				Example: `print(fs.exists("servers.csv"))`,
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return f.with(c, false, func(root *os.Root, name string) (any, error) {
						_, err := root.Stat(name)
						if errors.Is(err, fs.ErrNotExist) {
							return false, nil
						}
						return err == nil, err
					})
				},
			},
			{
				Name: "fs.remove", Effect: runtime.Destroy, Doc: "Removes a file, or a directory that is empty.",
				Params: []runtime.Param{pathParam}, Errors: kinds,
				Example: `fs.write("out/old.txt", "") fs.remove("out/old.txt")`,
				Func: func(_ context.Context, c *runtime.Call) (any, error) {
					return f.with(c, true, func(root *os.Root, name string) (any, error) { return nil, root.Remove(name) })
				},
			},
		},
	}
}

// files are the directories of one host.
type files []Dir

// find is the directory that a path means, and the rest of the path.
func (f files) find(name string) (Dir, string, error) {
	if len(f) == 0 {
		return Dir{}, "", &runtime.Error{Kind: runtime.Denied, Message: "this host grants scripts no directory",
			Hint: "to grant one: --dir PATH on the command line (--write-dir to write in it), stdlib.Config.Dirs in Go"}
	}
	clean := path.Clean(name)
	if name == "" || path.IsAbs(name) || clean == ".." || strings.HasPrefix(clean, "../") {
		return Dir{}, "", runtime.Errorf(runtime.Denied, "%q is not a path inside a directory that the host grants", name)
	}
	first, rest, _ := strings.Cut(clean, "/")
	unnamed := -1
	var names []string
	for i, d := range f {
		switch d.Name {
		case first:
			if rest == "" {
				rest = "."
			}
			return d, rest, nil
		case "":
			unnamed = i
		default:
			names = append(names, d.Name)
		}
	}
	if unnamed >= 0 {
		return f[unnamed], clean, nil
	}
	e := runtime.Errorf(runtime.Denied, "%q is in no directory that the host grants", name)
	e.Hint = "paths begin with " + strings.Join(names, "/ or ") + "/"
	return Dir{}, "", e
}

// with opens the directory of the call's path for the time of one operation.
func (f files) with(c *runtime.Call, write bool, do func(root *os.Root, name string) (any, error)) (any, error) {
	name := c.String("path")
	dir, rest, err := f.find(name)
	if err != nil {
		return nil, err
	}
	if write && !dir.Writable {
		return nil, &runtime.Error{Kind: runtime.Denied, Message: fmt.Sprintf("%q is in a directory that the host grants for reading only", name),
			Hint: "to allow it: --write-dir instead of --dir on the command line, stdlib.Dir.Writable in Go"}
	}
	root, err := os.OpenRoot(dir.Path)
	if err != nil {
		return nil, fileError(name, err)
	}
	defer root.Close()
	result, err := do(root, rest)
	if err != nil {
		return nil, fileError(name, err)
	}
	return result, nil
}

// fileError says what is wrong with the path that the script gave, and not where
// that is on the machine.
func fileError(name string, err error) error {
	var e *runtime.Error
	if errors.As(err, &e) {
		return e
	}
	kind := runtime.Failed
	switch {
	case errors.Is(err, fs.ErrNotExist):
		kind = runtime.NotFound
	case errors.Is(err, fs.ErrPermission):
		kind = runtime.Forbidden
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		err = l.Err
	}
	return runtime.Errorf(kind, "%s: %w", name, err)
}

// regular is what is known of a file. A pipe or a device is none: reading it could wait
// for ever.
func regular(root *os.Root, name string) (fs.FileInfo, error) {
	info, err := root.Stat(name)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = errors.New("it is neither a file nor a directory")
	}
	return info, err
}

func readFile(c *runtime.Call, root *os.Root, name string) (any, error) {
	info, err := regular(root, name)
	if err != nil {
		return nil, err
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := readText(c, file, info.Size(), maxFile)
	if err == errTooLong {
		err = fmt.Errorf("it is longer than %d bytes", maxFile)
	}
	return text, err
}

// replaceFile writes a file anew, with the permissions that it has. Tasks that do so at the
// same time each have a draft of their own.
func replaceFile(root *os.Root, name, text string) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	mode, kept := fs.FileMode(0o644), false
	if info, err := root.Stat(name); err == nil && info.Mode().IsRegular() {
		mode, kept = info.Mode().Perm(), true
	}
	draft := fmt.Sprintf("%s.%016x.draft", name, rand.Uint64())
	file, err := root.OpenFile(draft, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if kept {
		err = errors.Join(err, file.Chmod(mode)) // whatever the umask is
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = root.Rename(draft, name)
	}
	if err != nil {
		return errors.Join(err, root.Remove(draft))
	}
	return nil
}

func listDir(root *os.Root, name string) (any, error) {
	if _, err := regular(root, name); err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(root.FS(), name)
	if err != nil {
		return nil, err
	}
	rows := make([]any, 0, len(entries))
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			continue // gone since
		}
		rows = append(rows, runtime.Pairs{{Key: "name", Value: entry.Name()}, {Key: "size", Value: info.Size()},
			{Key: "is_dir", Value: entry.IsDir()}, {Key: "modified", Value: seconds(info.ModTime())}})
	}
	return rows, nil
}
