package analysis_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/runtime/analysis"
	"github.com/cloudscript/cloudscript/runtime/analysis/header"
	"github.com/google/go-cmp/cmp"
)

var moduleFiles = map[string]string{
	"plain":    "local M = {limit = 3, 'first'}\nM.up = function() servers.create('a', 1) end\nfunction M.down() M.up() end\nfunction M:size() self.cached = #self.list return self.cached end\nreturn M",
	"literal":  "return {up = print, ['down'] = print}",
	"func":     "return function() end",
	"nothing":  "ready = true\nfunction prepare() end",
	"computed": "local M = {up = print}\nfor _, n in ipairs{'up', 'down'} do M[n] = print end\nreturn M",
	"handed":   "local M = {up = print}\nsetmetatable(M, {__index = servers})\nreturn M",
	"selfish":  "local M = {}\nfunction M:set(k, v) self[k] = v end\nreturn M",
	"late":     "local M\nM = {up = print}\nreturn M",
	"replaced": "local M = {up = print}\nM = require('plain')\nreturn M",
	"shadow":   "local M = {up = print}\ndo local M = {} M.down = 1 print(M) end\nreturn M",
	"settings": "return {region = 'dfw'}",
	"extends":  "local settings = require('settings')\nsettings.zone = 1\nreturn {up = servers.list}",
	"loop":     "local other = require('loop2')\nreturn {go = other.go}",
	"loop2":    "local first = require('loop')\nreturn {go = first.stop}",
	"broken":   "return {",
}

// project is a checker of scripts that find moduleFiles.
func project(t *testing.T) *analysis.Checker {
	return checker(t).With(analysis.Options{Requires: []string{"task.play"}, Require: func(name string) (string, []byte, error) {
		if name == "secret" {
			return "", nil, fmt.Errorf("permission denied")
		}
		src, ok := moduleFiles[name]
		if !ok {
			return "", nil, fmt.Errorf("%s.lua: %w", name, fs.ErrNotExist)
		}
		return name + ".lua", []byte(src), nil
	}})
}

// What a script does with the modules that it requires is judged where their
// fields are known for sure.
func TestModules(t *testing.T) {
	c := project(t)
	for src, want := range map[string]string{
		`local m = require("plain") m.up() m:size() print(m.limit, m.cached, m[1])`:                          "",
		`local m = require("plain") m.upp()`:                                                                 `the module "plain" has no field "upp"; did you mean up?`,
		`local m = task.play("plain", print) print(m.limit, m.upp)`:                                          `the module "plain" has no field "upp"; did you mean up?`,
		`task.play("nowhere")`:                                                                               `there is no module "nowhere": nowhere.lua: file does not exist; modules stand beside the script: lib.names is lib/names.lua`,
		`require("plain").delete()`:                                                                          `the module "plain" has no field "delete"; it has cached, down, limit, size, up`,
		`require("plain"):delete()`:                                                                          `the module "plain" has no field "delete"; it has cached, down, limit, size, up`,
		`local m = require("literal") print(m.down, m.dwon)`:                                                 `the module "literal" has no field "dwon"; did you mean down?`,
		`local m = require("shadow") print(m.upp)`:                                                           `the module "shadow" has no field "upp"; did you mean up?`,
		`local m = require("func") print(m.upp, require("computed").upp)`:                                    "",
		`print(require("handed").upp, require("selfish").upp, require("late").upp, require("replaced").upp)`: "",
		`local m = require("plain") m.more = 1 print(m.other)`:                                               "",
		`local m = require("plain") m = {} print(m.other)`:                                                   "",
		`local m = require("plain") inventory.mock(m) print(m.other)`:                                        "",
		`require("settings").zone = 1 print(require("settings").zone)`:                                       "",
		`local s, e = require("settings"), require("extends") print(s.zone, e.up)`:                           "",
		`print(ready)`: `there is no variable "ready"; declare it with local, or check its spelling`,
		`require("nothing") print(ready) prepare()`:      "",
		`print(require("loop").go, require("loop2").go)`: "",
		`require("plane")`:                       `there is no module "plane": plane.lua: file does not exist; modules stand beside the script: lib.names is lib/names.lua`,
		`require("secret")`:                      `cannot require "secret": permission denied; `,
		`require("broken")`:                      `the module "broken" does not compile: broken.lua:1:9: an expression is missing near the end of the source; `,
		`local name = "plane" require(name)`:     "",
		`print(pcall(require, "plane"))`:         "",
		`local require = print require("plane")`: "",
	} {
		var got []string
		for _, f := range c.Check("main.lua", []byte(src)).Findings {
			got = append(got, f.Message+"; "+f.Hint)
		}
		if text := strings.Join(got, "\n"); text != want {
			t.Errorf("%s\n got %s\nwant %s", src, text, want)
		}
	}
}

// A script uses what its modules use.
func TestUsesOfModules(t *testing.T) {
	r := project(t).Check("main.lua", []byte(`require("plain").up() require("extends").up()`))
	want := []analysis.Use{{Name: "servers.list", Effect: runtime.Read}, {Name: "servers.create", Effect: runtime.Create}}
	if diff := cmp.Diff(want, r.Uses); diff != "" {
		t.Error(diff)
	}
}

// Who reads headers in a way of his own has his mistakes among the findings.
func TestHeaderOption(t *testing.T) {
	c := checker(t).With(analysis.Options{Header: func(file string, _ []byte) (*header.Header, error) {
		return nil, &runtime.Error{Kind: runtime.Syntax, Message: "taken", Position: runtime.Position{File: file, Line: 1}}
	}})
	if r := c.Check("x.lua", []byte("--- @param sim string")); len(r.Findings) != 1 || r.Findings[0].Message != "taken" || r.Findings[0].Rule != analysis.Header {
		t.Errorf("findings: %+v", r.Findings)
	}
}
