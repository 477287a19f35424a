package runtime

import (
	"maps"
	"slices"
	"sync"
)

// sources are the texts of a run's chunks, for the lines that errors show. A task that
// leaves looks at them without the baton.
type sources struct {
	mu     sync.Mutex
	chunks map[string]string
}

func (s *sources) remember(chunk, source string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.chunks == nil {
		s.chunks = map[string]string{}
	}
	s.chunks[chunk] = source
}

// of is the text of a chunk; "" if it is not known.
func (s *sources) of(chunk string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.chunks[chunk]
}

// names are those of all chunks, in order.
func (s *sources) names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.chunks))
}
