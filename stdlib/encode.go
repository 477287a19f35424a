package stdlib

import (
	"context"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
)

// textVerb is a verb from one text to another.
func textVerb(name, doc, example string, f func(c *runtime.Call, text string) (string, error)) runtime.Verb {
	v := runtime.Verb{
		Name: name, Doc: doc, Returns: "string", Example: example,
		Params: []runtime.Param{{Name: "text", Type: runtime.String, Required: true, Doc: "any bytes"}},
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			text := c.String("text")
			c.Reserve(2 * int64(len(text)))
			out, err := f(c, text)
			if err != nil {
				return nil, runtime.Errorf(runtime.BadRequest, "%w", err)
			}
			return out, nil
		},
	}
	return v
}

// write writes a text in pieces, between which it looks whether the run goes on. The
// writers here do not fail.
func write(c *runtime.Call, w io.Writer, text string) {
	const size = 256 << 10
	for len(text) > size {
		_, _ = io.WriteString(w, text[:size])
		c.Reserve(size)
		text = text[size:]
	}
	_, _ = io.WriteString(w, text)
}

// A chargedWriter looks likewise whether the run goes on, each time a library has written
// a few kilobytes.
type chargedWriter struct {
	call *runtime.Call
	to   io.Writer
}

func (w chargedWriter) Write(b []byte) (int, error) {
	w.call.Reserve(int64(len(b)))
	return w.to.Write(b)
}

// A chargedReader reads in pieces likewise, for a library that asks for few bytes at a time.
type chargedReader struct {
	call *runtime.Call
	from io.Reader
}

func (r *chargedReader) Read(b []byte) (int, error) {
	r.call.Reserve(int64(len(b)))
	return r.from.Read(b)
}

func base64Module() runtime.Module {
	return runtime.Module{Name: "base64", Doc: "Base64, the standard alphabet with padding.", Verbs: []runtime.Verb{
		textVerb("base64.encode", "Writes bytes as base64.", `assert(base64.encode("hi") == "aGk=")`,
			func(c *runtime.Call, s string) (string, error) {
				var out strings.Builder
				out.Grow(base64.StdEncoding.EncodedLen(len(s)))
				w := base64.NewEncoder(base64.StdEncoding, &out)
				write(c, w, s)
				err := w.Close()
				return out.String(), err
			}),
		textVerb("base64.decode", "Reads base64. Line ends are skipped.", `assert(base64.decode("aGk=") == "hi")`,
			decodeBase64),
	}}
}

// decodeBase64 reads pieces of whole groups of four characters, line ends aside. What
// padding ends is the last piece: the library tells what is wrong with more.
func decodeBase64(c *runtime.Call, s string) (string, error) {
	const size = 256 << 10
	var out strings.Builder
	out.Grow(base64.StdEncoding.DecodedLen(len(s)))
	var decoded []byte
	for at := 0; at < len(s); {
		end := min(at+size, len(s))
		characters := end - at - strings.Count(s[at:end], "\n") - strings.Count(s[at:end], "\r")
		for ; end < len(s) && characters%4 != 0; end++ {
			if !isLineEnd(s[end]) {
				characters++
			}
		}
		if strings.Contains(s[at:end], "=") {
			end = len(s)
		}
		c.Reserve(int64(end - at))
		var err error
		decoded, err = base64.StdEncoding.AppendDecode(decoded[:0], []byte(s[at:end]))
		var wrong base64.CorruptInputError
		if errors.As(err, &wrong) {
			return "", wrongBase64(s, at+int(wrong))
		}
		out.Write(decoded)
		at = end
	}
	return out.String(), nil
}

// wrongBase64 says what is wrong with a text at a byte; the library tells the place alone, and
// of a text that is cut off that of its last group.
func wrongBase64(s string, at int) error {
	place := fmt.Sprintf("illegal base64 data at input byte %d", at)
	const group = 4
	var rest []byte // of the text without line ends, a group at most
	for i := at; i < len(s) && len(rest) < group; i++ {
		if !isLineEnd(s[i]) {
			rest = append(rest, s[i])
		}
	}
	switch {
	case len(rest) > 0 && (rest[0] == '-' || rest[0] == '_'):
		return errors.New(place + "; for the alphabet of addresses put + for - and / for _ first")
	case len(rest) > 0 && len(rest) < group && onlyBase64(string(rest)):
		return errors.New(place + ": the text ends within a group of four; is its padding, =, missing?")
	}
	return errors.New(place)
}

