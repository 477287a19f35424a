package apiclient

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestSensitiveFieldsAreRemovedFromText(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a JSON field", `{"name":"w","adminPass":"w1Qm7X"}`, `{"name":"w","adminPass":"[redacted]"}`},
		{"blanks around the colon", `{"adminPass" : "w1Qm7X"}`, `{"adminPass" : "[redacted]"}`},
		{"a quote in the value", `{"adminPass":"a\"b","id":1}`, `{"adminPass":"[redacted]","id":1}`},
		{"cut off in the value", `{"id":1,"adminPass":"w1Qm`, `{"id":1,"adminPass":"[redacted]"`},
		{"an XML attribute", `<server adminPass="w1Qm7X" id="1"/>`, `<server adminPass=[redacted] id="1"/>`},
		{"a form", `req=%7B&signature=abcdef&nonce=1`, `req=%7B&signature=[redacted]&nonce=1`},
		{"the partial key", `{"api_partialkey": "0123", "api_id": "7"}`, `{"api_partialkey": "[redacted]", "api_id": "7"}`},
		{"a header", "X-Auth-Token: AUTH_tk12\r\nAccept: */*", "X-Auth-Token: [redacted]\r\nAccept: */*"},
		{"a private key", `{"selector":"m","private_key":"-----BEGIN"}`, `{"selector":"m","private_key":"[redacted]"}`},
		{"a private key in a text", "it is -----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY----- and bad", "it is [redacted] and bad"},
		{"a private key with escaped lines, cut off", `it is -----BEGIN PRIVATE KEY-----\nc2VjcmV0`, "it is [redacted]"},
		{"a public key", `{"sshkey":"ssh-ed25519 AAAA mira@laptop"}`, `{"sshkey":"ssh-ed25519 AAAA mira@laptop"}`},
		{"names of several words", `{"access_token":"a","clientSecret": "b","new-password":"c"} ?refresh_token=d&sig=e&api_secret=f`,
			`{"access_token":"[redacted]","clientSecret": "[redacted]","new-password":"[redacted]"} ?refresh_token=[redacted]&sig=[redacted]&api_secret=[redacted]`},
		{"JSON in JSON", `{"body":"{\"password\":\"a\\\"b\\n\",\"id\":1}","n":2}`, `{"body":"{\"password\":\"[redacted]\",\"id\":1}","n":2}`},
		{"JSON in JSON, cut off", `{"body":"{\"id\":1,\"password\": \"w1Qm`, `{"body":"{\"id\":1,\"password\": \"[redacted]\"`},
		{"a form in JSON", `{"body":"user=x&password=a","n":2}`, `{"body":"user=x&password=[redacted]","n":2}`},
		{"an address with a password", `GET "https://mira:w1Qm7X@example.org:80/x@y" and http://h/a:b@c`, `GET "https://[redacted]@example.org:80/x@y" and http://h/a:b@c`},
		{"nothing secret", `{"keyboard":"de","monkey":"x","token_type":"b","keys":"c"} design=1`, `{"keyboard":"de","monkey":"x","token_type":"b","keys":"c"} design=1`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := (&Redactor{}).Text(test.text); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestLearntValuesAreRemovedWhereverTheyStand(t *testing.T) {
	var r Redactor
	r.Learn("p/w d\"1", "p/w d\"1longer", "abc")
	for text, want := range map[string]string{
		`the key p/w d"1 was refused`:  "the key [redacted] was refused",
		`in a URL: p%2Fw+d%221`:        "in a URL: [redacted]",
		`in a path: p%2Fw%20d%221`:     "in a path: [redacted]",
		`in JSON: p/w d\"1`:            "in JSON: [redacted]",
		`p/w d"1longer leaves nothing`: "[redacted] leaves nothing",
		`abc is too short to look for`: "abc is too short to look for",
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%s: got %s", text, got)
		}
	}
}

func TestURLsLoseUserInformationAndSecrets(t *testing.T) {
	var r Redactor
	r.Learn("tok-123456")
	for url, want := range map[string]string{
		"https://mira:pw@h.test/v1.0?limit=1":   "https://h.test/v1.0?limit=1",
		"https://h.test/?token=abc&x=1":         "https://h.test/?token=[redacted]&x=1",
		"https://h.test/tok-123456/servers":     "https://h.test/[redacted]/servers",
		"ht tp://mira:pw@h.test/":               "[redacted]@h.test/",
		"https://h.test/v1.0/700123/servers/17": "https://h.test/v1.0/700123/servers/17",
	} {
		if got := r.URL(url); got != want {
			t.Errorf("%s: got %s, want %s", url, got, want)
		}
	}
}

func TestOldValuesMakeRoomAndValuesInUseStay(t *testing.T) {
	var r Redactor
	r.Learn("in-use")
	r.LearnKey("the-api-key")
	for i := range 3 * remembered {
		r.Learn(Secret(fmt.Sprintf("token-%06d", i)))
		if i%100 == 0 {
			r.Learn("in-use")
		}
	}
	if len(r.values) != remembered {
		t.Errorf("%d values are kept, want %d", len(r.values), remembered)
	}
	if got := r.Text("the-api-key in-use token-000767 token-000000"); got != "[redacted] [redacted] [redacted] token-000000" {
		t.Errorf("got %s", got)
	}
	for i := range rememberedKeys {
		r.LearnKey(Secret(fmt.Sprintf("key-%06d", i)))
	}
	if got := r.Text("the-api-key key-000063"); len(r.keys) != rememberedKeys || got != "the-api-key [redacted]" {
		t.Errorf("%d keys are kept; got %s", len(r.keys), got)
	}
}

func TestManyGoroutinesMayLearnAndRedact(t *testing.T) {
	var r Redactor
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			value := fmt.Sprintf("value-%d", i)
			for range 200 {
				r.Learn(Secret(value))
				if got := r.Text(value); strings.Contains(got, "value-") {
					t.Errorf("got %s", got)
				}
			}
		})
	}
	all.Wait()
}
