package lunanode

import "fmt"

// names enters DNS.
func (r *restorer) names(s State) {
	enter(r, "zones", s.Zones, &r.zones, func(z *Zone) *int { return &z.ID }, func(z *Zone) error {
		if !isHostname(z.Name) {
			return fmt.Errorf("%q is not a domain", z.Name)
		}
		return nil
	})
	enter(r, "records", s.Records, &r.records, func(x *Record) *int { return &x.ID }, func(x *Record) error {
		return mustExist(&r.zones, "zone", x.Zone)
	})
	enter(r, "dynamic_names", s.DynamicNames, &r.dyns, func(d *DynamicName) *int { return &d.ID }, nil)
}

// watchers enters monitoring.
func (r *restorer) watchers(s State) {
	enter(r, "checks", s.Checks, &r.checks, func(k *Check) *int { return &k.ID }, func(k *Check) error {
		if _, ok := findCheckType(k.Type); !ok {
			return fmt.Errorf("unknown type of check %q", k.Type)
		}
		return nil
	})
	enter(r, "contacts", s.Contacts, &r.contacts, func(k *Contact) *int { return &k.ID }, nil)
	enter(r, "alerts", s.Alerts, &r.alerts, func(a *Alert) *int { return &a.ID }, func(a *Alert) error {
		if err := mustExist(&r.checks, "check", a.Check); err != nil {
			return err
		}
		return mustExist(&r.contacts, "contact", a.Contact)
	})
}

func (r *restorer) mail(s State) {
	enter(r, "mail_domains", s.MailDomains, &r.domains, func(d *MailDomain) *int { return &d.ID }, nil)
	enter(r, "mailboxes", s.Mailboxes, &r.mailboxes, func(m *Mailbox) *int { return &m.ID }, func(m *Mailbox) error {
		return mustExist(&r.domains, "domain", m.Domain)
	})
	enter(r, "mail_aliases", s.MailAliases, &r.aliases, func(a *MailAlias) *int { return &a.ID }, func(a *MailAlias) error {
		return mustExist(&r.domains, "domain", a.Domain)
	})
}

func mustExist[T any](c *collection[T], what string, id int) error {
	if c.get(id) == nil {
		return fmt.Errorf("unknown %s %d", what, id)
	}
	return nil
}