func isLineEnd(c byte) bool { return c == '\r' || c == '\n' }

func onlyBase64(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '+' && r != '/' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}

func hexModule() runtime.Module {
	return runtime.Module{Name: "hex", Doc: "Bytes as hexadecimal digits.", Verbs: []runtime.Verb{
		textVerb("hex.encode", "Writes bytes as small hexadecimal digits.", `assert(hex.encode("hi") == "6869")`,
			func(c *runtime.Call, s string) (string, error) {
				var out strings.Builder
				out.Grow(hex.EncodedLen(len(s)))
				write(c, hex.NewEncoder(&out), s)
				return out.String(), nil
			}),
		textVerb("hex.decode", "Reads hexadecimal digits, small or capital.", `assert(hex.decode("6869") == "hi")`,
			func(c *runtime.Call, s string) (string, error) {
				const size = 256 << 10
				if len(s)%2 != 0 {
					return "", fmt.Errorf("%d digits, and each byte takes two", len(s))
				}
				var out strings.Builder
				out.Grow(hex.DecodedLen(len(s)))
				var decoded []byte
				for at := 0; at < len(s); at += size {
					c.Reserve(size)
					piece := s[at:min(at+size, len(s))]
					var err error
					if decoded, err = hex.AppendDecode(decoded[:0], []byte(piece)); err != nil {
						at += strings.IndexFunc(piece, func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", r) })
						return "", fmt.Errorf("%q at input byte %d is no hexadecimal digit", s[at:at+1], at)
					}
					out.Write(decoded)
				}
				return out.String(), nil
			}),
	}}
}

func hashModule() runtime.Module {
	m := runtime.Module{Name: "hash", Doc: "Checksums and signatures, in hexadecimal. md5 and sha1 are there for services that ask for them; they protect nothing."}
	for _, h := range []struct {
		name string
		new  func() hash.Hash
	}{{"md5", md5.New}, {"sha1", sha1.New}, {"sha256", sha256.New}, {"sha512", sha512.New}} {
		name := "hash." + h.name
		m.Verbs = append(m.Verbs, textVerb(name, "The "+h.name+" checksum of bytes.", fmt.Sprintf(`assert(#%s("text") == %d)`, name, 2*h.new().Size()),
			func(c *runtime.Call, s string) (string, error) {
				sum := h.new()
				write(c, sum, s)
				return hex.EncodeToString(sum.Sum(nil)), nil
			}))
	}
	m.Verbs = append(m.Verbs, runtime.Verb{
		Name: "hash.hmac_sha256", Doc: "The HMAC-SHA256 signature of bytes with a key.", Returns: "string",
		Example: `assert(#hash.hmac_sha256("key", "text") == 64)`,
		Params: []runtime.Param{
			{Name: "key", Type: runtime.String, Required: true, Secret: true, Doc: "the secret"},
			{Name: "text", Type: runtime.String, Required: true, Doc: "any bytes"},
		},
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			key := c.String("key")
			if len(key) > sha256.BlockSize { // whose checksum is the key, by definition
				short := sha256.New()
				write(c, short, key)
				key = string(short.Sum(nil))
			}
			sum := hmac.New(sha256.New, []byte(key))
			write(c, sum, c.String("text"))
			return hex.EncodeToString(sum.Sum(nil)), nil
		},
	})
	return m
}

func uuidModule() runtime.Module {
	return runtime.Module{Name: "uuid", Doc: "Identifiers that nobody else has.", Verbs: []runtime.Verb{{
		Name: "uuid.v4",
		Doc: "A random UUID (RFC 9562, version 4). It is drawn from the run's random numbers: the same run gives the same ones " +
			"again, so it is unique but no secret.",
		Returns: "string",
		Example: `assert(#uuid.v4() == 36)`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			high, low := c.Random().Uint64(), c.Random().Uint64()
			high = high&^0xf000 | 0x4000
			low = low&^(3<<62) | 2<<62
			return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", high>>32, high>>16&0xffff, high&0xffff, low>>48, low&(1<<48-1)), nil
		},
	}}}
}
