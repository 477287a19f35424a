package credentials

import (
	"fmt"
	"strings"
	"testing"
)

func TestLunaNodeGetsItsAccount(t *testing.T) {
	s := source(t, "[work.lunanode]\napi_id = 'LNID000000000001'\napi_key = '"+secret+"'\nurl = 'http://ln.test/api'", "")
	c, err := s.LunaNode().Credentials(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if c.APIID != "LNID000000000001" || c.APIKey.Reveal() != secret || c.URL != "http://ln.test/api" || c.Origin != "profile work in "+s.config.Path {
		t.Errorf("got %+v", c)
	}
	if text := fmt.Sprintf("%v %+v %#v", c, c, c); strings.Contains(text, secret) {
		t.Errorf("printing the credentials shows the key: %s", text)
	}

	_, err = source(t, "[work.rackspace]\nusername = 'mira'\napi_key = 'x'", "").LunaNode().Credentials(t.Context())
	if got := complaint(t, s, err); !strings.Contains(got, "profile \"work\" has no Luna Node account\nadd a table [work.lunanode]") {
		t.Error(got)
	}
}
