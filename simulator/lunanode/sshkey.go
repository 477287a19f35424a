package lunanode

import (
	"encoding/base64"
	"strings"
)

// SSHKey is a public key.
type SSHKey struct {
	ID    int    `json:"key_id,omitempty"`
	Label string `json:"label"`
	Value string `json:"value"` // one line as in authorized_keys
}

func sshKeyActions() map[string]action {
	return map[string]action{
		"add":  sshKeyAdd,
		"list": sshKeyList,
		"remove": func(c *call) (answer, error) {
			k := c.sshKeys.get(c.id("key_id"))
			if k == nil {
				return nil, errKey
			}
			c.sshKeys.remove(k.ID)
			return nil, nil
		},
	}
}

func sshKeyAdd(c *call) (answer, error) {
	if !isPublicKey(c.text("sshkey")) {
		return nil, mustBe("sshkey", "a public key in one line, such as ssh-ed25519 AAAA… comment")
	}
	k := &SSHKey{ID: c.sshKeys.newID(), Label: c.text("label"), Value: c.text("sshkey")}
	c.sshKeys.put(k.ID, k)
	return object{{"key_id", decimal(k.ID)}}, nil
}

// sshKeyList answers flat: each key under its index, beside success; the text comes
// under two names (spec section 6).
func sshKeyList(c *call) (answer, error) {
	var rows object
	for i, k := range c.sshKeys.all() {
		rows = append(rows, member{decimal(i), object{
			{"id", decimal(k.ID)}, {"name", k.Label}, {"val", k.Value}, {"value", k.Value},
		}})
	}
	return rows, nil
}

// isPublicKey looks for the kind and the key; a private key is refused by it.
func isPublicKey(line string) bool {
	fields := strings.Fields(line)
	if len(fields) < 2 || strings.ContainsAny(strings.TrimSpace(line), "\r\n") {
		return false
	}
	_, err := base64.StdEncoding.DecodeString(fields[1])
	return err == nil
}
