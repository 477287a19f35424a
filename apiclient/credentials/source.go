package credentials

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// Config says where to look. The zero value is the user's own environment.
type Config struct {
	Path      string                   // the file; "" looks in the usual places
	Profile   string                   // "" takes "default", else the only one
	ConfigDir string                   // os.UserConfigDir if ""
	Getenv    func(name string) string // os.Getenv if nil
}

// A Source looks credentials up, anew each time it is asked. It is immutable
// and safe for many goroutines.
type Source struct {
	config Config
}

// New makes a source. It reads nothing, so that a program that needs no
// credentials never complains about them.
func New(config Config) *Source {
	if config.Getenv == nil {
		config.Getenv = os.Getenv
	}
	return &Source{config: config}
}

// load reads and decodes the file.
func (s *Source) load() (*file, error) {
	path, err := s.Path()
	if err != nil {
		return nil, err
	}
	data, err := read(path)
	if err != nil {
		return nil, err
	}
	return decode(path, data)
}

// profile is the one that was asked for.
func (s *Source) profile(f *file) (profile, error) {
	names := f.names()
	want := s.config.Profile
	if want == "" {
		want = "default"
		if !slices.Contains(names, want) && len(names) == 1 {
			want = names[0]
		}
	}
	if i := slices.Index(names, want); i >= 0 {
		return f.profiles[i], nil
	}
	switch {
	case len(names) == 0:
		return profile{}, problem{path: f.path, message: "holds no profile", hint: "the command cloudscript auth example prints a complete one"}
	case s.config.Profile == "":
		return profile{}, problem{path: f.path, message: fmt.Sprintf("has no profile %q, and more than one other", want),
			hint: "choose one with --profile: " + strings.Join(names, ", ")}
	}
	return profile{}, problem{path: f.path, message: fmt.Sprintf("has no profile %q", want), hint: suggest(want, names, "it has")}
}

func (f *file) names() []string {
	names := make([]string, len(f.profiles))
	for i, p := range f.profiles {
		names[i] = p.name
	}
	return names
}

// table is the profile's table of a cloud.
func (s *Source) table(c cloud) (*file, profile, table, error) {
	f, err := s.load()
	if err != nil {
		return nil, profile{}, table{}, err
	}
	p, err := s.profile(f)
	if err != nil {
		return nil, profile{}, table{}, err
	}
	t, ok := p.tables[c]
	if !ok {
		return nil, profile{}, table{}, problem{path: f.path, message: fmt.Sprintf("profile %q has no %s account", p.name, c),
			hint: fmt.Sprintf("add a table [%s.%s], or choose another profile with --profile", p.name, string(c))}
	}
	return f, p, t, nil
}
