package site_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cloudscript/cloudscript/cmd/cloudscript/internal/site"
)

var (
	first  = []site.File{{Name: "a.html", Data: []byte("1")}, {Name: "b.html", Data: []byte("1")}}
	second = []site.File{{Name: "a.html", Data: []byte("2")}}
)

// names are the files of a folder, of its parent with "..".
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestWriteReplacesASite(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "deep", "site")
	for _, files := range [][]site.File{first, second} {
		if err := site.Write(dir, files); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, dir); !slices.Equal(got, []string{".cloudscript-site", "a.html"}) {
		t.Errorf("got %q", got)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "a.html")); string(text) != "2" {
		t.Errorf("a.html is %q", text)
	}
	if got := names(t, filepath.Dir(dir)); !slices.Equal(got, []string{"site"}) {
		t.Errorf("beside it are %q", got)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

func TestWriteFillsAnEmptyFolder(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if err := site.Write(link, first); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); len(got) != 3 {
		t.Errorf("behind the link are %q", got)
	}
}

func TestWriteLosesNothing(t *testing.T) {
	for name, test := range map[string]struct {
		prepare func(dir string) error
		message string
	}{
		"something else": {func(dir string) error { return os.WriteFile(filepath.Join(dir, "mine"), nil, 0o644) }, "DIR is not empty and not a site that was made earlier"},
		"a marker of somebody else": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, ".cloudscript-site"), []byte("mine\n"), 0o644)
		}, "DIR is not empty and not a site that was made earlier"},
		"a file in a site": {func(dir string) error {
			return errors.Join(site.Write(dir, first), os.WriteFile(filepath.Join(dir, "mine.html"), nil, 0o644))
		}, "DIR/mine.html is not of the site and would be lost"},
		"a folder in a site": {func(dir string) error {
			return errors.Join(site.Write(dir, first), os.Remove(filepath.Join(dir, "b.html")), os.Mkdir(filepath.Join(dir, "b.html"), 0o755))
		}, "DIR/b.html is not of the site and would be lost"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := errors.Join(os.Mkdir("DIR", 0o755), test.prepare("DIR")); err != nil {
				t.Fatal(err)
			}
			before := names(t, "DIR")
			err := site.Write("DIR", second)
			var refused *site.FolderError
			if !errors.As(err, &refused) || refused.Message != test.message || refused.Hint == "" {
				t.Errorf("got %v, want %s", err, test.message)
			}
			if got := names(t, "DIR"); !slices.Equal(got, before) {
				t.Errorf("there are %q, there were %q", got, before)
			}
		})
	}
}

func TestWriteKeepsTheFolderThatOneIsIn(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "below"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(dir, "below"))
	for _, name := range []string{".", "..", dir} {
		var refused *site.FolderError
		if err := site.Write(name, first); !errors.As(err, &refused) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// What cannot be written leaves the site as it was, and nothing beside it.
func TestWriteIsAllOrNothing(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "site")
	if err := site.Write(dir, first); err != nil {
		t.Fatal(err)
	}
	broken := append(slices.Clone(second), site.File{Name: "no/such/folder.html"})
	if err := site.Write(dir, broken); err == nil {
		t.Fatal("no error")
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "a.html")); string(text) != "1" {
		t.Errorf("a.html is %q", text)
	}
	if got := names(t, parent); !slices.Equal(got, []string{"site"}) {
		t.Errorf("beside it are %q", got)
	}
}
