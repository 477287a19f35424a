package bindings

import (
	"strings"

	"github.com/cloudscript/cloudscript/apiclient/lunanode"
)

// actionExample is a call with the required parameters.
func actionExample(action *lunanode.Action) string {
	var required []lunanode.Param
	for _, p := range action.Params {
		// vm.create needs an image or a volume, which the catalogue cannot say.
		if p.Required || action.String() == "vm/create" && p.Name == "image_id" {
			required = append(required, p)
		}
	}
	name := verbName(action)
	if len(required) == 0 {
		return name + "()"
	}
	if len(required) == 1 && action.Params[0].Name == required[0].Name {
		return name + "(" + exampleValue(action, required[0]) + ")"
	}
	var parts []string
	for _, p := range required {
		parts = append(parts, p.Name+" = "+exampleValue(action, p))
	}
	if action.OpenParams {
		parts = append(parts, furtherParams+` = {url = "https://example.com/"}`)
	}
	return name + "{" + strings.Join(parts, ", ") + "}"
}

func exampleValue(action *lunanode.Action, p lunanode.Param) string {
	switch p.Type {
	case lunanode.TypeUUID:
		return `"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"`
	case lunanode.TypeInt:
		return exampleNumber(p.Name)
	case lunanode.TypeDecimal:
		return "0.5"
	case lunanode.TypeRegion:
		return `"toronto"`
	case lunanode.TypePlan:
		return `"m.1"`
	case lunanode.TypeYesNo:
		return `"yes"`
	case lunanode.TypeIP:
		if action.String() == "vm/ip-delete" {
			return `"172.20.0.3"` // a private one
		}
		return `"198.51.100.7"`
	case lunanode.TypeCIDR:
		return `"10.0.0.0/24"`
	case lunanode.TypeURL:
		return `"https://example.com/image.qcow2"`
	}
	return exampleText(action, p.Name)
}

func exampleNumber(param string) string {
	switch param {
	case "ttl":
		return "3600"
	case "size":
		return "10"
	case "port":
		return "80"
	case "check_interval":
		return "60"
	case "delay":
		return "2"
	case "connection_limit":
		return "100"
	}
	return "26"
}

func exampleText(action *lunanode.Action, param string) string {
	switch action.Category + " " + param {
	case "email target":
		return `"office@example.com"`
	case "monitor type":
		if action.Name == "contact-add" {
			return `"email"`
		}
		return `"http"`
	case "securitygroup type":
		return `"IPv4"`
	case "email name", "dns2 name":
		return `"example.com"`
	}
	switch param {
	case "content":
		return `"#!/bin/sh"`
	case "data":
		return `"198.51.100.7"`
	case "direction":
		return `"ingress"`
	case "dns":
		return `"8.8.8.8"`
	case "format":
		return `"qcow2"`
	case "hostname":
		return `"web01"`
	case "image_name":
		return `"copy"`
	case "key":
		return `"cpu"`
	case "label":
		return `"data"`
	case "member_id":
		return `"5b0c2c3e"`
	case "method":
		return `"ROUND_ROBIN"`
	case "name":
		return `"web01"`
	case "origin":
		return `"example.com"`
	case "password":
		return `"correct horse"`
	case "private_key":
		return `"-----BEGIN PRIVATE KEY-----"`
	case "protocol":
		return `"tcp"`
	case "rel":
		return `"ops@example.com"`
	case "remote_type":
		return `"cidr"`
	case "remote_value":
		return `"0.0.0.0/0"`
	case "selector":
		return `"mail"`
	case "sshkey":
		return `"ssh-ed25519 AAAA me@host"`
	case "target":
		return `"auto"`
	case "type":
		return `"A"`
	case "username":
		return `"ops"`
	}
	return `"text"`
}
