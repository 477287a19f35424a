package lunanode

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A making is an action whose work can be found in a list: by the name that the caller gave,
// and by not having been there before (the API tells no machine's age and takes no mark).
type making struct {
	what                 string // as a person says it
	param                string // that names the thing
	category, rows       string // the list, and its member
	name, id, identifies string // the rows' members, and the answer's
}

// makingOf knows the actions that make what costs money by the hour. For others a lost answer
// is left to the caller.
func makingOf(category, action string) (making, bool) {
	switch category + "/" + action {
	case "vm/create":
		return making{"machine", "hostname", "vm", "vms", "hostname", "vm_id", "vm_id"}, true
	case "vm/snapshot", "image/fetch":
		return making{"image", "name", "image", "images", "name", "image_id", "image_id"}, true
	case "volume/create":
		return making{"volume", "label", "volume", "volumes", "name", "id", "volume_id"}, true
	}
	return making{}, false
}

// list returns the rows as they are now.
func (c *Client) rowsOf(ctx context.Context, m making) ([]Value, error) {
	answer, err := c.Call(ctx, m.category, "list", nil)
	if err != nil {
		return nil, err
	}
	return answer.Get(m.rows).List(), nil
}

// make performs a call that makes something, one at a time for each name, so that what comes to
// light after a lost answer is the work of this call and not of another one here.
func (c *Client) make(ctx context.Context, m making, call *call, req *apiclient.Request) error {
	name := call.params[m.param]
	roll := c.census.of(m.category)
	leave, err := roll.enter(ctx, c.config.Clock, strings.ToLower(name))
	if err != nil {
		return c.redact.Ended(ctx, req, "waiting for another call that makes "+quoted(name), err)
	}
	defer leave()
	before := roll.before(ctx, c, m)
	req.Look = func(ctx context.Context) ([]apiclient.Found, error) { return c.look(ctx, m, name, before, roll) }

	resp, err := c.chain.Do(ctx, req)
	if err != nil {
		if e := apiclient.AsError(req, err); e.MayHaveActed {
			roll.forget() // what it may have made must not count as new for the next call
		}
		return err
	}
	if call.answer.raw == nil { // adopted
		if call.answer, err = ParseAnswer(resp.Body); err != nil {
			return c.redact.NewError(req, apiclient.KindBadAnswer, err.Error())
		}
	}
	roll.made(call.answer.Get(m.identifies).Text())
	return nil
}

// look finds the things of that name that were not there before the call and that no other call
// of this client made.
func (c *Client) look(ctx context.Context, m making, name string, before map[string]bool, roll *roll) ([]apiclient.Found, error) {
	rows, err := c.rowsOf(ctx, m)
	if err != nil {
		return nil, err
	}
	var found []apiclient.Found
	for _, row := range rows {
		id := row.Get(m.id).Text()
		if id == "" || !strings.EqualFold(row.Get(m.name).Text(), name) || before[id] || roll.isMade(id) {
			continue
		}
		doubt := ""
		if before == nil {
			doubt = "what was there before the call could not be listed"
		}
		body, _ := json.Marshal(map[string]string{"success": "yes", m.identifies: id}) // texts alone: cannot fail
		found = append(found, apiclient.Found{
			What:   fmt.Sprintf("%s %s", m.what, id),
			Answer: &apiclient.Response{Status: http.StatusOK, Header: http.Header{}, Body: body},
			Doubt:  doubt,
		})
	}
	return found, nil
}
