package repl

// What the library's editor takes for keys that terminals send in several ways.
const (
	homeSequence      = "\x1b[H"
	endSequence       = "\x1b[F"
	wordLeftSequence  = "\x1bb"
	wordRightSequence = "\x1bf"
	deleteWord        = "\x1bd"
)

// translations are what terminals send, and what the library's editor knows for the
// same. It would drop Home and End of some terminals, and move by a character for
// Ctrl and an arrow. It cannot tell Delete from Ctrl-D, which leaves the prompt where
// nothing is typed.
var translations = map[string]string{
	"\x1b[1~": homeSequence, "\x1b[7~": homeSequence, // Linux, screen, tmux, PuTTY; rxvt
	"\x1b[4~": endSequence, "\x1b[8~": endSequence,

	"\x1b[1;5D": wordLeftSequence, "\x1b[1;5C": wordRightSequence, // with Ctrl
	"\x1b[1;3D": wordLeftSequence, "\x1b[1;3C": wordRightSequence, // with Alt
	"\x1b[5D": wordLeftSequence, "\x1b[5C": wordRightSequence, // with Ctrl: PuTTY
	"\x1bOd": wordLeftSequence, "\x1bOc": wordRightSequence, // with Ctrl: rxvt
	"\x1b\x1b[D": wordLeftSequence, "\x1b\x1b[C": wordRightSequence, // with Alt: rxvt, Terminal.app

	"\x1b[3~":   string(deleteMark),
	"\x1b[3;5~": deleteWord, "\x1b[3;3~": deleteWord, // with Ctrl, with Alt
}
