package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// ask sends a request to the service and returns the answer.
func ask(h http.Handler, method, path, body string) (int, string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader(body)))
	return w.Code, w.Body.String()
}

func TestRules(t *testing.T) {
	s, err := newService(newFleet("web1", "web2", "db1"))
	if err != nil {
		t.Fatal(err)
	}
	h := s.routes()
	for _, test := range []struct {
		name, rule string
		query      string
		status     int
		answer     string
	}{
		{"restart", `
for _, s in ipairs(fleet.list()) do
  if s.load > tonumber(params.max_load) then
    log.info("rebooting", {server = s.name})
    print("rebooting " .. s.name)
    fleet.reboot(s.name)
  end
end`, "?max_load=0.8", http.StatusOK, "rebooting db1\n"},
		{"remove", `fleet.remove("web1")`, "", http.StatusForbidden, "fleet.remove: no rule of the policy allows it"},
		{"loop", `while true do pcall(fleet.list) end`, "", http.StatusTooManyRequests, "the run used up its 200 verb calls"},
		{"wrong", `fleet.reboot("web9")`, "", http.StatusUnprocessableEntity, "hint: there are web1, web2, db1"},
		{"files", `fs.read("/etc/passwd")`, "", http.StatusForbidden, "this host grants scripts no directory"},
	} {
		if status, answer := ask(h, "PUT", "/rules/"+test.name, test.rule); status != http.StatusNoContent {
			t.Fatalf("%s: upload gave %d %s", test.name, status, answer)
		}
		status, answer := ask(h, "POST", "/rules/"+test.name+"/run"+test.query, "")
		if status != test.status || !strings.Contains(answer, test.answer) {
			t.Errorf("%s: %d %s\nwant %d %s", test.name, status, answer, test.status, test.answer)
		}
	}
	if status, answer := ask(h, "PUT", "/rules/bad", "x = = 1"); status != http.StatusUnprocessableEntity || !strings.Contains(answer, "--> bad:1:5") {
		t.Errorf("a rule that does not compile: %d %s", status, answer)
	}
	if status, _ := ask(h, "POST", "/rules/none/run", ""); status != http.StatusNotFound {
		t.Errorf("a rule that is not there: %d", status)
	}
	_, answer := ask(h, "GET", "/audit", "")
	var audit []entry
	if err := json.Unmarshal([]byte(answer), &audit); err != nil {
		t.Fatal(err)
	}
	if len(audit) < 3 || audit[0].Verb != "fleet.list" || audit[2].Verb != "fleet.reboot" || audit[2].Effect != "update" ||
		audit[1].Message != "rebooting" || audit[1].Fields["server"] != "db1" || audit[1].Line != "restart:4" {
		t.Errorf("audit log %+v", audit)
	}
	for _, e := range audit {
		if e.Verb == "fleet.remove" {
			t.Error("a call that policy refused is in the log of what was done")
		}
	}
}
