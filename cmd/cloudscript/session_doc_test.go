package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// codeBlock is a block of a Markdown file: its language and its text.
var codeBlock = regexp.MustCompile("(?s)```([a-z]+)\n(.*?)```")

// TestRecordedSession holds docs/session.md: its first block is a seed, its
// second one the screen of a session that begins with that seed and types what
// stands behind the prompts, its third one a file that the session saved, its
// last one a run of that file. Run with UPDATE_SCREENS=1 to record it anew.
func TestRecordedSession(t *testing.T) {
	page, err := os.ReadFile("../../docs/session.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := codeBlock.FindAllStringSubmatch(string(page), -1)
	if len(blocks) != 4 {
		t.Fatalf("docs/session.md has %d blocks of code", len(blocks))
	}
	target, err := os.OpenRoot("../../docs")
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("seed.toml", []byte(blocks[0][2]), 0o600); err != nil {
		t.Fatal(err)
	}

	const columns = 90
	opening, _, _ := strings.Cut(blocks[1][2], "\n")
	p, end := sitDown(t, columns, strings.Fields(opening)[2:]...)
	ready := func() { t.Helper(); p.expect(atPrompt) }
	ready()
	for _, line := range strings.Split(blocks[1][2], "\n") {
		if typed, ok := strings.CutPrefix(line, "sim> "); ok {
			p.keys(typed + enter)
			ready()
		}
	}
	p.keys(ctrlD)
	end()
	saved, err := os.ReadFile("reboot.lua")
	if err != nil {
		t.Fatalf("%v; the screen:\n%s", err, screenOf(p.screen, columns))
	}

	opening2, _, _ := strings.Cut(blocks[3][2], "\n")
	run := command(t, strings.Fields(opening2)[2:]...)
	output, err := run.CombinedOutput()
	if err != nil {
		t.Errorf("the saved file: %v\n%s", err, output)
	}
	if check, err := command(t, "check", "reboot.lua").CombinedOutput(); err != nil {
		t.Errorf("cloudscript check refuses the saved file: %v\n%s", err, check)
	}

	got := string(page)
	screen := strings.TrimSuffix(strings.TrimRight(screenOf(p.screen, columns), "\n"), "sim>")
	for i, text := range map[int]string{1: opening + "\n" + screen, 2: string(saved), 3: opening2 + "\n" + string(output)} {
		got = strings.Replace(got, "```"+blocks[i][1]+"\n"+blocks[i][2]+"```", "```"+blocks[i][1]+"\n"+text+"```", 1)
	}
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := target.WriteFile("session.md", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(page), got); diff != "" {
		t.Errorf("the session is not what docs/session.md shows (- shown, + got):\n%s", diff)
	}
}
