package runtime

import (
	"crypto/sha256"
	"sync"
)

// A Cache keeps compiled programs by name and source, so that a program is
// compiled once however many runs use it. It is safe for many goroutines.
type Cache struct {
	mu       sync.Mutex
	limit    int
	programs map[cacheKey]*cached
	oldest   []cacheKey // by the time of their first use
}

type cacheKey struct {
	name string
	hash [sha256.Size]byte
}

// A cached program is compiled by the first that asks for it, while the others
// wait.
type cached struct {
	once    sync.Once
	program *Program
	err     error
}

// NewCache makes a cache of at most limit programs; 0 means 1,000. The one that
// was first used longest ago goes first.
func NewCache(limit int) *Cache {
	if limit <= 0 {
		limit = 1000
	}
	return &Cache{limit: limit, programs: map[cacheKey]*cached{}}
}

// Compile is the function Compile, or what it returned before for this name and
// source.
func (c *Cache) Compile(name string, source []byte) (*Program, error) {
	key := cacheKey{name, sha256.Sum256(source)}
	c.mu.Lock()
	entry := c.programs[key]
	if entry == nil {
		entry = &cached{}
		c.programs[key] = entry
		c.oldest = append(c.oldest, key)
		if len(c.oldest) > c.limit {
			delete(c.programs, c.oldest[0])
			c.oldest = c.oldest[1:]
		}
	}
	c.mu.Unlock()
	entry.once.Do(func() { entry.program, entry.err = Compile(name, source) })
	return entry.program, entry.err
}

// Len is how many programs the cache holds.
func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.programs)
}
