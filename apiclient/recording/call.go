package recording

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// requestOf is a request without its answer: what it asks for, without secrets and
// without what differs between two runs. The redactor learns the secrets in it.
func requestOf(req *http.Request, body []byte, redact *apiclient.Redactor) *exchange {
	for _, name := range []string{"X-Auth-Key", "X-Auth-Token"} {
		redact.Learn(apiclient.Secret(req.Header.Get(name)))
	}
	e := &exchange{}
	if req.Header.Get("X-Auth-Key") != "" {
		e.Call = "log-in"
		return e
	}
	if form, ok := signedForm(body); ok {
		e.Call, e.Body = req.Method+" "+actionOf(req.URL.Path), withoutIdentity(form, redact)
	} else {
		e.Call, e.Body = req.Method+" "+pathOf(req.URL), string(body)
	}
	learnMembers(e.Body, redact)
	e.Call, e.Body = redact.Text(e.Call), withoutSecrets(e.Body, redact)
	return e
}

// signedForm reads the body of a call of the category/action API.
func signedForm(body []byte) (url.Values, bool) {
	if !bytes.HasPrefix(body, []byte("req=")) {
		return nil, false
	}
	form, err := url.ParseQuery(string(body))
	return form, err == nil && form.Has("signature") && form.Has("nonce")
}

// actionOf is category/action, the end of a path.
func actionOf(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	return strings.Join(parts[max(0, len(parts)-2):], "/")
}

// withoutIdentity is the parameters of a signed call without those that say who calls.
// Members are in alphabetical order.
func withoutIdentity(form url.Values, redact *apiclient.Redactor) string {
	redact.Learn(apiclient.Secret(form.Get("signature")))
	var params map[string]any // texts, whatever way their characters are escaped
	if err := json.Unmarshal([]byte(form.Get("req")), &params); err != nil {
		return ""
	}
	partialKey, _ := params["api_partialkey"].(string)
	redact.Learn(apiclient.Secret(partialKey))
	delete(params, "api_id")
	delete(params, "api_partialkey")
	text, err := json.Marshal(params)
	if err != nil {
		return ""
	}
	return string(text)
}

// pathOf is path and query without the parameters that follow from the time.
func pathOf(u *url.URL) string {
	query := u.Query()
	query.Del("fresh")
	query.Del("changes-since")
	if len(query) == 0 {
		return u.EscapedPath()
	}
	return u.EscapedPath() + "?" + query.Encode()
}

var (
	// Members of JSON with a secret as their text: more than a log has to fear, because
	// whole bodies are kept. "contents" are the files that a server is made with.
	secretMember = lazyregexp.New(`(?i)("(?:[a-z0-9_]*(?:pass|secret|token|private_?key|signature|partialkey|api_?key)[a-z0-9_]*|contents)"\s*:\s*)"(?:[^"\\]|\\.)*"?`)
	// "password: …" in a text for people, as some answers have it.
	secretInText = lazyregexp.New(`(?i)(\b(?:password|passwd)\s*[:=]\s*)[^\s"'<>;,\\]+`)
)

// learnMembers learns the secrets of a request's body, which an answer may repeat in any
// form.
func learnMembers(body string, redact *apiclient.Redactor) {
	for _, found := range secretMember.FindAllStringSubmatch(body, -1) {
		quoted := strings.TrimPrefix(found[0], found[1])
		escaped := strings.Trim(quoted, `"`)
		redact.Learn(apiclient.Secret(escaped))
		var text string
		if json.Unmarshal([]byte(quoted), &text) == nil {
			redact.Learn(apiclient.Secret(text))
		}
	}
}

func withoutSecrets(text string, redact *apiclient.Redactor) string {
	text = secretMember.ReplaceAllString(text, `${1}"`+apiclient.Redacted+`"`)
	text = secretInText.ReplaceAllString(text, "${1}"+apiclient.Redacted)
	return redact.Text(text)
}
