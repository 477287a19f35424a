package stdlib

import (
	"errors"
	"io"
	"strings"

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
