// Package site makes the reference as a folder of web pages: a page for each
// module with its verbs and types, one for each guide, an index of all names, and
// a search box.
//
// Everything on the pages follows from the declarations of a runtime, from the
// guides' Markdown, and from what became of the verbs' examples. The pages need
// no server and no network: they work when they are opened as files, and all but
// the search box work without scripts.
//
// Site.Files makes the pages; Write puts them into a folder.
//
//   - site.go: what a site is made of, and its list of pages
//   - module.go, verb.go, object.go: what the templates show of declarations
//   - links.go: names in prose that become links
//   - guide.go: guides, and where their links lead
//   - markdown.go: reading and writing guides
//   - search.go: what the search box knows
//   - folder.go: writing, all or nothing
//
// The templates are well-formed XML as well, so that a test can hold them to it.
package site
