package lunanode

import "testing"

func TestLoadBalancers(t *testing.T) {
	c := newClient(t, Config{})
	create := args{
		"region": "toronto", "net_id": "1", "name": "front", "method": "roundrobin", "protocol": "http", "connection_limit": 100, "port": "80",
	}
	id := c.id("lb/create", "lb_id", create)
	lb := func(extra args) args {
		params := args{"region": "toronto", "lb_id": id}
		for name, value := range extra {
			params[name] = value
		}
		return params
	}
	row := []any{map[string]any{"region": "toronto", "id": id, "name": "front"}}
	equals(t, "rows", c.get("lb/list", args{"region": "toronto", "net_id": "1"}, "lb"), row)
	equals(t, "rows of another network", c.get("lb/list", args{"region": "toronto", "net_id": "2"}, "lb"), []any{})
	equals(t, "rows of another region", c.get("lb/list", args{"region": "roubaix"}, "lb"), []any{})

	c.plain("lb/member_add", lb(args{"ip": "172.20.0.9", "port": "8080"}))
	first, second := c.id("floating/add", "ip", args{"region": "toronto"}), c.id("floating/add", "ip", args{"region": "toronto"})
	c.plain("lb/associate", lb(args{"ip": first}))
	c.plain("lb/associate", lb(args{"ip": second}))
	info := c.get("lb/info", lb(nil), "lb").(map[string]any)
	member := dig(t, info, "members", 0, "member_id")
	equals(t, "info", info, map[string]any{
		"id": id, "name": "front", "region": "toronto", "net_id": "1", "method": "roundrobin", "protocol": "http",
		"connection_limit": "100", "port": "80", "ip": "172.20.0.2", "floating_ip": second,
		"members": []any{map[string]any{"member_id": member, "ip": "172.20.0.9", "port": "8080"}},
	})
	c.plain("floating/delete", args{"region": "toronto", "ip": first})
	address := c.get("floating/list", nil, "ips", 0).(map[string]any)
	equals(t, "attached", []any{address["attached_type"], address["attached_id"], address["attached_name"]}, []any{"lb", id, "front"})
	c.refuse("floating/delete", args{"region": "toronto", "ip": second}, "the ip must be detached before delete can proceed")
	c.refuse("lb/associate", lb(args{"ip": second}), "the ip is attached already")

	c.plain("lb/member_remove", lb(args{"member_id": member}))
	c.refuse("lb/member_remove", lb(args{"member_id": member}), "invalid member")
	c.refuse("lb/member_add", lb(args{"ip": "172.20.0.9", "port": "0"}), "invalid port: must be from 1 to 65535")
	c.refuse("lb/delete", args{"region": "roubaix", "lb_id": id}, "invalid load balancer")
	c.plain("lb/delete", lb(nil))
	c.refuse("lb/info", lb(nil), "invalid load balancer")
	equals(t, "address afterwards", c.get("floating/list", nil, "ips", 0, "attached_type"), "unattached")

	create["port"] = 65536
	c.refuse("lb/create", create, "invalid port: must be from 1 to 65535")
	create["net_id"] = "2" // of montreal
	c.refuse("lb/create", create, "invalid network")
}
