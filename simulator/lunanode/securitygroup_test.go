package lunanode

import "testing"

func TestSecurityGroups(t *testing.T) {
	c := newClient(t, Config{})
	equals(t, "seeds", c.get("securitygroup/list", nil, "securitygroups"), []any{
		map[string]any{"securitygroup_id": "11", "name": "default", "region": "toronto"},
		map[string]any{"securitygroup_id": "12", "name": "default", "region": "montreal"},
		map[string]any{"securitygroup_id": "13", "name": "default", "region": "roubaix"},
	})
	id := c.id("securitygroup/create", "group_id", args{"region": "toronto", "name": "web"})
	group := args{"region": "toronto", "group_id": id}
	rules := c.call("securitygroup/rule-list", group)
	equals(t, "members beside success", len(rules), 3)
	equals(t, "second rule", dig(t, rules, "1"), map[string]any{
		"id": dig(t, rules, "1", "id"), "direction": "egress", "ethertype": "IPv6", "protocol": "*", "port_range": "*", "remote": "*", "label": "",
	})
	c.plain("securitygroup/rename", args{"region": "toronto", "group_id": id, "name": "front"})
	c.refuse("securitygroup/rename", args{"region": "roubaix", "group_id": id, "name": "front"}, "invalid security group")

	vm := c.id("vm/create", "vm_id", args{"hostname": "web01", "plan_id": "1", "image_id": "26", "securitygroups": "11," + id})
	equals(t, "groups of the machine", c.get("vm/info", args{"vm_id": vm}, "info", "securitygroups"), []any{"default", "front"})
	c.refuse("securitygroup/delete", group, "the security group must be unused before delete can proceed")
	membership := args{"vm_id": vm, "group_id": id}
	c.plain("vm/securitygroup-add", membership) // it has it already
	c.plain("vm/securitygroup-remove", membership)
	c.refuse("vm/securitygroup-remove", membership, "invalid security group")
	c.refuse("vm/securitygroup-add", args{"vm_id": vm, "group_id": "12"}, "invalid security group") // of another region
	c.plain("securitygroup/delete", group)
	c.refuse("securitygroup/rule-list", group, "invalid security group")
}

func TestSecurityRules(t *testing.T) {
	c := newSeededClient(t, Config{})
	rule := func(change args) args {
		params := args{
			"region": "toronto", "group_id": "22", "direction": "ingress", "type": "IPv4", "protocol": "tcp",
			"remote_type": "cidr", "remote_value": "10.0.0.0/8",
		}
		for name, value := range change {
			params[name] = value
		}
		return params
	}
	for _, change := range []args{
		{"port_min": "80"}, {"port_min": "8000", "port_max": 8100, "label": "apps"}, {"protocol": "any"},
		{"remote_type": "group", "remote_value": "21"}, {"remote_value": "any"},
	} {
		c.plain("securitygroup/rule-insert", rule(change))
	}
	rules := c.call("securitygroup/rule-list", args{"region": "toronto", "group_id": "22"})
	var got [][]any
	for i := range len(rules) - 1 {
		r := rules[decimal(i)].(map[string]any)
		got = append(got, []any{r["protocol"], r["port_range"], r["remote"], r["label"]})
	}
	equals(t, "rules", got, [][]any{
		{"tcp", "80", "10.0.0.0/8", ""}, {"tcp", "8000-8100", "10.0.0.0/8", "apps"}, {"*", "*", "10.0.0.0/8", ""},
		{"tcp", "*", "web", ""}, {"tcp", "*", "*", ""},
	})
	for _, test := range []struct {
		change args
		want   string
	}{
		{args{"direction": "in"}, "invalid direction: must be ingress or egress"},
		{args{"type": "ipv4"}, "invalid type: must be IPv4 or IPv6"},
		{args{"port_min": "0"}, "invalid port_min: must be a port from 1 to 65535 and not above port_max"},
		{args{"port_min": "2", "port_max": "1"}, "invalid port_min: must be a port from 1 to 65535 and not above port_max"},
		{args{"port_max": "70000"}, "invalid port_min: must be a port from 1 to 65535 and not above port_max"},
		{args{"remote_type": "group", "remote_value": "web"}, "invalid security group"},
	} {
		c.refuse("securitygroup/rule-insert", rule(test.change), test.want)
	}
	id := dig(t, rules, "0", "id")
	remove := args{"region": "toronto", "group_id": "22", "rule_id": id}
	c.plain("securitygroup/rule-delete", remove)
	c.refuse("securitygroup/rule-delete", remove, "invalid rule")
}
