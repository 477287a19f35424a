package lunanode

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// A Param is one parameter of an action.
type Param struct {
	Name     string
	Type     ParamType
	Required bool
	Doc      string
}

// A ParamType is the form that a value has on the wire, where everything is text
// (spec section 10).
type ParamType string

const (
	TypeString  ParamType = "string"
	TypeUUID    ParamType = "uuid"    // 36 characters
	TypeInt     ParamType = "int"     // decimal digits
	TypeDecimal ParamType = "decimal" // decimal digits with a fraction
	TypeRegion  ParamType = "region"  // a slug such as toronto
	TypePlan    ParamType = "plan"    // a decimal id, or a name such as m.1
	TypeYesNo   ParamType = "yesno"   // yes or no
	TypeIntList ParamType = "intlist" // ids joined by commas, without blanks
	TypeIP      ParamType = "ip"
	TypeCIDR    ParamType = "cidr"
	TypeURL     ParamType = "url"
)

// Expected says in words what a value of the type looks like.
func (t ParamType) Expected() string {
	switch t {
	case TypeUUID:
		return "a UUID such as 5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"
	case TypeInt:
		return "a whole number"
	case TypeDecimal:
		return "a decimal number such as 0.5"
	case TypeRegion:
		return "a region's short name such as toronto (region/list shows them)"
	case TypePlan:
		return "a plan's number or name such as m.1 (plan/list shows them)"
	case TypeYesNo:
		return "yes or no"
	case TypeIntList:
		return "whole numbers joined by commas without blanks, such as 123,999"
	case TypeIP:
		return "an IP address such as 198.51.100.7"
	case TypeCIDR:
		return "a network such as 10.0.0.0/24"
	case TypeURL:
		return "a URL such as https://example.com/image.qcow2"
	}
	return "text"
}

var (
	uuidForm    = lazyregexp.New(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)
	intForm     = lazyregexp.New(`^-?[0-9]{1,18}$`)
	decimalForm = lazyregexp.New(`^-?[0-9]{1,18}(\.[0-9]{1,18})?$`)
	regionForm  = lazyregexp.New(`^[a-z0-9][a-z0-9_-]*$`)
	planForm    = lazyregexp.New(`^[A-Za-z0-9][A-Za-z0-9._ -]*$`)
	intListForm = lazyregexp.New(`^[0-9]{1,18}(,[0-9]{1,18})*$`)
)

// valid reports whether a value has the form of the type.
func (t ParamType) valid(value string) bool {
	switch t {
	case TypeUUID:
		return uuidForm.MatchString(value)
	case TypeInt:
		return intForm.MatchString(value)
	case TypeDecimal:
		return decimalForm.MatchString(value)
	case TypeRegion:
		return regionForm.MatchString(value)
	case TypePlan:
		return planForm.MatchString(value)
	case TypeYesNo:
		return value == "yes" || value == "no"
	case TypeIntList:
		return intListForm.MatchString(value)
	case TypeIP:
		address, err := netip.ParseAddr(value)
		return err == nil && address.Zone() == ""
	case TypeCIDR:
		_, err := netip.ParsePrefix(value)
		return err == nil
	case TypeURL:
		u, err := url.Parse(value)
		return err == nil && u.Scheme != "" && u.Host != ""
	}
	return true
}

// Secret reports whether the parameter's value must not be shown.
func (p Param) Secret() bool { return isSecret(p.Name) }

func isSecret(param string) bool {
	return param == "password" || param == "private_key" || param == "api_partialkey"
}

// A ParamError is a parameter that does not fit its action. Its text names the
// parameter and what was expected, and shows no secret.
type ParamError struct {
	Action  string // "vm/create"
	Param   string
	Problem string
	Hint    string // "" if there is none
}

func (e *ParamError) Error() string {
	text := e.Action + ": " + e.Problem
	if e.Hint != "" {
		text += "; " + e.Hint
	}
	return text
}

// Check compares parameters with the description of the action: required ones
// that are missing or empty, in the order of the catalogue, then unknown names,
// then values that do not have the form of their type. The error is a
// *ParamError.
func (a *Action) Check(params map[string]string) error {
	for _, p := range a.Params {
		if p.Required && params[p.Name] == "" {
			return a.problem(p.Name, fmt.Sprintf("parameter %q is required: %s", p.Name, p.Doc), "")
		}
	}
	for _, name := range sortedKeys(params) {
		p, known := a.Param(name)
		if !known {
			if a.OpenParams {
				continue
			}
			return a.unknown(name)
		}
		if err := p.check(a, params[name]); err != nil {
			return err
		}
	}
	return nil
}

// Param finds a parameter by name.
func (a *Action) Param(name string) (Param, bool) {
	for _, p := range a.Params {
		if p.Name == name {
			return p, true
		}
	}
	return Param{}, false
}

func (p Param) check(a *Action, value string) error {
	if value == "" && p.Type != TypeString {
		return a.problem(p.Name, fmt.Sprintf("parameter %q is empty, want %s", p.Name, p.Type.Expected()), "leave it out if it is not meant")
	}
	if p.Type.valid(value) {
		return nil
	}
	return a.problem(p.Name, fmt.Sprintf("parameter %q is %s, want %s", p.Name, quoted(value), p.Type.Expected()), "")
}

func (a *Action) unknown(name string) error {
	var names []string
	for _, p := range a.Params {
		names = append(names, p.Name)
	}
	hint := "it takes no parameters"
	if near := nearest(name, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	} else if len(names) > 0 {
		hint = "it takes " + strings.Join(names, ", ")
	}
	return a.problem(name, fmt.Sprintf("unknown parameter %s", quoted(name)), hint)
}

func (a *Action) problem(param, problem, hint string) error {
	return &ParamError{Action: a.String(), Param: param, Problem: problem, Hint: hint}
}

func sortedKeys(m map[string]string) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
