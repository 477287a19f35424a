package rackspace

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/internal/clock"
)

// An exchange is one recorded request with its answer; see testdata/cloudservers/README.md.
type exchange struct {
	Request struct {
		Method, Path, URL string
		Body              string
	}
	Response struct {
		Status  int
		Headers [][2]string
		Body    string
	}
}

// target is the recorded path below the account's root, with its query.
func (e exchange) target() string {
	target := e.Request.Path
	if target == "" {
		if u, err := url.Parse(e.Request.URL); err == nil {
			target = u.RequestURI()
		}
	}
	for _, root := range []string{"/v1.0/123456", "/v1.0"} {
		if rest, ok := strings.CutPrefix(target, root); ok {
			return rest
		}
	}
	return target
}

// TestRecordedExchanges serves every recorded answer to the client call that asks for it, and
// holds what the client makes of it. Each exchange stands alone: the recording's answer is
// given to whatever the call asks for.
func TestRecordedExchanges(t *testing.T) {
	files, err := filepath.Glob("testdata/cloudservers/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	replayed := 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var recording struct{ Exchanges []exchange }
		if json.Unmarshal(data, &recording) != nil || len(recording.Exchanges) == 0 {
			continue // a single body; see samples_test.go
		}
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			for _, e := range recording.Exchanges {
				fmt.Fprintf(&out, "%s %s %s-> %d\n", e.Request.Method, e.target(), withBlank(e.Request.Body), e.Response.Status)
				fmt.Fprintf(&out, "    %s\n", replay(t, e))
				replayed++
			}
			golden(t, "replayed/"+filepath.Base(filepath.Dir(path))+"-"+name+".golden", out.String())
		})
	}
	if replayed < 120 {
		t.Errorf("only %d exchanges were replayed: are the recordings all here?", replayed)
	}
}

func withBlank(s string) string {
	if s == "" {
		return ""
	}
	return strings.Join(strings.Fields(s), " ") + " "
}

// replay performs the call that the exchange records and describes what came of it.
func replay(t *testing.T, e exchange) (outcome string) {
	f := newFake(t)
	answer := func(w http.ResponseWriter) {
		for _, h := range e.Response.Headers {
			if !strings.EqualFold(h[0], "Content-Length") { // redaction changed the bodies' lengths
				w.Header().Add(h[0], strings.ReplaceAll(h[1], "{host}", "recorded.test"))
			}
		}
		w.WriteHeader(e.Response.Status)
		fmt.Fprint(w, e.Response.Body)
	}
	f.service = func(w http.ResponseWriter, r *http.Request) {
		if !listsBefore(w, r) {
			answer(w)
		}
	}
	if e.target() == "" || e.target() == "/" && e.Request.Path != "/" {
		f.login = func(w http.ResponseWriter, r *http.Request, n int) { answer(w) }
	}
	inVirtualTime(t, func(v *clock.Virtual) {
		config := f.config()
		config.Clock = v
		config.Retry.Jitter = func() float64 { return 0.5 }
		c := f.client(t, config)
		// The recorded server's refusals for the rate are tried again until the time is over.
		ctx, cancel := v.WithTimeout(background, time.Minute)
		defer cancel()
		outcome = describe(perform(ctx, c, e))
	})
	return f.steady(outcome)
}

func describe(value any, err error) string {
	switch {
	case err != nil:
		return err.Error()
	case value == nil:
		return "done"
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// perform is the client call for a recorded request. Formats (".xml") are left out: the client
// always asks for JSON and has to live with what comes.
func perform(ctx context.Context, c *Client, e exchange) (any, error) {
	u, err := url.Parse(strings.ReplaceAll(e.target(), ".xml", ""))
	if err != nil {
		return nil, err
	}
	if e.Request.Path == "/" {
		return c.Versions.List(ctx)
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	o := ListOptions{Detail: len(parts) > 1 && parts[1] == "detail"}
	o.Limit, _ = strconv.Atoi(u.Query().Get("limit"))
	o.Offset, _ = strconv.Atoi(u.Query().Get("offset"))
	if since, err := strconv.ParseInt(u.Query().Get("changes-since"), 10, 64); err == nil {
		o.ChangesSince = time.Unix(since, 0)
	}
	var id ID
	if len(parts) > 1 {
		id = ID(parts[1])
	}
	listing := len(parts) == 1 || o.Detail
	switch method := e.Request.Method; {
	case parts[0] == "":
		return c.Login(ctx)
	case parts[0] == "limits":
		return c.Limits.Get(ctx)
	case parts[0] == "servers" && len(parts) == 3:
		return performPart(ctx, c, id, method, parts[2], e.Request.Body)
	case parts[0] == "servers" && listing && method == "GET":
		return c.Servers.List(ctx, o)
	case parts[0] == "servers" && listing:
		server, err := c.Servers.Create(ctx, ServerCreate{Name: "recorded", ImageID: "1", FlavorID: "1"})
		if err == nil && server.AdminPass == "" {
			t := fmt.Errorf("the answer to a create has no password")
			return server, t
		}
		return server, err
	case parts[0] == "servers" && method == "GET":
		return c.Servers.Get(ctx, id)
	case parts[0] == "servers" && method == "PUT":
		return nil, c.Servers.Update(ctx, id, ServerUpdate{Name: "recorded"})
	case parts[0] == "servers" && method == "DELETE":
		return nil, c.Servers.Delete(ctx, id)
	case parts[0] == "flavors" && listing:
		return c.Flavors.List(ctx, o)
	case parts[0] == "flavors":
		return c.Flavors.Get(ctx, id)
	case parts[0] == "images" && listing && method == "GET":
		return c.Images.List(ctx, o)
	case parts[0] == "images" && listing:
		return c.Images.Create(ctx, ImageCreate{ServerID: "1", Name: "recorded"})
	case parts[0] == "images" && method == "DELETE":
		return nil, c.Images.Delete(ctx, id)
	case parts[0] == "images":
		return c.Images.Get(ctx, id)
	case parts[0] == "shared_ip_groups" && listing && method == "GET":
		return c.IPGroups.List(ctx, o)
	case parts[0] == "shared_ip_groups" && listing:
		return c.IPGroups.Create(ctx, IPGroupCreate{Name: "recorded"})
	case parts[0] == "shared_ip_groups":
		return c.IPGroups.Get(ctx, id)
	}
	return nil, fmt.Errorf("no client call for %s %s", e.Request.Method, e.target())
}

func performPart(ctx context.Context, c *Client, id ID, method, part, body string) (any, error) {
	switch {
	case part == "ips":
		return c.Addresses.List(ctx, id)
	case part == "backup_schedule" && method == "GET":
		return c.Backups.Get(ctx, id)
	case part == "backup_schedule":
		return nil, c.Backups.Set(ctx, id, BackupSchedule{Enabled: true})
	case strings.Contains(body, "rebuild"):
		return nil, c.Servers.Rebuild(ctx, id, "1")
	case strings.Contains(body, "confirmResize"):
		return nil, c.Servers.ConfirmResize(ctx, id)
	case strings.Contains(body, "revertResize"):
		return nil, c.Servers.RevertResize(ctx, id)
	case strings.Contains(body, "resize"):
		return nil, c.Servers.Resize(ctx, id, "1")
	case part == "action":
		return nil, c.Servers.Reboot(ctx, id, RebootSoft)
	}
	return nil, fmt.Errorf("no client call for %s %s", method, part)
}
