package lunanode

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"time"
)

// newAccount is the built-in seed and nothing else.
func newAccount(config Config) *account {
	a, err := restore(config, State{})
	if err != nil {
		panic(fmt.Sprintf("lunanode: embedded seed: %v", err)) // a mistake in seed.json
	}
	return a
}

// restore builds the account that a state describes.
func restore(config Config, state State) (*account, error) {
	state, err := completed(state)
	if err != nil {
		return nil, err
	}
	r := restorer{account: emptyAccount(config), now: config.Clock.Now().UTC()}
	r.counters(state)
	r.places(state)
	r.machines(state)
	r.names(state)
	r.watchers(state)
	r.mail(state)
	if r.err != nil {
		return nil, r.err
	}
	return r.account, nil
}

// completed takes absent sections from the built-in seed, and copies everything, so
// that neither the caller's state nor the seed changes with the account.
func completed(state State) (State, error) {
	seed := builtInSeed()
	if state.Credit == nil {
		state.Credit = seed.Credit
	}
	if state.NextIDs == nil {
		state.NextIDs = seed.NextIDs
	}
	orSeed(&state.Regions, seed.Regions)
	orSeed(&state.Plans, seed.Plans)
	orSeed(&state.Images, seed.Images)
	orSeed(&state.Networks, seed.Networks)
	orSeed(&state.SecurityGroups, seed.SecurityGroups)
	return state.clone()
}

func orSeed[T any](section *[]T, seed []T) {
	if *section == nil {
		*section = seed
	}
}

func (s State) clone() (State, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return State{}, err
	}
	var copied State
	return copied, json.Unmarshal(text, &copied)
}

// restorer enters a state's sections into an account, in the order in which they
// need each other. The first fault stays in err.
type restorer struct {
	*account
	now time.Time
	err error
}

func (r *restorer) fail(section string, index int, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s[%d]: %s", section, index, fmt.Sprintf(format, args...))
	}
}

func (r *restorer) counters(s State) {
	r.credit = *s.Credit
	if len(s.Random) > 0 {
		if err := r.random.source.UnmarshalBinary(s.Random); err != nil {
			r.err = errors.New("random: not the state of a source of UUIDs")
		}
	}
	for kind, next := range r.nextIDs() {
		*next = max(*next, s.NextIDs[kind])
	}
	r.floatingPool.resume(s.NextIP)
}

// places are what machines stand in: regions, plans, images, networks, groups.
func (r *restorer) places(s State) {
	for i := range s.Regions {
		r.regions = append(r.regions, &s.Regions[i])
	}
	for i := range s.Plans {
		r.plans = append(r.plans, &s.Plans[i])
	}
	enter(r, "images", s.Images, &r.images, func(i *Image) *int { return &i.ID }, func(i *Image) error {
		setDefault(&i.Format, "qcow2")
		setDefault(&i.Content, i.Name)
		if i.Created.IsZero() {
			i.Created, i.Ready = r.now, r.now
		}
		return r.mustBeRegion(i.Region)
	})
	enter(r, "networks", s.Networks, &r.networks, func(n *Network) *int { return &n.ID }, func(n *Network) error {
		prefix, err := netip.ParsePrefix(n.Subnet)
		if err != nil || !prefix.Addr().Is4() || prefix.Bits() > 29 {
			return fmt.Errorf("%q is not an IPv4 subnet of /29 or larger such as 10.1.0.0/24", n.Subnet)
		}
		n.pool = newAddressPool(prefix)
		n.pool.resume(n.NextIP)
		return r.mustBeRegion(n.Region)
	})
	enter(r, "security_groups", s.SecurityGroups, &r.securityGroups, func(g *SecurityGroup) *int { return &g.ID }, func(g *SecurityGroup) error {
		for i := range g.Rules {
			if g.Rules[i].ID == "" {
				g.Rules[i].ID = r.random.uuid()
			}
		}
		return r.mustBeRegion(g.Region)
	})
	enter(r, "scripts", s.Scripts, &r.scripts, func(x *Script) *int { return &x.ID }, nil)
	enter(r, "ssh_keys", s.SSHKeys, &r.sshKeys, func(k *SSHKey) *int { return &k.ID }, nil)
	enter(r, "floating_ips", s.FloatingIPs, &r.floating, func(f *FloatingIP) *int { return &f.ID }, func(f *FloatingIP) error {
		if !isIPv4(f.IP) {
			return fmt.Errorf("%q is not an IPv4 address", f.IP)
		}
		if r.floatingByIP[f.IP] != nil {
			return fmt.Errorf("address %s stands there twice", f.IP)
		}
		r.floatingByIP[f.IP] = f
		r.floatingPool.reserve(f.IP)
		return r.mustBeRegion(f.Region)
	})
}

func (r *restorer) mustBeRegion(slug string) error {
	if !r.isRegion(slug) {
		return fmt.Errorf("unknown region %q; the section regions has the known ones", slug)
	}
	return nil
}

// enter puts a section's rows into their collection: first those that have an id,
// then the others, which get one. check completes a row and judges it.
func enter[T any](r *restorer, section string, rows []T, into *collection[T], id func(*T) *int, check func(*T) error) {
	for _, given := range []bool{true, false} {
		for i := range rows {
			row := &rows[i]
			key := id(row)
			if (*key != 0) != given {
				continue
			}
			if !given {
				*key = into.newID()
			}
			if *key < 0 || into.get(*key) != nil {
				r.fail(section, i, "id %d cannot be used: it is negative or stands there twice", *key)
				return
			}
			if check != nil {
				if err := check(row); err != nil {
					r.fail(section, i, "%v", err)
					return
				}
			}
			into.put(*key, row)
		}
	}
}
