package lunanode

// Region is a place where resources live.
type Region struct {
	Slug  string `json:"slug"`
	Label string `json:"label"`
}

func regionActions() map[string]action {
	return map[string]action{
		"list": func(c *call) (answer, error) {
			var regions dict
			for _, r := range c.regions {
				regions = append(regions, member{r.Slug, r.Label})
			}
			return object{{"regions", regions}}, nil
		},
	}
}

func (a *account) isRegion(slug string) bool { return a.regionLabel(slug) != "" }

func (a *account) regionLabel(slug string) string {
	for _, r := range a.regions {
		if r.Slug == slug {
			return r.Label
		}
	}
	return ""
}
