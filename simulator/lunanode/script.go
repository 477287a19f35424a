package lunanode

// Script is a startup script.
type Script struct {
	ID      int    `json:"script_id,omitempty"`
	Name    string `json:"name"`
	Content string `json:"content"`
}

func scriptActions() map[string]action {
	return map[string]action{
		"list": func(c *call) (answer, error) {
			return object{{"scripts", each(c.scripts.all(), (*Script).row)}}, nil
		},
		// The fields stand beside success, unwrapped (spec section 6).
		"get": on((*call).script, func(_ *call, s *Script) (answer, error) { return s.row(), nil }),
		"create": func(c *call) (answer, error) {
			s := &Script{ID: c.scripts.newID(), Name: c.text("name"), Content: c.text("content")}
			c.scripts.put(s.ID, s)
			return object{{"script_id", decimal(s.ID)}}, nil
		},
		"update": on((*call).script, func(c *call, s *Script) (answer, error) {
			s.Name, s.Content = c.text("name"), c.text("content")
			return nil, nil
		}),
		"delete": on((*call).script, func(c *call, s *Script) (answer, error) {
			c.scripts.remove(s.ID)
			return nil, nil
		}),
	}
}

func (s *Script) row() object {
	return object{{"id", decimal(s.ID)}, {"name", s.Name}, {"content", s.Content}}
}

func (c *call) script() (*Script, error) {
	if s := c.scripts.get(c.id("script_id")); s != nil {
		return s, nil
	}
	return nil, errScript
}
