package lunanode

import (
	"fmt"
	"strings"
	"testing"
)

func TestCollectionKeepsTheOrderOfIDs(t *testing.T) {
	c := newCollection[string](10)
	put := func(id int, text string) { c.put(id, &text) }
	show := func() (text string) {
		for _, row := range c.all() {
			text += *row
		}
		return text
	}
	equals(t, "first id", c.newID(), 10)
	equals(t, "second id", c.newID(), 11)
	put(11, "b")
	put(10, "a")
	put(40, "d")
	put(20, "c")
	equals(t, "order", show(), "abcd")
	equals(t, "id after the highest", c.newID(), 41)
	put(20, "C")
	equals(t, "replaced", show(), "abCd")
	c.remove(11)
	c.remove(99) // nothing there
	equals(t, "removed", show(), "aCd")
	equals(t, "what is gone", c.get(11), (*string)(nil))
	equals(t, "some", len(c.where(func(s *string) bool { return *s < "b" })), 2)
}

func TestRandomness(t *testing.T) {
	a, b, other := newRandomness(1), newRandomness(1), newRandomness(2)
	seen := map[string]bool{}
	for range 1000 {
		id := a.uuid()
		if id != b.uuid() {
			t.Fatal("the same seed makes different UUIDs")
		}
		if seen[id] || !isUUID(id) || id[14] != '4' || strings.IndexByte("89ab", id[19]) < 0 {
			t.Fatalf("%s is no new UUID of version 4", id)
		}
		seen[id] = true
	}
	if seen[other.uuid()] {
		t.Error("another seed makes the same UUIDs")
	}
	for _, text := range []string{"", "5b0c2c3e6d5b4f0a9a530f1c8a0a7c11", "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c1g", "5b0c2c3e-6d5b-4f0a-9a530-f1c8a0a7c11"} {
		if isUUID(text) {
			t.Errorf("%q is taken for a UUID", text)
		}
	}
}

func TestParseID(t *testing.T) {
	for text, want := range map[string]int{
		"26": 26, "0": 0, "": 0, "-1": 0, "+1": 0, " 1": 0, "1.0": 0, "0x10": 0, "١": 0, "99999999999999999999": 0,
	} {
		equals(t, fmt.Sprintf("%q", text), parseID(text), want)
	}
}

func TestHostnames(t *testing.T) {
	long := strings.Repeat("x", 64)
	for text, want := range map[string]bool{
		"a": true, "example.com": true, "example.com.": true, "_dmarc.Example.com": true, "a-b.1": true,
		"": false, ".": false, "a..b": false, "a b": false, "a/b": false, "é.com": false, long: false, long[1:]: true,
		long[1:] + "." + long[1:] + "." + long[1:] + "." + long[1:]: false,
	} {
		equals(t, text, isHostname(text), want)
	}
}
