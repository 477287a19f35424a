package lunanode

import (
	"html"
	"testing"
)

func TestChecks(t *testing.T) {
	c := newClient(t, Config{})
	types := c.get("monitor/check-types", nil, "types").(map[string]any)
	for _, kind := range []string{"icmp", "dns", "http", "tcp", "ssl_expire"} {
		if types[kind] == nil {
			t.Errorf("no type %s", kind)
		}
	}
	id := c.id("monitor/check-add", "check_id", args{
		"name": "site", "type": "http", "check_interval": 60, "delay": 2, "url": "https://example.com/?a=1&b=2", "insecure": "1", "method": "HEAD",
	})
	check := c.get("monitor/check-list", nil, "checks", id).(map[string]any)
	data := check["data"].(string)
	equals(t, "data", data,
		"{&quot;url&quot;:&quot;https:\\/\\/example.com\\/?a=1&amp;b=2&quot;,&quot;method&quot;:&quot;HEAD&quot;,&quot;insecure&quot;:&quot;1&quot;}")
	equals(t, "data undone", decodeData(t, html.UnescapeString(data)), check["data_nice"])
	delete(check, "data")
	delete(check, "data_nice")
	equals(t, "check", check, map[string]any{
		"id": id, "name": "site", "type": "http", "status": "online", "enabled": "1", "check_interval": "60", "delay": "2",
		"data_summary": "https://example.com/?a=1&b=2", "type_details": types["http"],
	})
	c.plain("monitor/check-remove", args{"check_id": id})
	c.refuse("monitor/check-remove", args{"check_id": id}, "invalid check")
	equals(t, "no checks", c.get("monitor/check-list", nil, "checks"), map[string]any{})
}

func TestCheckParameters(t *testing.T) {
	c := newClient(t, Config{})
	add := args{"name": "a", "check_interval": "60", "delay": "2"}.with
	c.id("monitor/check-add", "check_id", add(args{"type": "tcp", "address": "example.com:25", "force_ip": "4"}))
	c.id("monitor/check-add", "check_id", add(args{"type": "ssl_expire", "address": "example.com:443", "days": 7}))
	c.id("monitor/check-add", "check_id", add(args{"type": "dns", "server": "ns1.example.com", "expect": "192.0.2.1"}))
	for _, test := range []struct {
		change args
		want   string
	}{
		{args{"type": "smtp"}, "invalid type: must be one of those that check-types shows"},
		{args{"type": "icmp"}, "required parameter target not set"},
		{args{"type": "http", "target": "x"}, "required parameter url not set"},
		{args{"type": "dns", "server": ""}, "required parameter server not set"},
		{args{"type": "tcp", "address": []string{"a"}}, "invalid address: must be a text or a number, not a list"},
		{args{"type": "tcp", "address": "a:1", "force_ip": "5"}, "invalid force_ip: must be one of 0, 4, 6"},
		{args{"type": "icmp", "target": "a", "check_interval": "often"}, "invalid check_interval: must be a whole number"},
	} {
		c.refuse("monitor/check-add", add(test.change), test.want)
	}
}

func TestContactsAndAlerts(t *testing.T) {
	c := newSeededClient(t, Config{})
	contact := c.id("monitor/contact-add", "contact_id", args{"type": "sms", "rel": "+15550100"})
	alert := c.id("monitor/alert-add", "alert_id", args{"check_id": "901", "contact_id": contact})
	alerts := func() any { return c.get("monitor/alert-list", args{"check_id": "901"}, "alerts") }
	first := map[string]any{"id": "801", "check_id": "901", "contact_id": "701"}
	second := map[string]any{"id": alert, "check_id": "901", "contact_id": contact}
	equals(t, "contacts", c.get("monitor/contact-list", nil, "contacts", contact), map[string]any{"id": contact, "type": "sms", "rel": "+15550100"})
	equals(t, "alerts", alerts(), map[string]any{"801": first, alert: second})
	c.refuse("monitor/alert-add", args{"check_id": "901", "contact_id": "9"}, "invalid contact")

	c.plain("monitor/contact-remove", args{"contact_id": contact})
	equals(t, "alerts after the contact is gone", alerts(), map[string]any{"801": first})
	c.plain("monitor/alert-remove", args{"alert_id": "801"})
	c.refuse("monitor/alert-remove", args{"alert_id": "801"}, "invalid alert")
	equals(t, "no alerts", alerts(), map[string]any{})

	c.id("monitor/alert-add", "alert_id", args{"check_id": "901", "contact_id": "701"})
	c.plain("monitor/check-remove", args{"check_id": "901"})
	if n := len(c.server.State().Alerts); n != 0 {
		t.Errorf("%d alerts outlived their check", n)
	}
}

func decodeData(t *testing.T, text string) map[string]any {
	t.Helper()
	ps, err := parseRequest(text)
	if err != nil {
		t.Fatal(err)
	}
	data := map[string]any{}
	for name, p := range ps {
		data[name] = p.text
	}
	return data
}
