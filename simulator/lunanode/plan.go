package lunanode

import "strings"

// Plan is a size of machine and its price.
type Plan struct {
	ID           int      `json:"plan_id"`
	Name         string   `json:"name"`
	Category     string   `json:"category"`
	RAM          int      `json:"ram"`       // megabytes
	VCPU         int      `json:"vcpu"`      // virtual processors
	Storage      int      `json:"storage"`   // gigabytes
	Bandwidth    int      `json:"bandwidth"` // gigabytes a month
	IPs          int      `json:"ips"`       // addresses that a machine may have
	Price        dollars  `json:"price"`     // an hour
	PriceMonthly string   `json:"price_monthly"`
	Regions      []string `json:"regions"`
}

func planActions() map[string]action {
	return map[string]action{
		"list": func(c *call) (answer, error) {
			return object{{"plans", each(c.plans, c.planRow)}}, nil
		},
	}
}

func (a *account) planRow(p *Plan) object {
	var places []string
	for _, slug := range p.Regions {
		city, _, _ := strings.Cut(a.regionLabel(slug), ",")
		places = append(places, city)
	}
	return object{
		{"plan_id", decimal(p.ID)},
		{"name", p.Name},
		{"ram", decimal(p.RAM)},
		{"vcpu", decimal(p.VCPU)},
		{"storage", decimal(p.Storage)},
		{"bandwidth", decimal(p.Bandwidth)},
		{"ips", decimal(p.IPs)},
		{"price", p.Price.short()},
		{"category", p.Category},
		{"metadata_json", ""},
		{"price_nice", "$" + p.Price.short()},
		{"metadata", ""},
		{"price_monthly_nice", "$" + p.PriceMonthly},
		{"regions_nice", strings.Join(places, ", ")},
	}
}

// findPlan takes a decimal id or a name (spec section 10); nil when there is none.
func (a *account) findPlan(idOrName string) *Plan {
	id := parseID(idOrName)
	for _, p := range a.plans {
		if p.ID == id || p.Name == idOrName {
			return p
		}
	}
	return nil
}
