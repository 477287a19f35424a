package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
)

// login is the operation that no verb stands for.
const login = "auth"

// operation is what the simulator calls the requests of a verb: lists of Cloud
// Servers ask for all details unless they are told not to.
func (w *testWorld) operation(verb string) (string, error) {
	if verb == login || strings.Contains(verb, "*") {
		return verb, nil
	}
	v := w.runtime.Verb(verb)
	if v == nil || v.Effect == runtime.Local || v.Module() == "" {
		e := runtime.Errorf(runtime.Usage, "no cloud has a verb %q", verb)
		e.Hint = "cloudscript doc lists the verbs"
		if near := nearest.Name(verb, w.cloudVerbs()); near != "" {
			e.Hint = fmt.Sprintf("did you mean %q?", near)
		}
		return "", e
	}
	switch v.Function() {
	case "list", "each":
		switch v.Module() {
		case "servers", "flavors", "images", "ip_groups":
			return v.Module() + ".detail", nil
		}
	case "wait":
		if w.runtime.Verb(v.Module()+".get") != nil {
			return v.Module() + ".get", nil
		}
		return v.Module() + ".info", nil
	}
	return verb, nil
}

func (w *testWorld) cloudVerbs() []string {
	var list []string
	for _, v := range w.runtime.Verbs() {
		if v.Effect != runtime.Local && v.Module() != "" {
			list = append(list, v.Name)
		}
	}
	return list
}

func countVerb(w *testWorld) runtime.Verb {
	return runtime.Verb{
		Name: "sim.count",
		Doc:  "How many requests of a verb the clouds have had in this test, repetitions and those that went wrong among them.",
		Params: []runtime.Param{
			{Name: "verb", Type: runtime.String, Required: true, Doc: `a verb, or "auth" for the log-in`},
		},
		Returns: "number",
		Example: `t.equal(sim.count("servers.create"), 2)`,
		Inline: func(_ context.Context, c *runtime.Call) (any, error) {
			operation, err := w.operation(c.String("verb"))
			if err != nil {
				return nil, err
			}
			if strings.Contains(operation, "*") {
				return nil, runtime.Errorf(runtime.Usage, "parameter \"verb\": expected one verb, got the pattern %q", operation)
			}
			return w.sim.Count(operation), nil
		},
	}
}
