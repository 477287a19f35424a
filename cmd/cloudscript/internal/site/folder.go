package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// marker is the file by which a folder is known to be a site: a first line, then
// the names of its files. What is not among these was put there by somebody else.
const (
	marker     = ".cloudscript-site"
	markerLine = "Written by cloudscript doc. What is changed in this folder is lost."
)

// A FolderError is a folder that cannot become a site.
type FolderError struct{ Message, Hint string }

func (e *FolderError) Error() string { return e.Message }

// Write makes dir a folder with these files and nothing else. dir may not be
// there yet, be empty, or be what an earlier Write left; anything else is a
// *FolderError. The files are written beside dir first: it holds the whole site or
// what it held before.
func Write(dir string, files []File) error {
	dir, err := destination(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	made, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".new-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(made) // nothing is left of it after the rename
	if err := fill(made, files); err != nil {
		return err
	}
	return replace(dir, made)
}

// destination is where a site goes, after checking that nothing gets lost there.
func destination(dir string) (string, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if below, err := filepath.Rel(path, here); err == nil && below != ".." && !strings.HasPrefix(below, ".."+string(filepath.Separator)) {
		return "", &FolderError{Message: fmt.Sprintf("%s holds the folder that you are in, and would be replaced", dir), Hint: "name a folder of its own, such as site"}
	}
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path, nil
	case err != nil:
		return "", err
	case len(entries) == 0:
		return path, nil
	}
	own, err := manifest(path)
	if err != nil {
		return "", err
	}
	if own == nil {
		return "", &FolderError{Message: fmt.Sprintf("%s is not empty and not a site that was made earlier", dir), Hint: "name a folder that does not exist yet"}
	}
	for _, e := range entries {
		if e.Name() != marker && (e.IsDir() || !slices.Contains(own, e.Name())) {
			return "", &FolderError{Message: fmt.Sprintf("%s is not of the site and would be lost", filepath.Join(dir, e.Name())), Hint: "move it elsewhere, or name another folder"}
		}
	}
	return path, nil
}

// manifest lists the files of a site; nil if dir is none.
func manifest(dir string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(dir, marker))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if err != nil || lines[0] != markerLine {
		return nil, err
	}
	return lines, nil
}

func fill(dir string, files []File) error {
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	names := []string{markerLine}
	for _, f := range files {
		names = append(names, f.Name)
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, marker), []byte(strings.Join(names, "\n")+"\n"), 0o644)
}

// replace puts one folder in the place of another, or leaves the other there.
func replace(dir, made string) error {
	old := made + ".old"
	err := os.Rename(dir, old)
	if errors.Is(err, fs.ErrNotExist) {
		return os.Rename(made, dir)
	}
	if err != nil {
		return err
	}
	if err := os.Rename(made, dir); err != nil {
		return errors.Join(err, os.Rename(old, dir))
	}
	return os.RemoveAll(old)
}
