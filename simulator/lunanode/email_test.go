package lunanode

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestMail(t *testing.T) {
	c := newClient(t, Config{})
	c.plain("email/domain-add", args{"name": "Example.com"})
	domain := c.get("email/domain-list", nil, "domains", 0, "id").(string)
	with := func(extra args) args {
		params := args{"domain_id": domain}
		for name, value := range extra {
			params[name] = value
		}
		return params
	}
	c.refuse("email/domain-add", args{"name": "example.com."}, "domain example.com exists already")
	c.refuse("email/domain-add", args{"name": "@"}, "invalid name: must be a domain such as example.com")

	c.plain("email/user-add", with(args{"username": "ada", "password": "lovelace-1815"}))
	c.plain("email/alias-add", with(args{"name": "info", "target": "ada@example.com"}))
	for _, taken := range []string{"ada", "info"} {
		c.refuse("email/user-add", with(args{"username": taken, "password": "x"}), taken+"@example.com exists already")
		c.refuse("email/alias-add", with(args{"name": taken, "target": "a@b"}), taken+"@example.com exists already")
	}
	c.refuse("email/user-add", with(args{"username": "a@b", "password": "x"}), "invalid username: must be what stands left of the @")
	c.refuse("email/alias-add", with(args{"name": "x", "target": "nowhere"}), "invalid target: must be a mail address")
	user := c.get("email/user-list", with(nil), "users", 0).(map[string]any)
	equals(t, "mailbox", user, map[string]any{"id": user["id"], "username": "ada", "address": "ada@example.com"})
	alias := c.get("email/alias-list", with(nil), "aliases", 0).(map[string]any)
	equals(t, "alias", alias, map[string]any{"id": alias["id"], "name": "info", "target": "ada@example.com"})
	equals(t, "usage", c.get("email/usage", nil, "usage"), map[string]any{"domains": "1", "users": "1", "aliases": "1"})

	c.plain("email/user-set-password", with(args{"user_id": user["id"], "password": "countess-1843"}))
	c.plain("email/user-remove", with(args{"user_id": user["id"]}))
	c.refuse("email/user-remove", with(args{"user_id": user["id"]}), "invalid user")
	c.plain("email/alias-remove", with(args{"alias_id": alias["id"]}))
	c.refuse("email/alias-remove", with(args{"alias_id": alias["id"]}), "invalid alias")

	c.plain("email/user-add", with(args{"username": "ada", "password": "lovelace-1815"}))
	c.plain("email/alias-add", with(args{"name": "info", "target": "ada@example.com"}))
	c.plain("email/domain-remove", with(nil))
	c.refuse("email/user-list", with(nil), "invalid domain")
	equals(t, "usage at last", c.get("email/usage", nil, "usage"), map[string]any{"domains": "0", "users": "0", "aliases": "0"})
}

func TestDKIM(t *testing.T) {
	c := newSeededClient(t, Config{})
	selector := func() any { return c.get("email/domain-list", nil, "domains", 0, "dkim_selector") }
	set := args{"domain_id": "41", "selector": "march", "private_key": "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"}
	c.plain("email/domain-dkim-set", set)
	equals(t, "selector", selector(), "march")
	c.plain("email/domain-dkim-unset", args{"domain_id": "41"})
	equals(t, "no selector", selector(), "")
	set["private_key"] = "MIIB"
	c.refuse("email/domain-dkim-set", set, "invalid private_key: must be a private key in PEM form")
}

// Mail passwords, signing keys and the API key are in no dump.
func TestDumpKeepsNoSecretsOfTheCaller(t *testing.T) {
	c := newSeededClient(t, Config{})
	c.plain("email/user-add", args{"domain_id": "41", "username": "eve", "password": "lovelace-1815"})
	c.plain("email/domain-dkim-set", args{"domain_id": "41", "selector": "s", "private_key": "-----BEGIN KEY-----\nc2VjcmV0\n"})
	dump, err := json.Marshal(c.server.State())
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"lovelace-1815", "c2VjcmV0", c.server.APIKey()[:64], c.server.APIKey()[64:]} {
		if strings.Contains(string(dump), secret) {
			t.Errorf("the dump holds %q", secret)
		}
	}
}
