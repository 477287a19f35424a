package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/runtime"
	"github.com/cloudscript/cloudscript/stdlib"
	"github.com/spf13/pflag"
)

// grantOptions say what a script may do. Whoever starts a script at a command
// line may do all that its clouds allow, so every verb is allowed unless a flag
// says otherwise; the machine's own files, variables and hosts are granted one by
// one.
type grantOptions struct {
	readOnly  bool
	allow     []string
	deny      []string
	dirs      []string
	writeDirs []string
	env       []string
	hosts     []string
}

func (o *grantOptions) flags(flags *pflag.FlagSet) {
	flags.BoolVar(&o.readOnly, "read-only", false, "refuse every call that would change something, whatever --allow says")
	repeated(flags, &o.allow, "allow", "", "allow only calls that match a `RULE`: a verb, a pattern such as 'servers.*', or an effect (read, create, update, destroy), with conditions on parameters or on what is acted on: 'servers.delete(name=tmp-*)'; may be repeated")
	repeated(flags, &o.deny, "deny", "", "refuse calls that match a `RULE`, such as 'servers.reboot(type=HARD)'; may be repeated")
	repeated(flags, &o.dirs, "dir", "", "let the script read files below `[NAME=]DIR`; may be repeated")
	repeated(flags, &o.writeDirs, "write-dir", "", "let the script read and write files below `[NAME=]DIR`; may be repeated")
	repeated(flags, &o.env, "env", "", "let the script read the environment variable `NAME`; may be repeated")
	repeated(flags, &o.hosts, "host", "", "let the script send HTTP requests to `HOST`, such as api.example.com or '*.example.com'; may be repeated")
}

func (o *grantOptions) policy() (policy runtime.Policy, err error) {
	if policy.Deny, err = rules("--deny", o.deny); err != nil {
		return policy, err
	}
	if policy.Allow, err = rules("--allow", o.allow); err != nil {
		return policy, err
	}
	if o.readOnly {
		policy.Deny = append(policy.Deny, from("--read-only", "create", "update", "destroy")...)
	}
	if len(policy.Allow) == 0 {
		policy.Allow = runtime.AllowAll().Allow
	}
	return policy, nil
}

// from are rules that a flag stands for.
func from(flag string, effects ...string) (rules []runtime.Rule) {
	for _, effect := range effects {
		rules = append(rules, runtime.Rule{Verbs: effect, From: flag})
	}
	return rules
}

// ruleHint goes with a rule that is wrong.
const ruleHint = "check --allow and --deny: a rule is a verb, a pattern such as 'servers.*', or an effect, with conditions on parameters or on what is acted on: 'servers.delete(name=tmp-*)'"

func rules(flag string, texts []string) ([]runtime.Rule, error) {
	var out []runtime.Rule
	for _, text := range texts {
		r, err := runtime.ParseRule(text)
		if err != nil {
			return nil, &usageError{message: flag + ": " + err.Error(), hint: ruleHint}
		}
		r.From = flag + " " + text
		if strings.ContainsAny(text, "*?[]( ") {
			r.From = flag + " '" + text + "'"
		}
		out = append(out, r)
	}
	return out, nil
}

// stdlib is the part of the standard library's configuration that grants.
func (o *grantOptions) stdlib() (stdlib.Config, error) {
	config := stdlib.Config{Env: o.env, HTTP: stdlib.HTTP{Hosts: o.hosts}}
	for _, name := range o.env {
		if name == "" || strings.Contains(name, "=") {
			return config, &usageError{message: fmt.Sprintf("--env %s: not the name of a variable", name), hint: "its value is the one that cloudscript itself was started with"}
		}
	}
	for _, host := range o.hosts {
		if host == "" || strings.ContainsAny(host, "/ ") {
			return config, &usageError{message: fmt.Sprintf("--host %s: not the name of a host", host), hint: "such as api.example.com, api.example.com:8080 or '*.example.com'"}
		}
	}
	grant := func(flag string, dirs []string, writable bool) error {
		for _, text := range dirs {
			dir, err := grantedDir(flag, text, writable)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(config.Dirs, func(other stdlib.Dir) bool { return other.Name == dir.Name }) {
				return &usageError{message: fmt.Sprintf("%s %s: scripts cannot tell it from another directory that is granted", flag, text), hint: fmt.Sprintf("give it a name of its own, with which their paths begin: %s data=%s", flag, dir.Path)}
			}
			config.Dirs = append(config.Dirs, dir)
		}
		return nil
	}
	if err := grant("--dir", o.dirs, false); err != nil {
		return config, err
	}
	return config, grant("--write-dir", o.writeDirs, true)
}

func grantedDir(flag, text string, writable bool) (stdlib.Dir, error) {
	name, path, named := strings.Cut(text, "=")
	if !named {
		name, path = "", text
	}
	if path == "" {
		return stdlib.Dir{}, &usageError{message: fmt.Sprintf("%s %s: the name of the directory is empty", flag, text), hint: "such as " + flag + " data"}
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return stdlib.Dir{}, &usageError{message: fmt.Sprintf("%s %s: there is no directory %s", flag, text, path), hint: "make it first, or check the path"}
	case !info.IsDir():
		return stdlib.Dir{}, &usageError{message: fmt.Sprintf("%s %s: %s is not a directory", flag, text, path), hint: "grant the directory that it is in"}
	}
	return stdlib.Dir{Name: name, Path: path, Writable: writable}, nil
}
