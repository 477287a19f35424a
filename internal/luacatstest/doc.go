// Package luacatstest checks annotations for lua-language-server in tests, where
// the server itself cannot be had. It reads them by the grammar that the server
// documents (https://luals.github.io/wiki/annotations/), and as strictly as its
// parser does: a type that is followed by a sign which would continue it, a field
// that is called like a visibility, or a name that is defined nowhere are found.
//
// Check is the entry point. file.go knows the blocks of a file, tag.go the
// annotations, typ.go the types in them.
package luacatstest
