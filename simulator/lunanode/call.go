package lunanode

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// call is one call to the account, with the account's lock held.
type call struct {
	*account
	params  params
	now     time.Time
	failing bool // what it begins ends badly
}

// An answer is what a call that succeeds is answered with: an object (what stands
// beside success) or a download; nil is success alone.
type answer interface {
	send(*Server, http.ResponseWriter)
}

// An action carries out a call whose parameters have passed the catalogue's
// check. Its errors are faults.
type action func(*call) (answer, error)

// on makes an action of something that the call names by id.
func on[T any](find func(*call) (*T, error), act func(*call, *T) (answer, error)) action {
	return func(c *call) (answer, error) {
		thing, err := find(c)
		if err != nil {
			return nil, err
		}
		return act(c, thing)
	}
}

// allActions joins the categories.
func allActions() map[actionName]action {
	all := map[actionName]action{}
	for category, actions := range map[string]map[string]action{
		"billing":       billingActions(),
		"dns":           dnsActions(),
		"dns2":          dns2Actions(),
		"email":         emailActions(),
		"floating":      floatingActions(),
		"image":         imageActions(),
		"lb":            loadBalancerActions(),
		"monitor":       monitorActions(),
		"network":       networkActions(),
		"plan":          planActions(),
		"region":        regionActions(),
		"script":        scriptActions(),
		"securitygroup": securityGroupActions(),
		"sshkey":        sshKeyActions(),
		"vm":            vmActions(),
		"volume":        volumeActions(),
	} {
		for name, act := range actions {
			all[actionName{category, name}] = act
		}
	}
	return all
}

// text is a parameter's value, "" when it is absent.
func (c *call) text(name string) string { return c.params[name].text }

// has reports whether an optional parameter was sent. An empty text was sent: it
// is not the same as leaving it out (spec section 4).
func (c *call) has(name string) bool { _, ok := c.params[name]; return ok }

// number is a parameter that the catalogue's check has found to be a whole number.
func (c *call) number(name string) int { n, _ := strconv.Atoi(c.text(name)); return n }

// id is a parameter that names something by number; what is no number is 0, which
// nothing has.
func (c *call) id(name string) int { return parseID(c.text(name)) }

func (c *call) yes(name string) bool { return c.text(name) == "yes" }

// ids is a parameter with ids joined by commas.
func (c *call) ids(name string) []int {
	var ids []int
	if text := c.text(name); text != "" {
		for part := range strings.SplitSeq(text, ",") {
			ids = append(ids, parseID(part))
		}
	}
	return ids
}

// parseID reads a decimal id without sign or blanks.
func parseID(text string) int {
	if !isDigits(text) {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// region is a parameter that names a region.
func (c *call) region(name string) (string, error) {
	for _, r := range c.regions {
		if r.Slug == c.text(name) {
			return r.Slug, nil
		}
	}
	return "", errRegion
}

// wantedRegion is an optional region to list; "" wants all.
func (c *call) wantedRegion() (string, error) {
	if !c.has("region") {
		return "", nil
	}
	return c.region("region")
}
