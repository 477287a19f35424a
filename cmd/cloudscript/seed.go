package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/cloudscript/cloudscript/simulator"
)

// readSeed reads what a simulator holds at first, from TOML or JSON by the
// file's name. "" is nothing but what the simulator has in stock.
func readSeed(file string) (*simulator.State, error) {
	if file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, &usageError{message: "the seed cannot be read: " + err.Error(), hint: "check the path"}
	}
	isTOML := filepath.Ext(file) == ".toml"
	if isTOML {
		if data, err = tomlAsJSON(data); err != nil {
			return nil, &usageError{message: fmt.Sprintf("%s: %s", file, err), hint: "correct the line, or write the seed in JSON"}
		}
	}
	state, err := simulator.DecodeState(data)
	if err != nil && !json.Valid(data) {
		return nil, &usageError{message: fmt.Sprintf("%s: %s", file, err), hint: "a seed is JSON, or TOML in a file whose name ends in .toml"}
	}
	if err != nil {
		message := err.Error()
		if isTOML { // the line is one of what the file was turned into
			message = strings.Replace(message, "line 1: ", "", 1)
		}
		return nil, &usageError{message: file + ": " + message, hint: "the members are those that the simulator dumps: GET /_simulator/ tells how"}
	}
	return state, nil
}

func tomlAsJSON(data []byte) ([]byte, error) {
	var seed map[string]any
	if err := toml.Unmarshal(data, &seed); err != nil {
		return nil, err
	}
	return json.Marshal(seed)
}
