package lunanode

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A Refusal is an answer with success "no". It is the cause of the call's
// *apiclient.Error.
type Refusal struct {
	Category, Action string
	Text             string // the server's own words, entities undone
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("%s/%s: %s", r.Category, r.Action, r.Text)
}

// judge reads an answer. The HTTP status decides only where there is no answer of
// the API in the body, because API errors come with statuses that libraries take for
// success (spec section 8).
func (c *Client) judge(call *call, req *apiclient.Request, resp *apiclient.Response) (Answer, *apiclient.Error) {
	answer, err := ParseAnswer(resp.Body)
	if resp.Status/100 == 2 {
		switch {
		case err == nil && answer.success:
			return answer, nil
		case err != nil && call.bytes:
			return Answer{raw: resp.Body}, nil
		}
	}
	c.learnSecrets(req)
	switch {
	case err == nil && !answer.success:
		return Answer{}, c.refused(call, req, resp, answer)
	case resp.Status/100 == 2:
		e := c.redact.AnswerError(req, resp, apiclient.KindBadAnswer, err.Error())
		var text *notAnAnswer
		if errors.As(err, &text) { // its beginning could be that of a secret
			e.Message = text.message(c.redact.Text(text.begins))
		}
		e.Hint = "check that the URL is that of the API"
		if req.Effect != apiclient.EffectRead {
			e.Hint = "the service took the call and it may have been carried out: " + req.LookAt
		}
		return Answer{}, e
	}
	e := c.redact.AnswerError(req, resp, apiclient.KindOfStatus(resp.Status), "the server answered "+statusText(resp.Status)+" and no answer of the API")
	e.RetryAfter = apiclient.ParseRetryAfter(resp.Header.Get("Retry-After"), c.config.Clock.Now())
	return Answer{}, e
}

func statusText(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d %s", status, text)
	}
	return fmt.Sprint(status)
}

// longestLearnt bounds the signed texts that are looked for as a whole. No message holds a
// longer one, and what is secret in it is looked for by itself.
const longestLearnt = 4 << 10

// learnSecrets makes sure that a server that repeats what it was sent gives
// nothing away: the signature, the signed text and the secret parameters in it; the
// keyring has learnt the key. It is done where an error is about to be built, so that
// successes cost nothing.
func (c *Client) learnSecrets(req *apiclient.Request) {
	form, err := url.ParseQuery(string(req.Body))
	if err != nil {
		return
	}
	signed := form.Get("req")
	if len(signed) <= longestLearnt {
		c.redact.Learn(apiclient.Secret(signed))
	}
	c.redact.Learn(apiclient.Secret(form.Get("signature")))
	for name, value := range (Value{raw: []byte(signed)}).Map() {
		if isSecret(name) {
			c.redact.Learn(apiclient.Secret(value.Text()))
		}
	}
}

// refused is the error of an answer with success "no". Nothing was carried out.
func (c *Client) refused(call *call, req *apiclient.Request, resp *apiclient.Response, answer Answer) *apiclient.Error {
	reason := answer.Get("error")
	text := Unescape(reason.Text())
	if text == "" && reason.Present() && string(reason.Raw()) != `""` {
		text = string(reason.Raw())
	}
	if text == "" {
		text = "the service refused the call and gave no reason"
	}
	kind := kindOfRefusal(text)
	if kind == apiclient.KindBadRequest && (resp.Status == http.StatusTooManyRequests || resp.Status == http.StatusServiceUnavailable) {
		kind = apiclient.KindOfStatus(resp.Status) // no documented answer, but one that says to come back
	}
	e := c.redact.AnswerError(req, resp, kind, text)
	e.RetryAfter = apiclient.ParseRetryAfter(resp.Header.Get("Retry-After"), c.config.Clock.Now())
	e.MayHaveActed = false
	e.Cause = &Refusal{Category: call.category, Action: call.action, Text: e.Message}
	if e.Kind == apiclient.KindUnauthorized {
		e.Hint = c.clockHint(resp) // the link that signs adds what it knows of the key
	}
	return e
}

// kindOfRefusal goes by the texts that are known (spec section 7). The service
// gives no codes, and texts of other situations are not confirmed: what is not
// known is KindBadRequest.
func kindOfRefusal(text string) apiclient.Kind {
	what, invalid := strings.CutPrefix(text, "invalid ")
	switch {
	case strings.HasPrefix(text, "authentication failure"):
		return apiclient.KindUnauthorized
	case strings.Contains(text, " must be stopped"):
		return apiclient.KindConflict
	case invalid && what != "region" && !strings.Contains(what, " "):
		// "invalid vm" and "invalid image" are confirmed; other things that a
		// call names by id are taken to be refused in the same style.
		return apiclient.KindNotFound
	}
	return apiclient.KindBadRequest
}
