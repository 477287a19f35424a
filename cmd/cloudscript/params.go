package main

import (
	"fmt"
	"strings"
)

// parseParams reads the values of --set into the script's table params. Values
// stay text: a script that wants a number says tonumber(params.count).
func parseParams(values []string) (map[string]any, error) {
	params := map[string]any{}
	for _, v := range values {
		name, text, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			return nil, &usageError{message: fmt.Sprintf("--set %s: not NAME=VALUE", v), hint: "such as --set region=uk, which the script reads as params.region"}
		}
		if _, ok := params[name]; ok {
			return nil, &usageError{message: fmt.Sprintf("--set %s: %q is set twice", v, name), hint: "keep one of them"}
		}
		params[name] = text
	}
	return params, nil
}
