package lunanode

import "slices"

// SecurityGroup is a firewall for the machines of one region.
type SecurityGroup struct {
	ID     int            `json:"group_id,omitempty"`
	Name   string         `json:"name"`
	Region string         `json:"region"`
	Rules  []SecurityRule `json:"rules"`
}

func securityGroupActions() map[string]action {
	return map[string]action{
		"list":        securityGroupList,
		"create":      securityGroupCreate,
		"delete":      on((*call).securityGroup, securityGroupDelete),
		"rename":      on((*call).securityGroup, securityGroupRename),
		"rule-list":   on((*call).securityGroup, securityRuleList),
		"rule-insert": on((*call).securityGroup, securityRuleInsert),
		"rule-delete": on((*call).securityGroup, securityRuleDelete),
	}
}

func securityGroupList(c *call) (answer, error) {
	return object{{"securitygroups", each(c.securityGroups.all(), func(g *SecurityGroup) object {
		return object{{"securitygroup_id", decimal(g.ID)}, {"name", g.Name}, {"region", g.Region}}
	})}}, nil
}

// securityGroupCreate makes a group with two egress rules that allow everything.
func securityGroupCreate(c *call) (answer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	g := &SecurityGroup{ID: c.securityGroups.newID(), Name: c.text("name"), Region: region}
	for _, ethertype := range []string{"IPv4", "IPv6"} {
		g.Rules = append(g.Rules, SecurityRule{
			ID: c.random.uuid(), Direction: "egress", Ethertype: ethertype, Protocol: "*", PortRange: "*", Remote: "*",
		})
	}
	c.securityGroups.put(g.ID, g)
	return object{{"group_id", decimal(g.ID)}}, nil
}

func securityGroupDelete(c *call, g *SecurityGroup) (answer, error) {
	for _, vm := range c.vms.all() {
		if slices.Contains(vm.SecurityGroups, g.ID) {
			return nil, fault("the security group must be unused before delete can proceed")
		}
	}
	c.securityGroups.remove(g.ID)
	return nil, nil
}

func securityGroupRename(c *call, g *SecurityGroup) (answer, error) {
	g.Name = c.text("name")
	return nil, nil
}

// securityGroup is the call's region and group_id.
func (c *call) securityGroup() (*SecurityGroup, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	return c.securityGroupIn(region, c.id("group_id"))
}

func (a *account) securityGroupIn(region string, id int) (*SecurityGroup, error) {
	if g := a.securityGroups.get(id); g != nil && g.Region == region {
		return g, nil
	}
	return nil, errSecurityGroup
}

// defaultSecurityGroups is what a machine gets that asks for none.
func (a *account) defaultSecurityGroups(region string) []int {
	for _, g := range a.securityGroups.all() {
		if g.Region == region && g.Name == "default" {
			return []int{g.ID}
		}
	}
	return nil
}
