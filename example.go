// Package cloudscript is the root of the module: it holds the files of this
// folder that programs carry with them. The library starts at package runtime,
// the program at cmd/cloudscript.
package cloudscript

import "embed"

// CredentialsExample is credentials.example.toml: every key that a credentials
// file may hold, with comments.
//
//go:embed credentials.example.toml
var CredentialsExample []byte

// Guides are the pages of docs that the reference as a site holds.
//
//go:embed docs/errors.md docs/language.md docs/scripts.md docs/testing.md docs/tools.md
var Guides embed.FS
