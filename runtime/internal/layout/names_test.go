package layout

import "testing"

func TestNamesGoOnBelowTheHeading(t *testing.T) {
	names := []string{"create", "delete", "get", "list"}
	for columns, want := range map[int]string{
		0:  "module servers: create, delete, get, list",
		41: "module servers: create, delete, get, list",
		40: "module servers: create, delete, get,\n  list",
		24: "module servers: create,\n  delete, get, list",
		16: "module servers:\n  create,\n  delete, get,\n  list",
		5:  "module servers:\n  create,\n  delete,\n  get,\n  list",
	} {
		if got := Names("module servers:", names, columns); got != want {
			t.Errorf("%d columns:\n%s\nwant\n%s", columns, got, want)
		}
	}
}
