package stdlib

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/runtime"
)

// HTTP is what scripts may ask of other hosts.
type HTTP struct {
	// Hosts are the hosts that scripts may talk to, as globs over "host" or
	// "host:port": "api.example.com", "*.example.com", "*". None grants nothing.
	Hosts []string

	// Client sends the requests; http.DefaultClient's transport if nil. Its
	// redirect policy is replaced: redirects go to granted hosts only.
	Client *http.Client

	// MaxBody is the most bytes of an answer's body; 16 MiB if 0.
	MaxBody int64
}

func httpModule(grant HTTP) runtime.Module {
	if grant.MaxBody == 0 {
		grant.MaxBody = 16 << 20
	}
	client := http.Client{}
	if grant.Client != nil {
		client = *grant.Client
	}
	client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return errors.New("more than 10 redirects")
		}
		return grant.allows(req.URL)
	}
	m := runtime.Module{Name: "http", Doc: "Requests to the hosts that the host program grants. An answer is a table with status, headers (names in small letters) and body; statuses of 400 and above are answers, not errors."}
	for _, v := range []struct {
		method string
		effect runtime.Effect
		doc    string
		body   bool
	}{
		{"GET", runtime.Read, "Asks for a resource.", false},
		{"HEAD", runtime.Read, "Asks for the headers of a resource.", false},
		{"POST", runtime.Create, "Sends something new.", true},
		{"PUT", runtime.Update, "Replaces a resource.", true},
		{"PATCH", runtime.Update, "Changes a resource.", true},
		{"DELETE", runtime.Destroy, "Removes a resource.", false},
	} {
		name := strings.ToLower(v.method)
		params := []runtime.Param{{Name: "url", Type: runtime.String, Required: true, MaxLen: 64 << 10, Doc: "http or https"}}
		example := fmt.Sprintf(`print(http.%s("https://api.example.com/things/1").status)`, name)
		if v.body {
			params = append(params, runtime.Param{Name: "body", Type: runtime.Any, Doc: "text, or a table of at most 2 MiB that is sent as JSON"})
			example = fmt.Sprintf("local answer = http.%s(\"https://api.example.com/things\", {name = \"web1\"})\nprint(answer.status, json.decode(answer.body).id)", name)
		}
		params = append(params,
			runtime.Param{Name: "headers", Type: runtime.Strings, Named: true, Secret: true, Doc: "by name"},
			runtime.Param{Name: "timeout", Type: runtime.Duration, Named: true, Default: "30s", Doc: "for the whole exchange"})
		m.Verbs = append(m.Verbs, runtime.Verb{
			Name: "http." + name, Effect: v.effect, Doc: v.doc, Params: params, Returns: "table", Example: example,
			Errors: []runtime.Kind{runtime.Denied, runtime.Unreachable},
			Func: func(ctx context.Context, c *runtime.Call) (any, error) {
				return grant.send(ctx, &client, c, v.method, v.body)
			},
		})
	}
	return m
}

// allows returns nil for an address of a granted host.
func (h HTTP) allows(u *url.URL) error {
	for _, glob := range h.Hosts {
		host, _ := path.Match(glob, u.Hostname())
		withPort, _ := path.Match(glob, u.Host)
		if host || withPort {
			return nil
		}
	}
	return &runtime.Error{Kind: runtime.Denied, Message: fmt.Sprintf("this program does not grant requests to %s", u.Host),
		Hint: "to grant it: --host " + u.Hostname() + " on the command line, stdlib.Config.HTTP.Hosts in Go"}
}

func (h HTTP) send(ctx context.Context, client *http.Client, c *runtime.Call, method string, withBody bool) (any, error) {
	u, err := url.Parse(c.String("url"))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, runtime.Errorf(runtime.Usage, "parameter \"url\": expected an address such as https://api.example.com/path")
	}
	if err := h.allows(u); err != nil {
		return nil, err
	}
	if err := checkHeaders(c.Strings("headers")); err != nil {
		return nil, err
	}
	timeout := c.Duration("timeout")
	ctx, cancel := c.Clock().WithTimeout(ctx, timeout)
	defer cancel()
	var body io.Reader
	isJSON := false
	if withBody && c.Has("body") {
		text, json, err := requestBody(c.Any("body"))
		if err != nil {
			return nil, err
		}
		body, isJSON = strings.NewReader(text), json
	}
	req, err := http.NewRequestWithContext(ctx, method, u.String(), body)
	if err != nil {
		return nil, runtime.Errorf(runtime.Usage, "%w", err)
	}
	if isJSON {
		req.Header.Set("Content-Type", "application/json")
	}
	for name, value := range c.Strings("headers") {
		req.Header.Set(name, value)
	}
	answer, err := client.Do(req)
	if err != nil {
		return nil, transportError(ctx, err, u, timeout)
	}
	defer answer.Body.Close()
	guess := answer.ContentLength
	if answer.Body == http.NoBody {
		guess = 0 // it is another request's
	}
	data, err := readText(c, answer.Body, guess, h.MaxBody)
	if err == errTooLong {
		return nil, runtime.Errorf(runtime.BadAnswer, "the answer of %s is longer than %d bytes", u.Host, h.MaxBody)
	}
	if err != nil {
		return nil, transportError(ctx, err, u, timeout)
	}
	headers := map[string]string{}
	for name, values := range answer.Header {
		headers[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	return runtime.Pairs{{Key: "status", Value: answer.StatusCode}, {Key: "headers", Value: headers}, {Key: "body", Value: data}}, nil
}

// transportError leaves out the address, which may hold a secret.
func transportError(ctx context.Context, err error, u *url.URL, timeout time.Duration) error {
	var own *runtime.Error // a refused redirect, or a limit
	if errors.As(err, &own) {
		return own
	}
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return runtime.Errorf(runtime.Timeout, "%s did not answer within %v", u.Host, timeout)
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return runtime.Errorf(runtime.Unreachable, "cannot reach %s: %w", u.Host, err)
}
