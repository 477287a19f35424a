package lunanode

import "testing"

func TestScripts(t *testing.T) {
	c := newClient(t, Config{})
	id := c.id("script/create", "script_id", args{"name": "setup", "content": "#!/bin/sh\r\necho 'a|b' ☃\n"})
	want := map[string]any{"id": id, "name": "setup", "content": "#!/bin/sh\r\necho 'a|b' ☃\n"}
	equals(t, "list", c.get("script/list", nil, "scripts"), []any{want})
	got := c.call("script/get", args{"script_id": id})
	delete(got, "success")
	equals(t, "fields beside success", got, want)

	c.plain("script/update", args{"script_id": id, "name": "later", "content": "true"})
	equals(t, "updated", c.get("script/get", args{"script_id": id}, "content"), "true")
	vm := args{"hostname": "web01", "plan_id": "1", "image_id": "26", "scripts": id + ",99"}
	c.refuse("vm/create", vm, "invalid script")
	vm["scripts"] = id
	c.id("vm/create", "vm_id", vm)
	c.plain("script/delete", args{"script_id": id})
	for _, action := range []string{"get", "delete"} {
		c.refuse("script/"+action, args{"script_id": id}, "invalid script")
	}
}

func TestSSHKeys(t *testing.T) {
	c := newClient(t, Config{})
	equals(t, "no keys", c.call("sshkey/list", nil), map[string]any{"success": "yes"})
	first := c.id("sshkey/add", "key_id", args{"label": "laptop", "sshkey": publicKey})
	second := c.id("sshkey/add", "key_id", args{"label": "desk", "sshkey": publicKey + " "})
	equals(t, "keys under their index", c.call("sshkey/list", nil), map[string]any{
		"success": "yes",
		"0":       map[string]any{"id": first, "name": "laptop", "val": publicKey, "value": publicKey},
		"1":       map[string]any{"id": second, "name": "desk", "val": publicKey + " ", "value": publicKey + " "},
	})
	vm := args{"hostname": "web01", "plan_id": "1", "image_id": "26", "key_id": first + "," + second}
	c.id("vm/create", "vm_id", vm)
	c.plain("sshkey/remove", args{"key_id": first})
	c.refuse("sshkey/remove", args{"key_id": first}, "invalid key")
	c.refuse("vm/create", vm, "invalid key")
	equals(t, "the index is no id", c.get("sshkey/list", nil, "0", "id"), second)

	for _, bad := range []string{"ssh-ed25519", "hello world!", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", publicKey + "\n" + publicKey} {
		c.refuse("sshkey/add", args{"label": "bad", "sshkey": bad}, "invalid sshkey: must be a public key in one line, such as ssh-ed25519 AAAA… comment")
	}
}
