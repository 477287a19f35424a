package lunanode

import "slices"

// checkType is a kind of uptime check; its parameters are those of the vendor's
// own monitoring program (spec section 12).
type checkType struct {
	key, name, shortName string
	params               []checkParam
}

type checkParam struct {
	name, help, placeholder string
	required                bool
	fallback                string
	boolean                 bool
	choices                 []string // what the value may be, if that is limited
}

var checkTypes = []checkType{
	{"icmp", "ICMP Ping", "ICMP", []checkParam{
		{name: "target", help: "Host name or address to ping", placeholder: "example.com", required: true},
		{name: "packetloss", help: "Packet loss in percent from which the check fails", fallback: "100"},
		forceIP,
	}},
	{"http", "HTTP", "HTTP", []checkParam{
		{name: "url", help: "Address to ask for", placeholder: "https://example.com/", required: true},
		{name: "method", help: "Request method", fallback: "GET", choices: []string{"GET", "HEAD", "POST", "PUT", "DELETE"}},
		{name: "body", help: "Request body"},
		{name: "headers", help: "Request headers"},
		timeoutParam,
		{name: "insecure", help: "Do not verify the certificate", boolean: true},
		{name: "username", help: "User for basic authentication"},
		{name: "password", help: "Password for basic authentication"},
		{name: "expect_status", help: "Expected status", placeholder: "200"},
		{name: "expect_substring", help: "Expected text in the body"},
	}},
	{"tcp", "TCP", "TCP", []checkParam{
		addressParam,
		timeoutParam,
		{name: "payload", help: "What to send"},
		forceIP,
		{name: "expect", help: "Expected text in the answer"},
	}},
	{"ssl_expire", "SSL Expiration", "SSL", []checkParam{
		addressParam,
		{name: "days", help: "Days before expiration from which the check fails", fallback: "14"},
	}},
	{"dns", "DNS", "DNS", []checkParam{
		{name: "server", help: "Name server to ask", placeholder: "ns1.example.com", required: true},
		{name: "expect", help: "Expected answer"},
	}},
}

var (
	addressParam = checkParam{name: "address", help: "Host and port", placeholder: "example.com:443", required: true}
	timeoutParam = checkParam{name: "timeout", help: "Timeout in seconds", fallback: "10"}
	forceIP      = checkParam{name: "force_ip", help: "Address family", fallback: "0", choices: []string{"0", "4", "6"}}
)

func findCheckType(key string) (checkType, bool) {
	at := slices.IndexFunc(checkTypes, func(t checkType) bool { return t.key == key })
	if at < 0 {
		return checkType{}, false
	}
	return checkTypes[at], true
}

func monitorCheckTypes(*call) (answer, error) {
	var types dict
	for _, t := range checkTypes {
		types = append(types, member{t.key, t.row()})
	}
	return object{{"types", types}}, nil
}

func (t checkType) row() object {
	var params dict
	for _, p := range t.params {
		params = append(params, member{p.name, object{
			{"name", p.name},
			{"help", p.help},
			{"placeholder", p.placeholder},
			{"required", oneOrEmpty(p.required)},
			{"default", p.fallback},
			{"type", p.valueType()},
		}})
	}
	return object{{"name", t.name}, {"short_name", t.shortName}, {"params", params}}
}

// valueType is a word, or a map of value to label.
func (p checkParam) valueType() any {
	if p.boolean {
		return "boolean"
	}
	if p.choices == nil {
		return "string"
	}
	var choices dict
	for _, c := range p.choices {
		choices = append(choices, member{c, c})
	}
	return choices
}
