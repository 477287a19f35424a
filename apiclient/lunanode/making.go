package lunanode

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A making is an action whose work can be found in a list: by the name that the caller gave,
// and by not having been there before (the API tells no age and takes no mark).
type making struct {
	what       string // as a person says it
	param      string // that names the thing
	list       string // the category of the list
	action     string // "list", or what the category calls it
	rows       string // the list's member; "" where the rows stand in the answer itself
	name, id   string // the rows' members
	identifies string // the answer's member
	regional   bool   // the list takes the region
}

// makingOf knows the actions that make something with a name of the caller's, and whose list is
// confirmed to show it. For others a lost answer is left to the caller; see lookAt.
func makingOf(category, action string) (making, bool) {
	switch category + "/" + action {
	case "vm/create":
		return making{what: "machine", param: "hostname", list: "vm", rows: "vms", name: "hostname", id: "vm_id", identifies: "vm_id"}, true
	case "vm/snapshot", "image/fetch":
		return making{what: "image", param: "name", list: "image", rows: "images", name: "name", id: "image_id", identifies: "image_id"}, true
	case "volume/create":
		return making{what: "volume", param: "label", list: "volume", rows: "volumes", name: "name", id: "id", identifies: "volume_id"}, true
	case "network/create":
		return making{what: "network", param: "name", list: "network", rows: "networks", name: "name", id: "net_id", identifies: "net_id"}, true
	case "lb/create":
		return making{what: "load balancer", param: "name", list: "lb", rows: "lb", name: "name", id: "id", identifies: "lb_id", regional: true}, true
	case "securitygroup/create":
		return making{what: "security group", param: "name", list: "securitygroup", rows: "securitygroups", name: "name", id: "securitygroup_id", identifies: "group_id"}, true
	case "script/create":
		return making{what: "script", param: "name", list: "script", rows: "scripts", name: "name", id: "id", identifies: "script_id"}, true
	case "sshkey/add":
		return making{what: "key", param: "label", list: "sshkey", name: "name", id: "id", identifies: "key_id"}, true
	case "dns/dyn-add":
		return making{what: "name", param: "name", list: "dns", action: "dyn-list", rows: "dyns", name: "name", id: "id", identifies: "dyn_id"}, true
	case "monitor/check-add":
		return making{what: "check", param: "name", list: "monitor", action: "check-list", rows: "checks", name: "name", id: "id", identifies: "check_id"}, true
	}
	return making{}, false
}

// LookedFor tells how what the action makes is looked for when the answer is lost: what it is and
// the parameter that names it. It is not ok where nobody looks.
func (a *Action) LookedFor() (what, param string, ok bool) {
	m, ok := makingOf(a.Category, a.Name)
	return m.what, m.param, ok
}

// listAction is the action that lists what the call makes, "list" where it says nothing else.
func (m making) listAction() string { return cmp.Or(m.action, "list") }

// roll is the name of the list among those of the account.
func (m making) roll(params map[string]string) string {
	name := m.list + "/" + m.listAction()
	if m.regional {
		name += " " + params["region"]
	}
	return name
}

// listed are the rows as they are now; those that the call may have made come with the answer
// that it would have had.
func (c *Client) listed(ctx context.Context, m making, params map[string]string) ([]apiclient.Listed, error) {
	var filter map[string]string
	if m.regional {
		filter = map[string]string{"region": params["region"]}
	}
	answer, err := c.Call(ctx, m.list, m.listAction(), filter)
	if err != nil {
		return nil, err
	}
	rows := answer.Indexed()
	if m.rows != "" {
		rows = answer.Get(m.rows).List()
	}
	listed := make([]apiclient.Listed, len(rows))
	for i, row := range rows {
		id := row.Get(m.id).Text()
		listed[i] = apiclient.Listed{ID: id, What: m.what + " " + id}
		if id != "" && m.fits(row, params) {
			body, _ := json.Marshal(map[string]string{"success": "yes", m.identifies: id}) // texts alone: cannot fail
			listed[i].Answer = &apiclient.Response{Status: http.StatusOK, Header: http.Header{}, Body: body}
		}
	}
	return listed, nil
}

// fits compares a row with what was asked for, as far as both tell.
func (m making) fits(row Value, params map[string]string) bool {
	region, wanted := row.Get("region").Text(), params["region"]
	return strings.EqualFold(row.Get(m.name).Text(), params[m.param]) &&
		(region == "" || wanted == "" || strings.EqualFold(region, wanted))
}

// make performs a call that makes something.
func (c *Client) make(ctx context.Context, m making, call *call, req *apiclient.Request) error {
	return c.census.Of(m.roll(call.params)).Make(ctx, req, apiclient.Making{
		Name: strings.ToLower(call.params[m.param]),
		List: func(ctx context.Context) ([]apiclient.Listed, error) { return c.listed(ctx, m, call.params) },
		Do: func(ctx context.Context, look apiclient.Look) (string, error) {
			req.Look = look
			resp, err := c.chain.Do(ctx, req)
			if err != nil {
				return "", err
			}
			if call.answer.raw == nil { // adopted
				if call.answer, err = ParseAnswer(resp.Body); err != nil {
					return "", c.redact.NewError(req, apiclient.KindBadAnswer, err.Error())
				}
			}
			return call.answer.Get(m.identifies).Text(), nil
		},
	})
}
