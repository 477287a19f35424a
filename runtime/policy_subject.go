package runtime

import (
	"context"
	"runtime/debug"
	"slices"
	"strings"
)

// has reports whether a rule can go by the field.
func (s *Subject) has(field string) bool { return s != nil && slices.Contains(s.Fields, field) }

// choice ends the message about a name that is none.
func (s *Subject) choice() string {
	if s == nil {
		return ""
	}
	return ", and what it acts on no such field; there is " + strings.Join(s.Fields, ", ")
}

// subjectOf asks what the call acts on if a rule wants to know.
func (p *Policy) subjectOf(ctx context.Context, c *Call) (fields map[string]string, err error) {
	if c.Verb.Subject == nil || !p.asks(c.Verb) {
		return nil, nil
	}
	c.task.block(func() {
		defer func() {
			if p := recover(); p != nil {
				err = panicError(&PanicError{Value: p, Stack: debug.Stack()})
			}
		}()
		fields, err = c.Verb.Subject.Look(ctx, c)
	})
	return fields, err
}

// asks reports whether a rule about the verb has a condition on its subject.
func (p *Policy) asks(v *Verb) bool {
	asks := func(r Rule) bool {
		if len(r.Where) == 0 || !r.names(v) {
			return false
		}
		return slices.ContainsFunc(v.Subject.Fields, func(field string) bool { _, ok := r.Where[field]; return ok })
	}
	return slices.ContainsFunc(p.Deny, asks) || slices.ContainsFunc(p.Allow, asks)
}
