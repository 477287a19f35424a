package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary is the program as well: the scripts under testdata/script run
// it as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cloudscript": main, "stubborn": stubborn})
}

func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../../scripts/examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Vars = withoutOwn(env.Vars)
			env.Setenv("HOME", env.WorkDir+"/home")
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/config")
			env.Setenv("EXAMPLES", examples)
			env.Setenv("NO_PROXY", "127.0.0.1,localhost")
			return nil
		},
		Condition: condition,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits,
		},
	})
}

// condition says whether the user is root, who may read everything, and whether bash
// can complete.
func condition(cond string) (bool, error) {
	switch cond {
	case "root":
		return os.Geteuid() == 0, nil
	case "bash-completion":
		_, err := os.Stat("/usr/share/bash-completion/bash_completion")
		return err == nil, nil
	}
	return false, fmt.Errorf("unknown condition %s", cond)
}

// withoutOwn takes the program's own variables out of an environment.
func withoutOwn(vars []string) []string {
	var out []string
	for _, v := range vars {
		if !strings.HasPrefix(v, "CLOUDSCRIPT_") {
			out = append(out, v)
		}
	}
	return out
}

// exits CODE COMMAND ARGS… runs a command and checks its exit code: "! exec"
// alone is content with any failure.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGS…]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}
