package lunanode

import "slices"

// LoadBalancer spreads connections over members. What its answers look like and
// which methods and protocols there are is not known (spec section 15): any are
// taken, and lb/info shows all there is.
type LoadBalancer struct {
	ID              int                  `json:"lb_id,omitempty"`
	Region          string               `json:"region"`
	Network         int                  `json:"net_id"`
	Name            string               `json:"name"`
	Method          string               `json:"method"`
	Protocol        string               `json:"protocol"`
	ConnectionLimit int                  `json:"connection_limit"`
	Port            int                  `json:"port"`
	IP              string               `json:"ip,omitempty"` // its address in the network
	FloatingIP      string               `json:"floating_ip,omitempty"`
	Members         []LoadBalancerMember `json:"members"`
}

// LoadBalancerMember is one address behind a load balancer.
type LoadBalancerMember struct {
	ID   string `json:"member_id,omitempty"` // a UUID
	IP   string `json:"ip"`
	Port int    `json:"port"`
}

func loadBalancerActions() map[string]action {
	return map[string]action{
		"list":          loadBalancerList,
		"create":        loadBalancerCreate,
		"delete":        on((*call).loadBalancer, loadBalancerDelete),
		"info":          on((*call).loadBalancer, loadBalancerInfo),
		"member_add":    on((*call).loadBalancer, memberAdd),
		"member_remove": on((*call).loadBalancer, memberRemove),
		"associate":     on((*call).loadBalancer, loadBalancerAssociate),
	}
}

func loadBalancerList(c *call) (answer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	balancers := c.loadBalancers.where(func(lb *LoadBalancer) bool {
		return lb.Region == region && (!c.has("net_id") || lb.Network == c.id("net_id"))
	})
	return object{{"lb", each(balancers, func(lb *LoadBalancer) object {
		return object{{"region", lb.Region}, {"id", decimal(lb.ID)}, {"name", lb.Name}}
	})}}, nil
}

func loadBalancerCreate(c *call) (answer, error) {
	n, err := c.network()
	if err != nil {
		return nil, err
	}
	port, err := c.port()
	if err != nil {
		return nil, err
	}
	lb := &LoadBalancer{
		Region: n.Region, Network: n.ID, Name: c.text("name"), Method: c.text("method"), Protocol: c.text("protocol"),
		ConnectionLimit: c.number("connection_limit"), Port: port, IP: n.pool.take(),
	}
	if lb.IP == "" {
		return nil, errAddressesGone
	}
	lb.ID = c.loadBalancers.newID()
	c.loadBalancers.put(lb.ID, lb)
	return object{{"lb_id", decimal(lb.ID)}}, nil
}

// loadBalancerDelete leaves its floating address on the account.
func loadBalancerDelete(c *call, lb *LoadBalancer) (answer, error) {
	c.networks.get(lb.Network).pool.release(lb.IP)
	if f := c.floatingByIP[lb.FloatingIP]; f != nil {
		f.lb = nil
	}
	c.loadBalancers.remove(lb.ID)
	return nil, nil
}

func loadBalancerInfo(_ *call, lb *LoadBalancer) (answer, error) {
	return object{{"lb", object{
		{"id", decimal(lb.ID)},
		{"name", lb.Name},
		{"region", lb.Region},
		{"net_id", decimal(lb.Network)},
		{"method", lb.Method},
		{"protocol", lb.Protocol},
		{"connection_limit", decimal(lb.ConnectionLimit)},
		{"port", decimal(lb.Port)},
		{"ip", lb.IP},
		{"floating_ip", lb.FloatingIP},
		{"members", each(lb.Members, func(m LoadBalancerMember) object {
			return object{{"member_id", m.ID}, {"ip", m.IP}, {"port", decimal(m.Port)}}
		})},
	}}}, nil
}

func memberAdd(c *call, lb *LoadBalancer) (answer, error) {
	port, err := c.port()
	if err != nil {
		return nil, err
	}
	lb.Members = append(lb.Members, LoadBalancerMember{ID: c.random.uuid(), IP: c.text("ip"), Port: port})
	return nil, nil
}

func memberRemove(c *call, lb *LoadBalancer) (answer, error) {
	at := slices.IndexFunc(lb.Members, func(m LoadBalancerMember) bool { return m.ID == c.text("member_id") })
	if at < 0 {
		return nil, errMember
	}
	lb.Members = slices.Delete(lb.Members, at, at+1)
	return nil, nil
}

// loadBalancerAssociate puts a floating address in front; one that was there before
// goes back to the account.
func loadBalancerAssociate(c *call, lb *LoadBalancer) (answer, error) {
	f, err := c.unattachedIP(c.text("ip"), lb.Region)
	if err != nil {
		return nil, err
	}
	if before := c.floatingByIP[lb.FloatingIP]; before != nil {
		before.lb = nil
	}
	f.lb, lb.FloatingIP = lb, f.IP
	return nil, nil
}

// loadBalancer is the call's region and lb_id.
func (c *call) loadBalancer() (*LoadBalancer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	if lb := c.loadBalancers.get(c.id("lb_id")); lb != nil && lb.Region == region {
		return lb, nil
	}
	return nil, errLoadBalancer
}

func (c *call) port() (int, error) {
	if port := c.number("port"); port >= 1 && port <= 65535 {
		return port, nil
	}
	return 0, mustBe("port", "from 1 to 65535")
}
