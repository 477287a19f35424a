// Package markdown reads the part of Markdown that the guides are written in:
// headings, paragraphs, lists with blocks in them, tables, code, and in text code,
// strong words and links.
//
// What it reads it reads as CommonMark says (and GitHub, for tables); anything else
// is an error that names the line, so that no guide is shown as it was not meant.
// Blocks are kept apart by blank lines.
//
//   - document.go: what a document is made of
//   - block.go: Parse
//   - list.go, table.go: blocks that hold others
//   - inline.go: what a text is made of
//   - reader.go: reading it
//   - heading.go: headings, and the names of their places
//   - html.go: writing it
package markdown
