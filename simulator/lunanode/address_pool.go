package lunanode

import "net/netip"

// addressPool hands out the addresses of a subnet in order, going round.
type addressPool struct {
	prefix netip.Prefix
	next   netip.Addr
	used   map[netip.Addr]bool
}

// newAddressPool leaves out the subnet's own address and the gateway after it.
func newAddressPool(prefix netip.Prefix) addressPool {
	prefix = prefix.Masked()
	return addressPool{prefix: prefix, next: prefix.Addr().Next().Next(), used: map[netip.Addr]bool{}}
}

// resume goes on with the search for a free address where another pool stood; a
// text that is no address of this one changes nothing.
func (p *addressPool) resume(text string) {
	if addr, err := netip.ParseAddr(text); err == nil && p.prefix.Contains(addr) && p.next.Less(addr) {
		p.next = addr
	}
}

// free reports whether text is an address of the pool that nobody has.
func (p *addressPool) free(text string) bool {
	addr, err := netip.ParseAddr(text)
	return err == nil && p.prefix.Contains(addr) && !p.used[addr]
}

// reserve takes a certain address.
func (p *addressPool) reserve(text string) {
	if addr, err := netip.ParseAddr(text); err == nil {
		p.used[addr] = true
	}
}

func (p *addressPool) release(text string) {
	if addr, err := netip.ParseAddr(text); err == nil {
		delete(p.used, addr)
	}
}

// take returns "" when the pool is empty.
func (p *addressPool) take() string {
	first := p.prefix.Addr().Next().Next()
	if !p.prefix.Contains(p.next.Next()) { // the last one is the broadcast address
		p.next = first
	}
	for range 1 << (p.prefix.Addr().BitLen() - p.prefix.Bits()) {
		addr := p.next
		if p.next = addr.Next(); !p.prefix.Contains(p.next.Next()) {
			p.next = first
		}
		if !p.used[addr] {
			p.used[addr] = true
			return addr.String()
		}
	}
	return ""
}
