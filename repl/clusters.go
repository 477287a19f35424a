package repl

import (
	"slices"

	"github.com/rivo/uniseg"
)

// The library's editor moves by runes, and removes them one by one. A person sees
// characters, and some are several runes: a letter with an accent of its own, a flag.

// A runeSpan is a part of a line.
type runeSpan struct{ from, to int }

func (s runeSpan) len() int { return s.to - s.from }

// clusterBefore is the character that the cursor is behind, clusterBehind the one
// that it is before. They are empty at the ends of a line.
func clusterBefore(line []rune, pos int) runeSpan {
	last := 0
	for clusters := uniseg.NewGraphemes(string(line[:pos])); clusters.Next(); {
		last = len(clusters.Runes())
	}
	return runeSpan{pos - last, pos}
}

func clusterBehind(line []rune, pos int) runeSpan {
	clusters := uniseg.NewGraphemes(string(line[pos:]))
	if !clusters.Next() {
		return runeSpan{pos, pos}
	}
	return runeSpan{pos, pos + len(clusters.Runes())}
}

// overCluster moves the cursor to the other side of a character of several runes.
func overCluster(find func([]rune, int) runeSpan) edit {
	return func(line []rune, pos int) ([]rune, int) {
		switch s := find(line, pos); {
		case s.len() < 2:
			return line, pos
		case s.from == pos:
			return line, s.to
		default:
			return line, s.from
		}
	}
}

// withoutCluster removes a character of several runes.
func withoutCluster(find func([]rune, int) runeSpan) edit {
	return func(line []rune, pos int) ([]rune, int) {
		if find(line, pos).len() < 2 {
			return line, pos
		}
		return without(line, find(line, pos))
	}
}

// deleteBehind removes the character that the cursor is before.
func deleteBehind(line []rune, pos int) ([]rune, int) {
	return without(line, clusterBehind(line, pos))
}

func without(line []rune, s runeSpan) ([]rune, int) {
	return slices.Delete(slices.Clone(line), s.from, s.to), s.from
}
