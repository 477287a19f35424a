package main

import (
	"slices"
	"testing"

	"github.com/spf13/pflag"
)

func TestRepeatedFlag(t *testing.T) {
	var values []string
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	repeated(flags, &values, "rule", "r", "a `RULE`")
	if err := flags.Parse([]string{"--rule", "a,b", "-r", "", `--rule="c`}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"a,b", "", `"c`}; !slices.Equal(values, want) {
		t.Errorf("got %q", values)
	}
	if got, want := flags.FlagUsages(), "  -r, --rule RULE   a RULE\n"; got != want {
		t.Errorf("got %q", got)
	}
	// Such a flag is completed again where it was given before.
	if got := flags.Lookup("rule").Value.Type(); got != "stringArray" {
		t.Errorf("its type is %s", got)
	}
}
