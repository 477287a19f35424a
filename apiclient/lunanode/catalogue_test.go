package lunanode

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient"
)

func TestCatalogueIsComplete(t *testing.T) {
	c := LoadCatalogue()
	if n := len(c.Actions()); n != 117 {
		t.Errorf("%d actions, want 117", n)
	}
	want := "vm dns2 dns image volume floating network lb plan region billing monitor securitygroup script sshkey email"
	if got := strings.Join(c.Categories(), " "); got != want {
		t.Errorf("categories\n got %s\nwant %s", got, want)
	}
	mutating := 0
	for _, a := range c.Actions() {
		if a.Mutates {
			mutating++
		}
		if a.Doc == "" || a.Level == "" {
			t.Errorf("%s has no doc or level", a)
		}
		if !isName(a.Category) || !isName(a.Name) {
			t.Errorf("%s: the client would refuse its name", a)
		}
		if found, ok := c.Action(a.Category, a.Name); !ok || found != a {
			t.Errorf("%s is not found", a)
		}
		seen := map[string]bool{}
		for _, p := range a.Params {
			if p.Doc == "" || seen[p.Name] {
				t.Errorf("%s: parameter %s has no doc or is there twice", a, p.Name)
			}
			if p.Type.Expected() == "text" && p.Type != TypeString {
				t.Errorf("%s: parameter %s has the unknown type %s", a, p.Name, p.Type)
			}
			seen[p.Name] = true
		}
	}
	if mutating != 80 {
		t.Errorf("%d actions mutate, want 80", mutating)
	}
}

// The effect of every action, so that a change of the rule or of the data shows.
func TestEffects(t *testing.T) {
	var b strings.Builder
	for _, effect := range []apiclient.Effect{apiclient.EffectRead, apiclient.EffectCreate, apiclient.EffectUpdate, apiclient.EffectDestroy} {
		var names []string
		for _, a := range LoadCatalogue().Actions() {
			if a.Effect == effect {
				names = append(names, a.String())
			}
		}
		slices.Sort(names)
		fmt.Fprintf(&b, "%s (%d)\n  %s\n", effect, len(names), strings.Join(names, "\n  "))
	}
	want, err := os.ReadFile("testdata/effects.txt")
	if err != nil || b.String() != string(want) {
		t.Errorf("%v; the effects are\n%s", err, b.String())
	}
}

func TestEffectExceptionsAreActions(t *testing.T) {
	for _, name := range []string{"vm/reimage", "vm/securitygroup-add", "vm/securitygroup-remove"} {
		category, action, _ := strings.Cut(name, "/")
		if _, ok := LoadCatalogue().Action(category, action); !ok || effectException(name) == "" {
			t.Errorf("%s: not an action, or no exception", name)
		}
	}
}

func TestNear(t *testing.T) {
	for _, tt := range []struct{ category, action, want string }{
		{"vm", "list", ""},
		{"vm", "lst", "vm/list"},
		{"vms", "list", "vm/list"},
		{"vm", "floatingip_add", "vm/floatingip-add"},
		{"lb", "member-add", "lb/member_add"},
		{"dns2", "zone_lst", "dns2/zone-list"},
		{"something", "else", ""},
	} {
		if got := LoadCatalogue().Near(tt.category, tt.action); got != tt.want {
			t.Errorf("%s/%s: %q, want %q", tt.category, tt.action, got, tt.want)
		}
	}
}

func TestShapesOfAllAnswers(t *testing.T) {
	got := map[Shape]int{}
	for _, a := range LoadCatalogue().Actions() {
		for _, f := range a.Top() {
			got[f.Shape()]++
			if shape := f.Shape(); shape == Scalar && strings.ContainsAny(f.Type, "[{") {
				t.Errorf("%s: %s is taken for a scalar: %s", a, f.Name, f.Type)
			}
		}
	}
	want := map[Shape]int{Scalar: 23, List: 13, Map: 6, Object: 4, Flat: 2, Varying: 3, Bytes: 1}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("shapes %v, want %v", got, want)
	}
}

func TestParts(t *testing.T) {
	a, _ := LoadCatalogue().Action("vm", "info")
	var names []string
	for _, f := range a.Parts("info.addresses[]") {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "addr version external reverse" {
		t.Errorf("parts %s", got)
	}
	for _, f := range a.Parts("info") {
		if f.Name == "additionalip" && f.Shape() != List {
			t.Errorf("additionalip has shape %d", f.Shape())
		}
	}
}

func BenchmarkLoadCatalogue(b *testing.B) {
	for b.Loop() {
		newCatalogue(actionTable())
	}
}
