package lunanode

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"slices"
	"sync"
)

// Sign returns the signature of one call as 128 lower-case hex digits: the
// HMAC-SHA512 of handlerPath, req and nonce with a pipe between them (spec
// section 3). The key is used as its 128 ASCII characters, never hex-decoded.
//
// handlerPath is "category/action/" with the trailing slash and without a
// leading one; req is the exact JSON text that is sent; nonce is the decimal
// UTC second.
func Sign(key, handlerPath, req, nonce string) string {
	return newMAC(key).sign(handlerPath, req, nonce)
}

// A signer signs with one key. It keeps what HMAC derives from the key, which is half
// of the work for a message of the usual length.
type signer struct {
	key  string
	macs sync.Pool // of *mac
}

func newSigner(key string) *signer {
	s := &signer{key: key}
	s.macs.New = func() any { return newMAC(key) }
	return s
}

func (s *signer) sign(handlerPath, req, nonce string) string {
	m := s.macs.Get().(*mac)
	defer s.macs.Put(m)
	return m.sign(handlerPath, req, nonce)
}

// A mac is the state and the space for one signature at a time.
type mac struct {
	hash    hash.Hash
	used    bool
	message []byte
}

func newMAC(key string) *mac { return &mac{hash: hmac.New(sha512.New, []byte(key))} }

func (m *mac) sign(handlerPath, req, nonce string) string {
	if m.used {
		m.hash.Reset()
	}
	m.used = true
	m.message = slices.Grow(m.message[:0], len(handlerPath)+len(req)+len(nonce)+2)
	m.message = append(m.message, handlerPath...)
	m.message = append(m.message, '|')
	m.message = append(m.message, req...)
	m.message = append(m.message, '|')
	m.message = append(m.message, nonce...)
	m.hash.Write(m.message)
	return hex.EncodeToString(m.hash.Sum(m.message[:0]))
}

// handlerPath is the part of the URL path that is signed.
func handlerPath(category, action string) string { return category + "/" + action + "/" }
