package credentials

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// A cloud is the name of a table inside a profile.
type cloud string

const (
	cloudRackspace cloud = "rackspace"
	cloudLunaNode  cloud = "lunanode"
)

// keys are what each cloud's table may hold.
func (c cloud) keys() []string {
	if c == cloudRackspace {
		return []string{"username", "api_key", "api_key_file", "api_key_command", "region", "auth_url"}
	}
	return []string{"api_id", "api_key", "api_key_file", "api_key_command", "url"}
}

func (c cloud) String() string {
	if c == cloudRackspace {
		return "Cloud Servers"
	}
	return "Luna Node"
}

// A file is a decoded credentials file.
type file struct {
	path     string
	profiles []profile // in the order of the file
}

type profile struct {
	name   string
	tables map[cloud]table
}

// A table is one [PROFILE.CLOUD] with its values in clear.
type table struct {
	line   int
	values map[string]value
}

type value struct {
	text string
	line int
}

// decode reads a file's text.
func decode(path string, data []byte) (*file, error) {
	d := decoder{path: path}
	var root map[string]toml.Primitive
	var err error
	if d.meta, err = toml.Decode(string(data), &root); err != nil {
		return nil, d.syntax(err)
	}
	f := &file{path: path}
	for _, name := range d.order(root) {
		p, err := d.profile(name, root[name])
		if err != nil {
			return nil, err
		}
		f.profiles = append(f.profiles, p)
	}
	return f, nil
}

type decoder struct {
	path string
	meta toml.MetaData
}

func (d *decoder) profile(name string, p toml.Primitive) (profile, error) {
	clouds, ok := d.table(p)
	if !ok {
		return profile{}, d.fail(p, fmt.Sprintf("%q stands outside a table", name),
			"values belong under a header such as [default.rackspace]")
	}
	out := profile{name: name, tables: map[cloud]table{}}
	for _, key := range d.order(clouds, name) {
		c := cloud(key)
		if c != cloudRackspace && c != cloudLunaNode {
			return profile{}, d.fail(clouds[key], fmt.Sprintf("unknown key %q in profile %q", key, name),
				suggest(key, []string{string(cloudRackspace), string(cloudLunaNode)}, "a profile holds"))
		}
		t, err := d.cloud(name, c, clouds[key])
		if err != nil {
			return profile{}, err
		}
		out.tables[c] = t
	}
	return out, nil
}

func (d *decoder) cloud(name string, c cloud, p toml.Primitive) (table, error) {
	header := fmt.Sprintf("[%s.%s]", name, string(c))
	keys, ok := d.table(p)
	if !ok {
		return table{}, d.fail(p, fmt.Sprintf("%s.%s is not a table", name, string(c)), "write a header "+header+" and the values below it")
	}
	t := table{line: d.line(p), values: map[string]value{}}
	for _, key := range d.order(keys, name, string(c)) {
		if !slices.Contains(c.keys(), key) {
			return table{}, d.fail(keys[key], fmt.Sprintf("unknown key %q in %s", key, header), suggest(key, c.keys(), "it may hold"))
		}
		v := value{line: d.line(keys[key])}
		if err := d.meta.PrimitiveDecode(keys[key], &v.text); err != nil {
			return table{}, d.fail(keys[key], fmt.Sprintf("%s in %s is not text", key, header), fmt.Sprintf(`put it in quotes: %s = "…"`, key))
		}
		if v.text == "" {
			return table{}, d.fail(keys[key], fmt.Sprintf("%s in %s is empty", key, header), "fill it in or take the line out")
		}
		t.values[key] = v
	}
	return t, nil
}

// table is the table at p. A nil map says that something else stands there: the
// library makes no table of that, and no error either.
func (d *decoder) table(p toml.Primitive) (map[string]toml.Primitive, bool) {
	var t map[string]toml.Primitive
	err := d.meta.PrimitiveDecode(p, &t)
	return t, err == nil && t != nil
}

// order is the order in which the file has the keys below prefix.
func (d *decoder) order(t map[string]toml.Primitive, prefix ...string) []string {
	var names []string
	for _, key := range d.meta.Keys() {
		if len(key) <= len(prefix) || !slices.Equal([]string(key[:len(prefix)]), prefix) {
			continue
		}
		if name := key[len(prefix)]; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { _, ok := t[name]; return !ok })
}

func (d *decoder) fail(p toml.Primitive, message, hint string) error {
	return problem{path: d.path, line: d.line(p), message: message, hint: hint}
}

// line is where a key stands. The library tells positions in errors only, so
// one is provoked.
func (d *decoder) line(p toml.Primitive) int {
	var parseErr toml.ParseError
	if errors.As(d.meta.PrimitiveDecode(p, &positionProbe{}), &parseErr) {
		return parseErr.Position.Line
	}
	return 0
}

type positionProbe struct{}

func (*positionProbe) UnmarshalTOML(any) error { return errors.New("probe") }

// syntax says where the file stops being TOML. The library's own message quotes
// pieces of the file, keys among them, and is dropped.
func (d *decoder) syntax(err error) error {
	e := problem{path: d.path, message: "is not valid TOML", hint: `every line is a header such as [default.rackspace], a value such as username = "mira", or a # comment`}
	var parseErr toml.ParseError
	if errors.As(err, &parseErr) {
		e.line = parseErr.Position.Line
		if known(parseErr.LastKey) {
			e.message += " near " + parseErr.LastKey
			e.hint = fmt.Sprintf(`text values stand in quotes on one line: %s = "…"`, lastPart(parseErr.LastKey))
		}
	}
	return e
}

// known reports whether a dotted key ends in a name that is no secret.
func known(key string) bool {
	last := lastPart(key)
	return slices.Contains(cloudRackspace.keys(), last) || slices.Contains(cloudLunaNode.keys(), last)
}

func lastPart(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }
