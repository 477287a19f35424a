package nearest

import "testing"

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
}
