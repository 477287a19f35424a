package lunanode

import (
	"strconv"
	"time"
)

// nonces remembers what the policy needs to know of earlier calls.
type nonces struct {
	last     int64
	accepted map[string]int64 // nonce by signature
	pruned   int64            // when accepted was last cleared of old signatures, in seconds
}

// nonceTime is the time that nonces are held against.
func (s *Server) nonceTime() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.config.NonceClock.Now().Add(s.skew)
}

// acceptNonce judges the nonce of a request whose signature is right.
func (s *Server) acceptNonce(nonce, signature string) bool {
	at, err := strconv.ParseInt(nonce, 10, 64)
	if err != nil {
		return false
	}
	now, window := s.nonceTime().Unix(), int64(s.config.NonceWindow/time.Second)
	s.mu.Lock()
	defer s.mu.Unlock()
	if at < now-window || at > now+window {
		return false
	}
	switch s.config.NoncePolicy {
	case NonceNoReplay:
		return s.nonces.first(signature, at, now, window)
	case NonceIncrease:
		if at <= s.nonces.last {
			return false
		}
		s.nonces.last = at
	}
	return true
}

// first reports whether a signature has not been accepted before.
func (n *nonces) first(signature string, at, now, window int64) bool {
	n.prune(now, window)
	if _, replay := n.accepted[signature]; replay {
		return false
	}
	n.accepted[signature] = at
	return true
}

// prune forgets signatures whose nonce has left the window, at most once in half
// a window so that a burst of calls does not pay for it each time.
func (n *nonces) prune(now, window int64) {
	if n.accepted == nil {
		n.accepted, n.pruned = map[string]int64{}, now
	}
	if now-n.pruned < window/2 {
		return
	}
	for signature, at := range n.accepted {
		if at < now-window {
			delete(n.accepted, signature)
		}
	}
	n.pruned = now
}
