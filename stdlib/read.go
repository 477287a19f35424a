package stdlib

import (
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/cloudscript/cloudscript/runtime"
)

// errTooLong is the error of readText.
var errTooLong = errors.New("too long")

// readText reads to the end, for a Func verb, and accounts for what it keeps before it keeps
// it. The first guess is how many bytes there may be.
func readText(c *runtime.Call, from io.Reader, guess, most int64) (string, error) {
	var out strings.Builder
	room := func(bytes int64) error {
		err := c.Hold(bytes)
		if err == nil {
			out.Grow(int(bytes))
		}
		return err
	}
	if err := room(min(max(guess, 0), most)); err != nil {
		return "", err
	}
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		switch {
		case int64(out.Len()+n) > most:
			return "", errTooLong
		case out.Len()+n > out.Cap():
			if err := room(int64(max(n, out.Cap()))); err != nil {
				return "", err
			}
		}
		out.Write(piece[:n])
		if err == io.EOF {
			return out.String(), nil
		}
		if err != nil {
			return "", err
		}
	}
}

// checkUTF8 refuses a parameter text with bytes that a library would put other characters for.
func checkUTF8(c *runtime.Call, language string) error {
	const size = 256 << 10
	text := c.String("text")
	for at := 0; at < len(text); {
		end := min(at+size, len(text))
		for end < len(text) && end > at+size-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		if !utf8.ValidString(text[at:end]) {
			for i, r := range text[at:end] {
				if _, n := utf8.DecodeRuneInString(text[at+i:]); r == utf8.RuneError && n == 1 {
					line := 1 + strings.Count(text[:at+i], "\n")
					return runtime.Errorf(runtime.BadRequest, "line %d: %s text must be UTF-8; the byte \\%d is not", line, language, text[at+i])
				}
			}
		}
		c.Reserve(0)
		at = end
	}
	return nil
}
