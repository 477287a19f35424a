package simulator

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/faults"
	"github.com/cloudscript/cloudscript/simulator/lunanode"
)

// login is the operation of the authentication service.
const login = "auth"

// scriptNames are what scripts call operations that have other names here: a list
// asks for all details unless it is told not to, and who waits for something looks at
// it again and again.
var scriptNames = map[string][]string{
	"servers.list":     {"servers.each"},
	"servers.detail":   {"servers.list", "servers.each"},
	"servers.get":      {"servers.wait"},
	"flavors.list":     {"flavors.each"},
	"flavors.detail":   {"flavors.list", "flavors.each"},
	"images.list":      {"images.each"},
	"images.detail":    {"images.list", "images.each"},
	"images.get":       {"images.wait"},
	"ip_groups.list":   {"ip_groups.each"},
	"ip_groups.detail": {"ip_groups.list", "ip_groups.each"},
	"vm.info":          {"vm.wait"},
	"volume.info":      {"volume.wait"},
	"image.details":    {"image.wait"},
}

// operations are the names of each operation, its own first.
var operations = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for _, own := range slices.Concat([]string{login}, cloudservers.Operations(), lunanode.Operations()) {
		all[own] = append([]string{own}, scriptNames[own]...)
		if word := strings.ReplaceAll(own, "-", "_"); word != own { // Lua has no names with hyphens
			all[own] = append(all[own], word)
		}
	}
	return all
})

// namesOf are the names of an operation, its own first. What the clouds do not have can
// be asked for, too.
func namesOf(operation string) []string {
	if names, ok := operations()[operation]; ok {
		return names
	}
	return []string{operation}
}

// HasOperation reports whether there is an operation of this name, or one that fits
// this pattern, in which * stands for any text.
func HasOperation(pattern string) bool {
	rule := faults.Rule{Operation: pattern}
	for _, names := range operations() {
		if pattern != "" && rule.Names(names...) {
			return true
		}
	}
	return false
}

// Operations are the names by which rules and counts know operations, in order: those
// of the scripts' verbs, and servers.detail and its like, which are but one of the two
// requests that servers.list stands for.
func Operations() []string {
	names := map[string]bool{}
	for _, some := range operations() {
		for _, name := range some {
			if !strings.Contains(name, "-") { // it has a name without
				names[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}
