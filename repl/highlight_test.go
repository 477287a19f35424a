package repl

import (
	"regexp"
	"strings"
	"testing"
)

var escapes = regexp.MustCompile("\x1b\\[[0-9]*m")

func TestHighlight(t *testing.T) {
	h := Highlighter{Declared: func(name string) bool { return name == "servers" }}
	for source, want := range map[string]string{
		`servers.list() -- all`: "\x1b[36mservers\x1b[0m.list() \x1b[2m-- all\x1b[0m",
		`{servers = servers}`:   "{servers = \x1b[36mservers\x1b[0m}",
		`x.servers = 1`:         "x.servers = \x1b[33m1\x1b[0m",
		"local s = [[a\n\nb]]":  "\x1b[35mlocal\x1b[0m s = \x1b[32m[[a\x1b[0m\n\n\x1b[32mb]]\x1b[0m",
		`"unfinished`:           "\x1b[32m\"unfinished\x1b[0m",
	} {
		got := h.Highlight(source)
		if got != want {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
		if plain := escapes.ReplaceAllString(got, ""); plain != source {
			t.Errorf("%q: without colours it is %q", source, plain)
		}
	}
}

// Names that a source makes its own are no modules, where it does.
func TestHighlightKnowsOwnNames(t *testing.T) {
	h := Highlighter{Declared: func(name string) bool { return name == "vm" }}
	for source, want := range map[string]string{
		"vm.get(1)":                                 "VM.get(1)",
		"x . vm, x. vm, x:vm(), vm":                 "x . vm, x. vm, x:vm(), VM",
		"f{vm = vm, [vm] = 1}":                      "f{vm = VM, [VM] = 1}",
		"vm = 1":                                    "vm = 1",
		"vm == 1":                                   "VM == 1",
		"local vm = vm.get(1)\nvm.id":               "local vm = VM.get(1)\nvm.id",
		"local vm = vm.get(1); vm.id":               "local vm = VM.get(1); vm.id",
		"local a, vm\nvm.id":                        "local a, vm\nvm.id",
		"local vm = f(\nvm\n)\nvm.id":               "local vm = f(\nVM\n)\nvm.id",
		"do local vm = 1\nvm.x() end vm.y()":        "do local vm = 1\nvm.x() end VM.y()",
		"for i, vm in vm.each() do vm.x() end vm.y": "for i, vm in VM.each() do vm.x() end VM.y",
		"for vm = 1, vm do vm":                      "for vm = 1, VM do vm",
		"function f(a, vm) vm() end vm.x":           "function f(a, vm) vm() end VM.x",
		"function t.f:vm(vm":                        "function t.f:vm(vm",
		"local function vm() vm() end vm()":         "local function vm() vm() end vm()",
		"each(vm, function(vm) return vm.id end)":   "each(VM, function(vm) return vm.id end)",
		"local":    "local",
		"for":      "for",
		"function": "function",
		"local vm": "local vm",
	} {
		got := ""
		for _, piece := range h.Pieces(source) {
			if piece.Kind == "declared" {
				piece.Text = strings.ToUpper(piece.Text)
			}
			got += piece.Text
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
}
