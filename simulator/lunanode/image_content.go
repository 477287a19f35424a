package lunanode

import (
	"crypto/md5"
	"encoding/hex"
	"hash/fnv"
	"net/http"
)

// contentSize is the size of every simulated image in bytes: small, so that a
// download ends soon.
const contentSize = 1 << 20

// download is an answer that is no JSON: the bytes of an image.
type download []byte

// content makes the image's bytes: the magic number of its format, then bytes that
// follow from what it was made of. A copy has the same bytes.
func (i *Image) content() download {
	seed := fnv.New64a()
	seed.Write([]byte(i.Content))
	bytes := make(download, contentSize)
	newRandomness(seed.Sum64()).source.Read(bytes)
	if i.Format == "iso" {
		copy(bytes[0x8000:], "\x01CD001\x01")
	} else {
		copy(bytes, "QFI\xfb\x00\x00\x00\x03")
	}
	return bytes
}

// checksum is the MD5 sum of the content. It is kept, since clients poll for it.
func (i *Image) checksum() string {
	if i.md5 == "" {
		sum := md5.Sum(i.content())
		i.md5 = hex.EncodeToString(sum[:])
	}
	return i.md5
}

func (d download) send(_ *Server, w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", decimal(len(d)))
	w.Write(d)
}
