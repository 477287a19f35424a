package lunanode

import (
	"crypto/hmac"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
)

// authenticate makes the checks of spec section 3 in their order. Every failure
// is the one authentication error: nothing tells the caller which check failed.
// The returned parameters are without api_id and api_partialkey.
func (s *Server) authenticate(r *http.Request, handler string) (params, error) {
	req, signature, nonce := r.PostForm.Get("req"), r.PostForm.Get("signature"), r.PostForm.Get("nonce")
	if req == "" || signature == "" || nonce == "" {
		return nil, errAuthentication
	}
	if !isDigits(nonce) {
		return nil, errAuthentication
	}
	ps, err := parseRequest(req)
	if err != nil {
		return nil, errAuthentication
	}
	id, partial := ps["api_id"], ps["api_partialkey"]
	delete(ps, "api_id")
	delete(ps, "api_partialkey")

	key := s.APIKey()
	switch {
	case !equal(id.text, s.config.APIID) || !equal(partial.text, partialKey(key)),
		!equal(signature, sign(key, handler, req, nonce)),
		s.config.RefuseRawUTF8 && !isASCII(req),
		!s.acceptNonce(nonce, signature),
		!s.fromAllowedAddress(r):
		return nil, errAuthentication
	}
	return ps, nil
}

// sign is the signature that belongs to a request: HMAC with SHA-512 over
// handler|req|nonce, in lower-case hexadecimal digits. The key's characters are
// used as they are, not as the hexadecimal number that they may look like.
func sign(key, handler, req, nonce string) string {
	mac := hmac.New(sha512.New, []byte(key))
	mac.Write([]byte(handler + "|" + req + "|" + nonce))
	return hex.EncodeToString(mac.Sum(nil))
}

// partialKey tells keys apart without giving them away.
func partialKey(key string) string { return key[:min(partialKeyLength, len(key))] }

func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func (s *Server) fromAllowedAddress(r *http.Request) bool {
	if s.config.SourceIP == "" {
		return true
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && net.ParseIP(host).Equal(net.ParseIP(s.config.SourceIP))
}
