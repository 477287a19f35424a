package lunanode

import "slices"

// SecurityRule is one rule of a group. An asterisk stands for any.
type SecurityRule struct {
	ID        string `json:"id,omitempty"`
	Direction string `json:"direction"` // ingress or egress
	Ethertype string `json:"ethertype"` // IPv4 or IPv6
	Protocol  string `json:"protocol"`
	PortRange string `json:"port_range"` // 80 or 8000-8100
	Remote    string `json:"remote"`     // a subnet, or the name of a group
	Label     string `json:"label"`
}

// securityRuleList answers flat: each rule under its index, beside success (spec
// section 6).
func securityRuleList(_ *call, g *SecurityGroup) (answer, error) {
	var rows object
	for i, r := range g.Rules {
		rows = append(rows, member{decimal(i), object{
			{"id", r.ID},
			{"direction", r.Direction},
			{"ethertype", r.Ethertype},
			{"protocol", r.Protocol},
			{"port_range", r.PortRange},
			{"remote", r.Remote},
			{"label", r.Label},
		}})
	}
	return rows, nil
}

func securityRuleInsert(c *call, g *SecurityGroup) (answer, error) {
	r := SecurityRule{
		Direction: c.text("direction"),
		Ethertype: c.text("type"),
		Protocol:  anyAsAsterisk(c.text("protocol")),
		Label:     c.text("label"),
	}
	if r.Direction != "ingress" && r.Direction != "egress" {
		return nil, mustBe("direction", "ingress or egress")
	}
	if r.Ethertype != "IPv4" && r.Ethertype != "IPv6" {
		return nil, mustBe("type", "IPv4 or IPv6")
	}
	var err error
	if r.PortRange, err = c.portRange(); err != nil {
		return nil, err
	}
	if r.Remote, err = c.ruleRemote(g.Region); err != nil {
		return nil, err
	}
	r.ID = c.random.uuid()
	g.Rules = append(g.Rules, r)
	return nil, nil
}

func securityRuleDelete(c *call, g *SecurityGroup) (answer, error) {
	at := slices.IndexFunc(g.Rules, func(r SecurityRule) bool { return r.ID == c.text("rule_id") })
	if at < 0 {
		return nil, errRule
	}
	g.Rules = slices.Delete(g.Rules, at, at+1)
	return nil, nil
}

func (c *call) portRange() (string, error) {
	if !c.has("port_min") && !c.has("port_max") {
		return "*", nil
	}
	first := c.number("port_min")
	last := first
	if c.has("port_max") {
		last = c.number("port_max")
	}
	if first < 1 || last > 65535 || last < first {
		return "", mustBe("port_min", "a port from 1 to 65535 and not above port_max")
	}
	if first == last {
		return decimal(first), nil
	}
	return decimal(first) + "-" + decimal(last), nil
}

// ruleRemote takes a group's id where the kind of remote is a group, and anything
// else as it is: which kinds there are is not known (spec section 15).
func (c *call) ruleRemote(region string) (string, error) {
	if c.text("remote_type") != "group" {
		return anyAsAsterisk(c.text("remote_value")), nil
	}
	g, err := c.securityGroupIn(region, c.id("remote_value"))
	if err != nil {
		return "", err
	}
	return g.Name, nil
}

func anyAsAsterisk(text string) string {
	if text == "any" {
		return "*"
	}
	return text
}
