package lunanode

import "strings"

// MailDomain is a domain whose mail the service takes. A DKIM key is not kept,
// only that there is one.
type MailDomain struct {
	ID           int    `json:"domain_id,omitempty"`
	Name         string `json:"name"`
	DKIMSelector string `json:"dkim_selector,omitempty"` // "" when mail is not signed
}

// Mailbox is a user of a mail domain. Its password is not kept.
type Mailbox struct {
	ID       int    `json:"user_id,omitempty"`
	Domain   int    `json:"domain_id"`
	Username string `json:"username"` // left of the @
}

// MailAlias sends mail on.
type MailAlias struct {
	ID     int    `json:"alias_id,omitempty"`
	Domain int    `json:"domain_id"`
	Name   string `json:"name"` // left of the @
	Target string `json:"target"`
}

// No answer of this category is known. The lists are arrays of rows with an id, as
// elsewhere; everything that changes something answers plain success.
func emailActions() map[string]action {
	return map[string]action{
		"usage":             mailUsage,
		"domain-list":       domainList,
		"domain-add":        domainAdd,
		"domain-remove":     on((*call).domain, domainRemove),
		"domain-dkim-set":   on((*call).domain, dkimSet),
		"domain-dkim-unset": on((*call).domain, dkimUnset),
		"user-list":         on((*call).domain, mailboxList),
		"user-add":          on((*call).domain, mailboxAdd),
		"user-set-password": on((*call).mailbox, func(*call, *Mailbox) (answer, error) { return nil, nil }),
		"user-remove":       on((*call).mailbox, mailboxRemove),
		"alias-list":        on((*call).domain, aliasList),
		"alias-add":         on((*call).domain, aliasAdd),
		"alias-remove":      on((*call).domain, aliasRemove),
	}
}

func mailUsage(c *call) (answer, error) {
	return object{{"usage", object{
		{"domains", decimal(len(c.domains.ids))},
		{"users", decimal(len(c.mailboxes.ids))},
		{"aliases", decimal(len(c.aliases.ids))},
	}}}, nil
}

func domainList(c *call) (answer, error) {
	return object{{"domains", each(c.domains.all(), func(d *MailDomain) object {
		return object{{"id", decimal(d.ID)}, {"name", d.Name}, {"dkim_selector", d.DKIMSelector}}
	})}}, nil
}

func domainAdd(c *call) (answer, error) {
	name := strings.TrimSuffix(strings.ToLower(c.text("name")), ".")
	if !isHostname(name) {
		return nil, mustBe("name", "a domain such as example.com")
	}
	for _, d := range c.domains.all() {
		if d.Name == name {
			return nil, faultf("domain %s exists already", name)
		}
	}
	d := &MailDomain{ID: c.domains.newID(), Name: name}
	c.domains.put(d.ID, d)
	return nil, nil
}

// domainRemove takes the domain's mailboxes and aliases with it.
func domainRemove(c *call, d *MailDomain) (answer, error) {
	for _, m := range c.mailboxesOf(d) {
		c.mailboxes.remove(m.ID)
	}
	for _, a := range c.aliasesOf(d) {
		c.aliases.remove(a.ID)
	}
	c.domains.remove(d.ID)
	return nil, nil
}

func dkimSet(c *call, d *MailDomain) (answer, error) {
	if !strings.Contains(c.text("private_key"), "-----BEGIN") {
		return nil, mustBe("private_key", "a private key in PEM form")
	}
	d.DKIMSelector = c.text("selector")
	return nil, nil
}

func dkimUnset(_ *call, d *MailDomain) (answer, error) {
	d.DKIMSelector = ""
	return nil, nil
}

func mailboxList(c *call, d *MailDomain) (answer, error) {
	return object{{"users", each(c.mailboxesOf(d), func(m *Mailbox) object {
		return object{{"id", decimal(m.ID)}, {"username", m.Username}, {"address", m.Username + "@" + d.Name}}
	})}}, nil
}

func mailboxAdd(c *call, d *MailDomain) (answer, error) {
	m := &Mailbox{Domain: d.ID, Username: c.text("username")}
	if err := c.localPartIsFree(d, "username", m.Username); err != nil {
		return nil, err
	}
	m.ID = c.mailboxes.newID()
	c.mailboxes.put(m.ID, m)
	return nil, nil
}

func mailboxRemove(c *call, m *Mailbox) (answer, error) {
	c.mailboxes.remove(m.ID)
	return nil, nil
}

func aliasList(c *call, d *MailDomain) (answer, error) {
	return object{{"aliases", each(c.aliasesOf(d), func(a *MailAlias) object {
		return object{{"id", decimal(a.ID)}, {"name", a.Name}, {"target", a.Target}}
	})}}, nil
}

func aliasAdd(c *call, d *MailDomain) (answer, error) {
	a := &MailAlias{Domain: d.ID, Name: c.text("name"), Target: c.text("target")}
	if !strings.Contains(a.Target, "@") {
		return nil, mustBe("target", "a mail address")
	}
	if err := c.localPartIsFree(d, "name", a.Name); err != nil {
		return nil, err
	}
	a.ID = c.aliases.newID()
	c.aliases.put(a.ID, a)
	return nil, nil
}

func aliasRemove(c *call, d *MailDomain) (answer, error) {
	a := c.aliases.get(c.id("alias_id"))
	if a == nil || a.Domain != d.ID {
		return nil, errAlias
	}
	c.aliases.remove(a.ID)
	return nil, nil
}

// localPartIsFree judges what stands left of the @ in a new address.
func (c *call) localPartIsFree(d *MailDomain, parameter, local string) error {
	if strings.ContainsAny(local, "@ \t\r\n") {
		return mustBe(parameter, "what stands left of the @")
	}
	taken := faultf("%s@%s exists already", local, d.Name)
	for _, m := range c.mailboxesOf(d) {
		if m.Username == local {
			return taken
		}
	}
	for _, a := range c.aliasesOf(d) {
		if a.Name == local {
			return taken
		}
	}
	return nil
}

func (c *call) mailboxesOf(d *MailDomain) []*Mailbox {
	return c.mailboxes.where(func(m *Mailbox) bool { return m.Domain == d.ID })
}

func (c *call) aliasesOf(d *MailDomain) []*MailAlias {
	return c.aliases.where(func(a *MailAlias) bool { return a.Domain == d.ID })
}

func (c *call) domain() (*MailDomain, error) {
	if d := c.domains.get(c.id("domain_id")); d != nil {
		return d, nil
	}
	return nil, errDomain
}

// mailbox is the call's domain_id and user_id.
func (c *call) mailbox() (*Mailbox, error) {
	d, err := c.domain()
	if err != nil {
		return nil, err
	}
	if m := c.mailboxes.get(c.id("user_id")); m != nil && m.Domain == d.ID {
		return m, nil
	}
	return nil, errMailbox
}
