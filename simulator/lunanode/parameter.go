package lunanode

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// check judges one value by the parameter's type in the catalogue. Ids are not
// judged here: an id that is no number is an id that nothing has, and the action
// says so (`invalid image`).
func (p parameter) check(value param) error {
	if value.kind != "" {
		return mustBe(p.Name, "a text or a number, not "+value.kind)
	}
	if limit := p.longest(); len(value.text) > limit {
		return mustBe(p.Name, "at most "+decimal(limit)+" bytes long")
	}
	switch p.Type {
	case "int":
		if p.isID() {
			return nil
		}
		if n, err := strconv.ParseInt(value.text, 10, 32); err != nil || n < 0 {
			return mustBe(p.Name, "a whole number")
		}
	case "decimal":
		if _, err := strconv.ParseFloat(value.text, 64); err != nil {
			return mustBe(p.Name, "a number")
		}
	case "yesno":
		if value.text != "yes" && value.text != "no" {
			return mustBe(p.Name, "yes or no")
		}
	case "uuid":
		if !p.isID() && !isUUID(value.text) {
			return mustBe(p.Name, "a UUID")
		}
	case "ip":
		if _, err := netip.ParseAddr(value.text); err != nil {
			return errIP
		}
	case "cidr":
		if _, err := netip.ParsePrefix(value.text); err != nil {
			return mustBe(p.Name, "a subnet such as 10.1.0.0/24")
		}
	case "url":
		u, err := url.Parse(value.text)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "ftp" {
			return mustBe(p.Name, "an http, https or ftp address")
		}
	}
	return nil
}

func (p parameter) isID() bool {
	return p.Name == "image" || strings.HasSuffix(p.Name, "_id")
}

func isUUID(text string) bool {
	groups := strings.Split(text, "-")
	if len(text) != 36 || len(groups) != 5 {
		return false
	}
	for i, length := range []int{8, 4, 4, 4, 12} {
		if len(groups[i]) != length || strings.Trim(groups[i], "0123456789abcdefABCDEF") != "" {
			return false
		}
	}
	return true
}

// longest is how many bytes a value may have. The real limits are not known.
func (p parameter) longest() int {
	switch p.Name {
	case "content":
		return 1 << 20
	case "sshkey", "private_key", "body", "headers":
		return 16 << 10
	case "data", "location", "scripts", "key_id", "securitygroups":
		return 4 << 10
	}
	return 255
}
