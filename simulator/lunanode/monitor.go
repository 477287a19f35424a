package lunanode

import (
	"slices"
	"strings"
)

// Check is an uptime check. In the simulation every check finds its target online.
type Check struct {
	ID       int               `json:"check_id,omitempty"`
	Name     string            `json:"name"`
	Type     string            `json:"type"`
	Interval int               `json:"check_interval"` // seconds
	Delay    int               `json:"delay"`          // checks before an alert
	Data     map[string]string `json:"data"`           // the parameters of its type
}

// Contact is where alerts go.
type Contact struct {
	ID   int    `json:"contact_id,omitempty"`
	Type string `json:"type"`
	Rel  string `json:"rel"` // an address or a number
}

// Alert joins a check and a contact.
type Alert struct {
	ID      int `json:"alert_id,omitempty"`
	Check   int `json:"check_id"`
	Contact int `json:"contact_id"`
}

func monitorActions() map[string]action {
	return map[string]action{
		"check-list":     checkList,
		"check-types":    monitorCheckTypes,
		"check-add":      checkAdd,
		"check-remove":   on((*call).check, checkRemove),
		"contact-list":   contactList,
		"contact-add":    contactAdd,
		"contact-remove": on((*call).contact, contactRemove),
		"alert-list":     on((*call).check, alertList),
		"alert-add":      on((*call).check, alertAdd),
		"alert-remove":   alertRemove,
	}
}

func checkList(c *call) (answer, error) {
	var checks dict
	for _, k := range c.checks.all() {
		checks = append(checks, member{decimal(k.ID), k.row()})
	}
	return object{{"checks", checks}}, nil
}

func (k *Check) row() object {
	t, _ := findCheckType(k.Type)
	var data dict
	var summary []string
	for _, p := range t.params {
		if value, ok := k.Data[p.name]; ok {
			data = append(data, member{p.name, value})
			if p.required {
				summary = append(summary, value)
			}
		}
	}
	text := encoder{}
	text.value(data)
	return object{
		{"id", decimal(k.ID)},
		{"name", k.Name},
		{"type", k.Type},
		{"status", "online"},
		{"enabled", oneOrEmpty(true)},
		{"check_interval", decimal(k.Interval)},
		{"delay", decimal(k.Delay)},
		{"data", markup(text.out)},
		{"data_nice", data},
		{"data_summary", strings.Join(summary, ", ")},
		{"type_details", t.row()},
	}
}

// checkAdd takes the parameters of the type beside its own. The type dns would have
// a name and a type too; how the service tells them apart is not known, so here
// they are the check's own.
func checkAdd(c *call) (answer, error) {
	t, ok := findCheckType(c.text("type"))
	if !ok {
		return nil, mustBe("type", "one of those that check-types shows")
	}
	k := &Check{
		Name: c.text("name"), Type: t.key, Interval: c.number("check_interval"), Delay: c.number("delay"),
		Data: map[string]string{},
	}
	for _, p := range t.params {
		value, sent := c.params[p.name]
		if p.required && !value.given() {
			return nil, notSet(p.name)
		}
		if !sent {
			continue
		}
		if err := (parameter{Name: p.name, Type: "string"}).check(value); err != nil {
			return nil, err
		}
		if p.choices != nil && !slices.Contains(p.choices, value.text) {
			return nil, mustBe(p.name, "one of "+strings.Join(p.choices, ", "))
		}
		k.Data[p.name] = value.text
	}
	k.ID = c.checks.newID()
	c.checks.put(k.ID, k)
	return object{{"check_id", decimal(k.ID)}}, nil
}

func checkRemove(c *call, k *Check) (answer, error) {
	c.removeAlerts(func(a *Alert) bool { return a.Check == k.ID })
	c.checks.remove(k.ID)
	return nil, nil
}

func contactList(c *call) (answer, error) {
	var contacts dict
	for _, k := range c.contacts.all() {
		id := decimal(k.ID)
		contacts = append(contacts, member{id, object{{"id", id}, {"type", k.Type}, {"rel", k.Rel}}})
	}
	return object{{"contacts", contacts}}, nil
}

func contactAdd(c *call) (answer, error) {
	k := &Contact{ID: c.contacts.newID(), Type: c.text("type"), Rel: c.text("rel")}
	c.contacts.put(k.ID, k)
	return object{{"contact_id", decimal(k.ID)}}, nil
}

func contactRemove(c *call, k *Contact) (answer, error) {
	c.removeAlerts(func(a *Alert) bool { return a.Contact == k.ID })
	c.contacts.remove(k.ID)
	return nil, nil
}

func alertList(c *call, k *Check) (answer, error) {
	var alerts dict
	for _, a := range c.alerts.where(func(a *Alert) bool { return a.Check == k.ID }) {
		id := decimal(a.ID)
		alerts = append(alerts, member{id, object{
			{"id", id}, {"check_id", decimal(a.Check)}, {"contact_id", decimal(a.Contact)},
		}})
	}
	return object{{"alerts", alerts}}, nil
}

func alertAdd(c *call, k *Check) (answer, error) {
	contact, err := c.contact()
	if err != nil {
		return nil, err
	}
	a := &Alert{ID: c.alerts.newID(), Check: k.ID, Contact: contact.ID}
	c.alerts.put(a.ID, a)
	return object{{"alert_id", decimal(a.ID)}}, nil
}

func alertRemove(c *call) (answer, error) {
	a := c.alerts.get(c.id("alert_id"))
	if a == nil {
		return nil, errAlert
	}
	c.alerts.remove(a.ID)
	return nil, nil
}

func (c *call) removeAlerts(which func(*Alert) bool) {
	for _, a := range c.alerts.where(which) {
		c.alerts.remove(a.ID)
	}
}

func (c *call) check() (*Check, error) {
	if k := c.checks.get(c.id("check_id")); k != nil {
		return k, nil
	}
	return nil, errCheck
}

func (c *call) contact() (*Contact, error) {
	if k := c.contacts.get(c.id("contact_id")); k != nil {
		return k, nil
	}
	return nil, errContact
}
