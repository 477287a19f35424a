package vm

import "sync"

// A ModuleCache keeps the compiled modules of require for many states, so that a
// module is compiled once however many runs require it. The zero value is ready. It
// is safe for many goroutines.
type ModuleCache struct {
	mu      sync.Mutex
	modules map[moduleSource]compiledModule
	bytes   int // of their sources
}

type moduleSource struct {
	chunk, src string
	opts       CompileOptions
}

type compiledModule struct {
	proto *Proto
	polls int // how often compiling it asked whether to go on
}

// maxCached is how many bytes the sources of cached modules have together; what was
// compiled of them takes about compiledSize times as much.
const maxCached = 1 << 20

// compile is compileChunk, or what it returned before. A module costs a run the same
// steps either way, so that runs do not differ in what they use.
func (c *ModuleCache) compile(chunk, src string, opts CompileOptions, poll func() error) (*Proto, error) {
	key := moduleSource{chunk, src, opts}
	c.mu.Lock()
	known, ok := c.modules[key]
	c.mu.Unlock()
	if ok {
		for range known.polls {
			if err := poll(); err != nil {
				return nil, err
			}
		}
		return known.proto, nil
	}
	polls := 0
	proto, err := compileChunk(chunk, src, opts, func() error { polls++; return poll() })
	if err == nil {
		c.keep(key, compiledModule{proto, polls})
	}
	return proto, err
}

// keep adds a module; when they become too many, the others go.
func (c *ModuleCache) keep(key moduleSource, m compiledModule) {
	if len(key.src) > maxCached {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.modules[key]; ok {
		return
	}
	if c.bytes += len(key.src); c.bytes > maxCached || c.modules == nil {
		c.modules, c.bytes = map[moduleSource]compiledModule{}, len(key.src)
	}
	c.modules[key] = m
}
