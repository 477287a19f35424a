package lunanode

import (
	"context"
	"strings"
	"testing"

	"github.com/cloudscript/cloudscript/apiclient"
)

const (
	testID  = "LNSIMTESTID00001"
	testKey = "67fd19ca21740e8face5e0cdfcbfdf5317acd180ee642805200a2b7d5253f5f04ba645a3c5db623f46d3978eff84f83daf840eb7b56a905c498906d8bc6cf242"
)

func testCredentials() Credentials {
	return Credentials{APIID: testID, APIKey: testKey, Origin: "a test"}
}

func TestCredentialsCheck(t *testing.T) {
	for _, tt := range []struct {
		name    string
		id, key string
		want    string
	}{
		{"good", testID, testKey, ""},
		{"no id", "", testKey, "credentials: there is no API id; copy it again from the API page of the control panel (from a test)"},
		{"short id", "LNSIM", testKey, "credentials: the API id has 5 characters, but an API id has exactly 16; copy it again from the API page of the control panel (from a test)"},
		{"no key", testID, "", "credentials: there is no API key; copy it again from the API page of the control panel (from a test)"},
		{"partial key", testID, testKey[:64], "credentials: the API key has 64 characters: that is only the partial key, the first half of the 128; the whole key is needed to sign; copy it again from the API page of the control panel (from a test)"},
		{"one character", testID, "x", "credentials: the API key has 1 character, but an API key has exactly 128; copy it again from the API page of the control panel (from a test)"},
		{"a line end too many", testID, testKey + "\n", "credentials: the API key has 129 characters, but an API key has exactly 128; copy it again from the API page of the control panel (from a test)"},
		{"a blank inside", testID, testKey[:100] + " " + testKey[101:], "credentials: the API id or key holds a character that is not plain ASCII, or a blank; copy it again from the API page of the control panel (from a test)"},
		{"exchanged", testKey, testID, "credentials: the API id and the API key are exchanged; the id is the one with 16 characters (from a test)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if e := (Credentials{APIID: tt.id, APIKey: apiclient.Secret(tt.key), Origin: "a test"}).check(); e != nil {
				got = e.Error()
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if len(tt.key) > 16 && strings.Contains(got, tt.key[:16]) {
				t.Error("the message holds the key")
			}
		})
	}
}

func TestCredentialsCheckTheAddress(t *testing.T) {
	for address, want := range map[string]string{
		"":                               "",
		"https://lunanode.test/api":      "",
		"http://127.0.0.1:8080/api":      "",
		"dynamic.lunanode.test/api":      `credentials: the API's address "dynamic.lunanode.test/api" does not begin with https:// or http:// and a host; write it as in https://dynamic.lunanode.com/api (from a test)`,
		"ftp://me:hunter2@lunanode.test": `credentials: the API's address "ftp://lunanode.test" does not begin with https:// or http:// and a host; write it as in https://dynamic.lunanode.com/api (from a test)`,
		"https:///api":                   `credentials: the API's address "https:///api" does not begin with https:// or http:// and a host; write it as in https://dynamic.lunanode.com/api (from a test)`,
	} {
		own := testCredentials()
		own.URL = address
		got := ""
		if e := own.check(); e != nil {
			got = e.Error()
		}
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", address, got, want)
		}
	}
}

func TestStaticCredentials(t *testing.T) {
	got, err := StaticCredentials(testCredentials()).Credentials(context.Background())
	if err != nil || got != testCredentials() {
		t.Errorf("got %v, %v", got, err)
	}
}
