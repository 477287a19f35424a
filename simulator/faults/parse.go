package faults

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A setting is one key=value or flag of the text form.
type setting struct {
	name string
	read func(r *Rule, value string) error
	text func(r *Rule) (value string, set bool)
	flag bool
}

var settings = []setting{
	number("nth", func(r *Rule) *int { return &r.Nth }),
	number("after", func(r *Rule) *int { return &r.After }),
	number("times", func(r *Rule) *int { return &r.Times }),
	{name: "probability", read: readProbability, text: func(r *Rule) (string, bool) {
		return strconv.FormatFloat(r.Probability, 'g', -1, 64), r.Probability != 0
	}},
	{name: "seed", read: readSeed, text: func(r *Rule) (string, bool) {
		return strconv.FormatUint(r.Seed, 10), r.Seed != 0
	}},
	duration("delay", func(r *Rule) *time.Duration { return &r.Delay }),
	flag("fail", func(r *Rule) *bool { return &r.Fail }),
	{name: "status", read: readStatus, text: func(r *Rule) (string, bool) { return strconv.Itoa(r.Status), r.Status != 0 }},
	{name: "fault", read: readFault, text: func(r *Rule) (string, bool) { return r.Fault, r.Fault != "" }},
	duration("retry-after", func(r *Rule) *time.Duration { return &r.RetryAfter }),
	flag("reset", func(r *Rule) *bool { return &r.Reset }),
	flag("lost-reply", func(r *Rule) *bool { return &r.LostReply }),
	duration("late", func(r *Rule) *time.Duration { return &r.Late }),
	number("truncate", func(r *Rule) *int { return &r.Truncate }),
	flag("malformed", func(r *Rule) *bool { return &r.Malformed }),
	duration("slow", func(r *Rule) *time.Duration { return &r.Slow }),
}

func number(name string, field func(*Rule) *int) setting {
	return setting{name: name,
		read: func(r *Rule, value string) error {
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 {
				return fmt.Errorf("%s must be a number from 1 on, not %q", name, value)
			}
			*field(r) = n
			return nil
		},
		text: func(r *Rule) (string, bool) { return strconv.Itoa(*field(r)), *field(r) != 0 },
	}
}

func duration(name string, field func(*Rule) *time.Duration) setting {
	return setting{name: name,
		read: func(r *Rule, value string) error {
			d, err := time.ParseDuration(value)
			if err != nil || d <= 0 {
				return fmt.Errorf("%s must be a time such as 30s or 1m30s, not %q", name, value)
			}
			*field(r) = d
			return nil
		},
		text: func(r *Rule) (string, bool) { return field(r).String(), *field(r) != 0 },
	}
}

func flag(name string, field func(*Rule) *bool) setting {
	return setting{name: name, flag: true,
		read: func(r *Rule, _ string) error { *field(r) = true; return nil },
		text: func(r *Rule) (string, bool) { return "", *field(r) },
	}
}

func readProbability(r *Rule, value string) error {
	p, err := strconv.ParseFloat(value, 64)
	if err != nil || !(p > 0 && p <= 1) {
		return fmt.Errorf("probability must be above 0 and at most 1, not %q", value)
	}
	r.Probability = p
	return nil
}

func readSeed(r *Rule, value string) error {
	seed, err := strconv.ParseUint(value, 10, 64)
	if err != nil {
		return fmt.Errorf("seed must be a number, not %q", value)
	}
	r.Seed = seed
	return nil
}

func readStatus(r *Rule, value string) error {
	status, err := strconv.Atoi(value)
	if err != nil || status < 200 || status > 599 {
		return fmt.Errorf("status must be an HTTP status from 200 to 599, not %q", value)
	}
	r.Status = status
	return nil
}

func readFault(r *Rule, value string) error {
	if value == "" {
		return fmt.Errorf("fault must name a fault such as serverCapacityUnavailable")
	}
	r.Fault = value
	return nil
}

var methods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodHead}

// Parse reads a rule's text form. The error names the word that is wrong.
func Parse(text string) (Rule, error) {
	var r Rule
	words := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == ',' || c == '\t' })
	for _, word := range words {
		if err := r.parseWord(word); err != nil {
			return Rule{}, fmt.Errorf("fault rule %q: %w", text, err)
		}
	}
	if r == (Rule{Operation: r.Operation, Method: r.Method, Path: r.Path, Nth: r.Nth, After: r.After,
		Times: r.Times, Probability: r.Probability, Seed: r.Seed, RetryAfter: r.RetryAfter}) {
		return Rule{}, fmt.Errorf("fault rule %q does not say what happens; add one of %s", text, effects)
	}
	return r, nil
}

const effects = "status=, fault=, delay=, late=, slow=, truncate=, reset, lost-reply, malformed, fail"

func (r *Rule) parseWord(word string) error {
	name, value, assigned := strings.Cut(word, "=")
	for _, s := range settings {
		switch {
		case s.name != strings.ReplaceAll(name, "_", "-"): // as scripts write it
		case s.flag && assigned:
			return fmt.Errorf("%s takes no value", name)
		case !s.flag && !assigned:
			return fmt.Errorf("%s needs a value: %s=…", name, name)
		default:
			return s.read(r, value)
		}
	}
	if assigned {
		return fmt.Errorf("there is no setting %q", name)
	}
	return r.parseTarget(word)
}

func (r *Rule) parseTarget(word string) error {
	for _, method := range methods {
		if word == method {
			r.Method = word
			return nil
		}
	}
	switch {
	case word == "*":
	case strings.HasPrefix(word, "/"):
		r.Path = word
	case word == "auth", strings.ContainsAny(word, ".*"):
		r.Operation = word
	default:
		return fmt.Errorf("%q is no operation (servers.create), no method (GET), no path (/servers) and no effect (%s)", word, effects)
	}
	return nil
}

// String is the rule's text form.
func (r Rule) String() string {
	var words []string
	for _, target := range []string{r.Operation, r.Method, r.Path} {
		if target != "" {
			words = append(words, target)
		}
	}
	if len(words) == 0 {
		words = append(words, "*")
	}
	for _, s := range settings {
		value, set := s.text(&r)
		switch {
		case !set:
		case s.flag:
			words = append(words, s.name)
		default:
			words = append(words, s.name+"="+value)
		}
	}
	return strings.Join(words, " ")
}
