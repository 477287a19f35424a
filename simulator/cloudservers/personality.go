package cloudservers

import (
	"encoding/base64"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
)

// Sizes of what a create request carries (section 9.4).
const (
	maxMetadata     = 5      // pairs
	maxMetadataText = 255    // bytes of a key or a value
	maxFiles        = 5      // personality files
	maxFilePath     = 255    // bytes
	maxFileContents = 10_240 // bytes, decoded
)

// metadata reads the pairs of a create request; never nil.
func (f *fields) metadata() pairs {
	metadata := pairs{}
	if !f.has("metadata") {
		return metadata
	}
	values, ok := f.values["metadata"].(map[string]any)
	if !ok {
		f.refuse("%s.metadata must be an object of strings, not %s", f.name, kind(f.values["metadata"]))
	}
	if len(values) > maxMetadata {
		f.refuse("%s.metadata has %d pairs, at most %d are possible", f.name, len(values), maxMetadata)
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		value := values[key]
		text, ok := value.(string)
		switch {
		case !ok:
			f.refuse("%s.metadata[%.40q] must be a string, not %s", f.name, key, kind(value))
		case len(key) > maxMetadataText:
			f.refuse("%s.metadata has a key of %d bytes, at most %d are possible", f.name, len(key), maxMetadataText)
		case len(text) > maxMetadataText:
			f.refuse("%s.metadata[%.40q] has %d bytes, at most %d are possible", f.name, key, len(text), maxMetadataText)
		}
		metadata[key] = text
	}
	return metadata
}

// personality checks the files of a create request. Nobody can read them back
// over the API, so they are not kept.
func (f *fields) personality() {
	if !f.has("personality") {
		return
	}
	files, ok := f.values["personality"].([]any)
	if !ok {
		f.refuse("%s.personality must be an array of files, not %s", f.name, kind(f.values["personality"]))
	}
	if len(files) > maxFiles {
		f.refuse("%s.personality has %d files, at most %d are possible", f.name, len(files), maxFiles)
	}
	for _, value := range files {
		values, ok := value.(map[string]any)
		if !ok {
			f.refuse("%s.personality must hold objects with path and contents, not %s", f.name, kind(value))
			return
		}
		file := &fields{name: f.name + ".personality", values: values}
		file.personalityFile()
		if f.fault == nil {
			f.fault = file.fault
		}
	}
}

func (f *fields) personalityFile() {
	name := f.text("path")
	switch {
	case len(name) > maxFilePath:
		f.refuse("%s.path has %d bytes, at most %d are possible", f.name, len(name), maxFilePath)
	case !path.IsAbs(name):
		f.refuse("%s.path must be absolute, not %.40q", f.name, name)
	}
	encoded, ok := f.values["contents"].(string)
	if !ok {
		f.refuse("%s.contents of %.40q must be a base64 string, not %s", f.name, name, kind(f.values["contents"]))
	}
	contents, err := base64.StdEncoding.DecodeString(withoutSpace(encoded))
	switch {
	case err != nil:
		f.refuse("%s.contents of %.40q is not base64: %v", f.name, name, err)
	case len(contents) > maxFileContents:
		f.refuse("%s.contents of %.40q has %d bytes, at most %d are possible", f.name, name, len(contents), maxFileContents)
	}
}

// withoutSpace drops the line breaks that several clients put into base64.
func withoutSpace(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}
