package apiclient

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/cloudscript/cloudscript/internal/lazyregexp"
)

// A Redactor removes secrets from text: the values it has learnt, and the values of
// fields whose names say that they are secret. Clients that share one hide each other's
// secrets. The zero value knows no values and is ready for use by many goroutines.
type Redactor struct {
	mu     sync.Mutex
	values []string // the newest last
	keys   []string // likewise
	forms  []string // of both, as they may stand in a text, the longest first; nil: to be made
}

const (
	// remembered bounds the values that a Redactor keeps: tokens and passwords come
	// and go in a process that runs for months.
	remembered = 256
	// rememberedKeys bounds the values of accounts, apart from the others.
	rememberedKeys = 64
	// shortest is the length below which a value is not looked for: removing every
	// "a" from a text hides nothing and destroys the text.
	shortest = 4
)

// Learn makes the Redactor remove these values from now on. Call it again for a value
// that is still in use, or enough newer ones push it out.
func (r *Redactor) Learn(values ...Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.values, r.forms = latest(r.values, values, remembered), nil
}

// LearnKey is Learn for what opens an account: keys and tokens. Passwords and signatures,
// of which there are many, do not push it out.
func (r *Redactor) LearnKey(keys ...Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys, r.forms = latest(r.keys, keys, rememberedKeys), nil
}

// latest adds values to a list that keeps the newest ones.
func latest(list []string, values []Secret, most int) []string {
	for _, value := range values {
		v := string(value)
		if len(v) < shortest {
			continue
		}
		if i := slices.Index(list, v); i >= 0 {
			list = slices.Delete(list, i, i+1)
		}
		list = append(list, v)
	}
	return slices.Delete(list, 0, max(0, len(list)-most))
}

// Text returns s without secrets.
func (r *Redactor) Text(s string) string {
	s = fieldValue.ReplaceAllString(s, `${1}${2}"`+Redacted+`"`)
	if strings.Contains(s, `\"`) {
		s = quotedFieldValue.ReplaceAllString(s, `${1}${2}\"`+Redacted+`\"`)
	}
	if strings.Contains(s, "://") {
		s = userInformation.ReplaceAllString(s, "${1}"+Redacted+"@")
	}
	s = parameterValue.ReplaceAllString(s, "${1}="+Redacted)
	if strings.Contains(s, "PRIVATE KEY-----") {
		s = privateKey.ReplaceAllString(s, Redacted)
	}
	s = headerValue.ReplaceAllString(s, "${1}: "+Redacted)
	return r.withoutValues(s)
}

// URL returns a URL without user information and without secrets.
func (r *Redactor) URL(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		// The text that does not parse may hold a password before its @.
		if at := strings.LastIndexByte(s, '@'); at >= 0 {
			s = Redacted + s[at:]
		}
		return r.Text(s)
	}
	u.User = nil
	return r.Text(u.String())
}

// withoutValues removes the learnt values, longest first, so that a value that holds
// another one leaves nothing behind.
func (r *Redactor) withoutValues(s string) string {
	for _, form := range r.allForms() {
		s = strings.ReplaceAll(s, form, Redacted)
	}
	return s
}

// allForms are the values as they stand in plain text, addresses and JSON.
func (r *Redactor) allForms() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.forms != nil {
		return r.forms
	}
	for _, v := range slices.Concat(r.values, r.keys) {
		r.forms = append(r.forms, v)
		for _, escaped := range []string{url.QueryEscape(v), url.PathEscape(v), escapeJSON(v)} {
			if escaped != v {
				r.forms = append(r.forms, escaped)
			}
		}
	}
	slices.SortFunc(r.forms, func(a, b string) int { return len(b) - len(a) })
	return r.forms
}

func escapeJSON(v string) string {
	quoted, err := json.Marshal(v)
	if err != nil {
		return v
	}
	return string(quoted[1 : len(quoted)-1])
}

// The names of fields, parameters and headers whose values never leave. Words may stand before
// them: access_token, clientSecret.
const sensitive = `admin_?pass|\w*(?:password|passwd|passphrase|secret|token|signature)|api_?key|private_?key|access_?key|secret_?key|api_partialkey|partialkey|sig|key`

var (
	// "adminPass": "…", also cut off before the closing quote.
	fieldValue = lazyregexp.New(`(?i)(["']?\b(?:` + sensitive + `)["'])(\s*[:=]\s*)["'](?:[^"'\\]|\\.)*["']?`)
	// The same in a JSON text that is a text of JSON itself: \"adminPass\": \"…\".
	quotedFieldValue = lazyregexp.New(`(?i)(\b(?:` + sensitive + `)\\")(\s*:\s*)\\"(?:[^"\\]|\\\\(?:\\["\\]|[^"\\]))*(?:\\")?`)
	// The name and the password in an address: https://mira:…@host/.
	userInformation = lazyregexp.New(`(://)[^/?#\s"'@]*:[^/?#\s"'@]*@`)
	// adminPass="…" of XML, signature=… of forms and queries.
	parameterValue = lazyregexp.New(`(?i)\b(` + sensitive + `)=(?:"[^"]*"?|[^&\s"\\]+)`)
	// A private key in PEM form, also one whose lines are escaped or cut off.
	privateKey = lazyregexp.New(`-----BEGIN [A-Z ]*PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z ]*PRIVATE KEY-----|\z)`)
	// X-Auth-Token: …
	headerValue = lazyregexp.New(`(?i)\b(x-auth-(?:key|token)|x-storage-(?:pass|token)|authorization):[ \t]*[^\r\n,]+`)
)
