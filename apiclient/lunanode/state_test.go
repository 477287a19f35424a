package lunanode

import "testing"

func TestVMState(t *testing.T) {
	for _, tt := range []struct{ name, info, want string }{
		{"online", `{"status_nohtml":"Online","status_raw":"active","task_state":""}`, VMOnline},
		{"being built", `{"status_nohtml":"BUILD","status_raw":"build"}`, VMBuild},
		{"a task", `{"status_nohtml":"Powering off","status_raw":"active","task_state":"powering-off"}`, "Powering off"},
		{"offline", `{"status_nohtml":"Offline","status_raw":"shutoff"}`, VMOffline},
		{"only markup", `{"status":"&lt;font color=&quot;green&quot;&gt;&lt;b&gt;Online&lt;\/b&gt;&lt;\/font&gt;"}`, VMOnline},
		{"only raw, active", `{"status_raw":"active"}`, VMOnline},
		{"only raw, shutoff", `{"status_raw":"shutoff"}`, VMOffline},
		{"only raw, stopped", `{"status_raw":"stopped"}`, VMOffline},
		{"only raw, build", `{"status_raw":"build"}`, VMBuild},
		{"only raw, error", `{"status_raw":"error"}`, VMError},
		{"only raw, unknown", `{"status_raw":"rescued"}`, "rescued"},
		{"nothing", `{}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			info := parse(t, `{"success":"yes","info":`+tt.info+`}`).Get("info")
			if got := VMState(info); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestFinalStates(t *testing.T) {
	for _, tt := range []struct {
		what string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"VMFailed", VMFailed, []string{"ERROR", "error"}, []string{"BUILD", "Online", "Offline", ""}},
		{"ImageFailed", ImageFailed, []string{"killed", "error"}, []string{"queued", "saving", "active", ""}},
		{"VolumeFailed", VolumeFailed, []string{"error", "error_deleting"}, []string{"creating", "available", ""}},
	} {
		for _, state := range tt.yes {
			if !tt.is(state) {
				t.Errorf("%s(%q) is false", tt.what, state)
			}
		}
		for _, state := range tt.no {
			if tt.is(state) {
				t.Errorf("%s(%q) is true", tt.what, state)
			}
		}
	}
}

func TestTexts(t *testing.T) {
	for _, tt := range []struct{ escaped, plain, display string }{
		{"&lt;font color=&quot;red&quot;&gt;&lt;b&gt;Offline&lt;/b&gt;&lt;/font&gt;", `<font color="red"><b>Offline</b></font>`, "Offline"},
		{"a &amp; b", "a & b", "a & b"},
		{"1 &lt; 2", "1 < 2", "1 < 2"},
		{"plain", "plain", "plain"},
	} {
		if got := Unescape(tt.escaped); got != tt.plain {
			t.Errorf("Unescape(%q) = %q, want %q", tt.escaped, got, tt.plain)
		}
		if got := PlainText(tt.escaped); got != tt.display {
			t.Errorf("PlainText(%q) = %q, want %q", tt.escaped, got, tt.display)
		}
	}
}
