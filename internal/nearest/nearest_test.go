package nearest

import (
	"strings"
	"testing"
)

func TestName(t *testing.T) {
	names := []string{"create", "list", "reboot", "floatingip-add", "id"}
	for got, want := range map[string]string{
		"creat": "create", "CREATE": "create", "crate": "create", "lsit": "list", "rebot": "reboot", "reobot": "reboot",
		"floatingip_add": "floatingip-add", "floatnigip-ad": "floatingip-add",
		"ix": "", "lasso": "", "delete": "", "": "", "id": "id", "xxxlist": "",
	} {
		if near := Name(got, names); near != want {
			t.Errorf("Name(%q) = %q, want %q", got, near, want)
		}
	}
	if near := Name("lst", []string{"list", "last"}); near != "list" {
		t.Errorf("of two equally near names the first counts, not %q", near)
	}
	if near := Name("limt", []string{"list", "limit", "lint"}); near != "limit" {
		t.Errorf("of equally near names the one that begins like it counts, not %q", near)
	}
}

func TestWithin(t *testing.T) {
	for pair, edits := range map[[2]string]int{
		{"", ""}: 0, {"a", ""}: 1, {"", "ab"}: 2, {"kitten", "sitting"}: 3, {"flaw", "lawn"}: 2, {"ubunut", "ubuntu"}: 1,
	} {
		if !Within(edits, pair[0], pair[1]) || edits > 0 && Within(edits-1, pair[0], pair[1]) {
			t.Errorf("%v: not %d edits", pair, edits)
		}
	}
}

func TestNameOfAnyLength(t *testing.T) {
	long := strings.Repeat("a", 10<<20)
	if near := Name(long+"b", []string{long + "c"}); near != "" {
		t.Errorf("a name of %d bytes is near to one of %d", len(long)+1, len(near))
	}
	if near := Name("list", []string{long}); near != "" {
		t.Errorf("a short name is near to one of %d bytes", len(near))
	}
}
