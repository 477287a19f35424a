package cloudservers

// Config says what a service is like. The zero value is an empty account with the
// stock flavors and images, the default times and limits, and no rate limits.
type Config struct {
	Clock      Clock // nil: the machine's clock
	Account    int   // the account number in every path
	RandomSeed uint64
	State      *State // what the account holds at first; nil: nothing but stock

	// Authorize reports whether a token opens the account. nil: every token does.
	Authorize func(token string) bool

	Times      Times
	Limits     AbsoluteLimits
	RateLimits []RateLimit // nil: none; see DocumentedRateLimits

	Cached     bool // answer GETs as from a cache: 203 instead of 200 (section 5)
	Gzip       bool // compress answers for clients that accept it (section 2)
	StripNames bool // drop blanks and punctuation from server names, as recordings show
}

// AbsoluteLimits are the sizes an account cannot exceed (section 7.2). Zero means
// the documented default.
type AbsoluteLimits struct {
	MaxTotalRAMSize   int // MB, all servers together; default 51200
	MaxIPGroups       int // default 25
	MaxIPGroupMembers int // servers in one group; default 25
}

func (l AbsoluteLimits) orDefault() AbsoluteLimits {
	if l.MaxTotalRAMSize == 0 {
		l.MaxTotalRAMSize = 51200
	}
	if l.MaxIPGroups == 0 {
		l.MaxIPGroups = 25
	}
	if l.MaxIPGroupMembers == 0 {
		l.MaxIPGroupMembers = 25
	}
	return l
}
