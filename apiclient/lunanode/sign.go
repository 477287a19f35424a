package lunanode

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
)

// Sign returns the signature of one call as 128 lower-case hex digits: the
// HMAC-SHA512 of handlerPath, req and nonce with a pipe between them (spec
// section 3). The key is used as its 128 ASCII characters, never hex-decoded.
//
// handlerPath is "category/action/" with the trailing slash and without a
// leading one; req is the exact JSON text that is sent; nonce is the decimal
// UTC second.
func Sign(key, handlerPath, req, nonce string) string {
	message := make([]byte, 0, len(handlerPath)+len(req)+len(nonce)+2)
	message = append(message, handlerPath...)
	message = append(message, '|')
	message = append(message, req...)
	message = append(message, '|')
	message = append(message, nonce...)

	mac := hmac.New(sha512.New, []byte(key))
	mac.Write(message)
	var sum [sha512.Size]byte
	return hex.EncodeToString(mac.Sum(sum[:0]))
}

// handlerPath is the part of the URL path that is signed.
func handlerPath(category, action string) string { return category + "/" + action + "/" }
