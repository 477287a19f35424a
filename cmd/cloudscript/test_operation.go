package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/internal/nearest"
	"github.com/cloudscript/cloudscript/runtime"
)

// login is the operation that no verb stands for.
const login = "auth"

// operation is operationOf for verbs that there are: lists of Cloud Servers ask for
// all details unless they are told not to.
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
	return operationOf(verb), nil
}

// operationOf is what the simulator calls the requests of a verb, and anything else
// as it is.
func operationOf(verb string) string {
	module, function, _ := strings.Cut(verb, ".")
	ofServers := slices.Contains([]string{"servers", "flavors", "images", "ip_groups"}, module)
	switch {
	case ofServers && (function == "list" || function == "each"):
		return module + ".detail"
	case function == "wait" && ofServers:
		return module + ".get"
	case verb == "image.wait":
		return "image.details"
	case function == "wait":
		return module + ".info"
	}
	return verb
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
