package vm

import (
	"fmt"
	"os"
	"testing"
)

// TestRunFile runs the script named by VM_RUN, for looking at one by hand.
func TestRunFile(t *testing.T) {
	name := os.Getenv("VM_RUN")
	if name == "" {
		t.Skip("VM_RUN names no script")
	}
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	out, err := newMachine(t, Options{}).run(name, string(src), CallOptions{})
	fmt.Print(out)
	if err != nil {
		fmt.Println("error:", err)
		if e, ok := err.(*Error); ok {
			for _, f := range e.Frames {
				fmt.Println("\t" + f.String())
			}
		}
	}
}
