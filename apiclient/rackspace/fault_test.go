package rackspace

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

func judge(status int, header http.Header, body string) *apiclient.Error {
	req := &apiclient.Request{Op: "servers.get", Effect: apiclient.EffectRead, Method: "GET", URL: "http://h/servers/17"}
	return judgeFault(&apiclient.Redactor{}, func() time.Time { return start })(req,
		&apiclient.Response{Status: status, Header: header, Body: []byte(body), Attempts: 1})
}

func TestFaultsHaveKinds(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		kind   apiclient.Kind
		text   string
	}{
		{400, `{"badRequest":{"code":400,"message":"Bad Request","details":"name is missing"}}`, apiclient.KindBadRequest, "Bad Request: name is missing"},
		{401, `{"unauthorized":{"code":401,"message":"Invalid authentication token.  Please renew."}}`, apiclient.KindUnauthorized, "Invalid authentication token. Please renew."},
		{403, `{"resizeNotAllowed":{"code":403,"message":"Resize Not Allowed"}}`, apiclient.KindConflict, "Resize Not Allowed"},
		{403, `{"overLimitFault":{"code":403,"message":"This request was rate-limited."}}`, apiclient.KindOverLimit, "This request was rate-limited."},
		{403, `{"cloudServersFault":{"code":403,"message":"no"}}`, apiclient.KindForbidden, "no"},
		{404, `{"itemNotFound":{"message":"Not Found","details":"com.rackspace.ItemNotFoundFault:  Not Found","code":404}}`, apiclient.KindNotFound, "Not Found: com.rackspace.ItemNotFoundFault: Not Found"},
		{405, `{"badMethod":{"code":405,"message":"Bad Method"}}`, apiclient.KindBadRequest, "Bad Method"},
		{409, `{"buildInProgress":{"code":409,"message":"In Progress"}}`, apiclient.KindConflict, "In Progress"},
		{409, `{"backupOrResizeInProgress":{"code":409,"message":"Backup"}}`, apiclient.KindConflict, "Backup"},
		{413, `{"overLimit":{"code":413,"message":"Too many requests..."}}`, apiclient.KindOverLimit, "Too many requests..."},
		{415, `{"badMediaType":{"code":415,"message":"Bad Media Type"}}`, apiclient.KindBadRequest, "Bad Media Type"},
		{500, `{"cloudServersFault":{"code":500,"message":"Fault"}}`, apiclient.KindServerError, "Fault"},
		{501, `{"notImplemented":{"code":501,"message":"Not Implemented"}}`, apiclient.KindNotImplemented, "Not Implemented"},
		{503, `{"serviceUnavailable":{"code":503,"message":"Unavailable"}}`, apiclient.KindUnavailable, "Unavailable"},
		{503, `{"serverCapacityUnavailable":{"code":503,"message":"full"}}`, apiclient.KindUnavailable, "full"},
		{400, `{"cloudServersFault":{"code":400,"message":"422 Unprocessable Entity: Cannot perform requested action until reboot is complete."}}`,
			apiclient.KindConflict, "422 Unprocessable Entity: Cannot perform requested action until reboot is complete."},
		{418, `{"someNewFault":{"code":418,"message":"new"}}`, apiclient.KindBadRequest, "new"},
		{404, `<itemNotFound code="404" xmlns="http://docs.rackspacecloud.com/servers/api/v1.0"><message>gone</message><details>17</details></itemNotFound>`, apiclient.KindNotFound, "gone: 17"},
		{502, "<html><head><title>502</title></head><body>Bad</body></html>", apiclient.KindUnavailable, "Bad Gateway"},
		{502, "<!DOCTYPE html><p>unclosed", apiclient.KindUnavailable, "Bad Gateway"},
		{404, "404 Not Found\n\nThe resource could not be found.\n\n   ", apiclient.KindNotFound, "404 Not Found The resource could not be found."},
		{404, "", apiclient.KindNotFound, "Not Found"},
		{400, `{"not": "a fault"}`, apiclient.KindBadRequest, "Bad Request"},
		{400, `{"badRequest":{"message":17,"details":null}}`, apiclient.KindBadRequest, "Bad Request"},
		{500, `{"truncated`, apiclient.KindServerError, "Internal Server Error"},
		{599, "", apiclient.KindServerError, ""},
		{500, strings.Repeat("é", 500), apiclient.KindServerError, strings.Repeat("é", 150) + "…"},
	} {
		e := judge(test.status, http.Header{}, test.body)
		if e == nil || e.Kind != test.kind || e.Summary() != test.text {
			t.Errorf("%d %s\n got  %v\n want %s: %s", test.status, test.body, e, test.kind, test.text)
		}
	}
	for _, status := range []int{200, 202, 203, 204, 304} {
		if e := judge(status, http.Header{}, ""); e != nil {
			t.Errorf("%d is a failure: %v", status, e)
		}
	}
}

func TestRetryAfterIsReadInSecondsFirst(t *testing.T) {
	body := func(at string) string {
		return fmt.Sprintf(`{"overLimit":{"code":413,"message":"m","retryAfter":%q}}`, at)
	}
	both := http.Header{"Retry-After": {"20"}, "Reply-After": {"Tue, 01 Jan 2030 00:00:30 GMT"}}
	dated := http.Header{"Retry-After": {"Tue, 01 Jan 2030 00:00:20 GMT"}, "Reply-After": {"30"}}
	for _, test := range []struct {
		header http.Header
		body   string
		want   time.Duration
	}{
		{both, body("2030-01-01T01:00:20Z"), 20 * time.Second}, // the clock is an hour slow
		{both, body("2029-12-31T23:00:20Z"), 20 * time.Second}, // and an hour fast
		{dated, body("2030-01-01T00:00:10Z"), 10 * time.Second},
		{dated, body("2029-12-31T18:00:10.000-06:00"), 10 * time.Second},
		{dated, body("2010-08-01T00:00:00Z"), time.Second},
		{dated, body("soon"), 20 * time.Second},
		{both, ``, 20 * time.Second},
		{http.Header{"Reply-After": {"Tue, 01 Jan 2030 00:00:30 GMT"}}, ``, 30 * time.Second},
		{http.Header{"Reply-After": {"15"}}, ``, 15 * time.Second},
		{dated, `<overLimit code="413" retryAfter="2030-01-01T00:00:12Z"><message>m</message></overLimit>`, 12 * time.Second},
		{http.Header{}, `{"overLimit":{"code":413,"message":"m"}}`, 0},
	} {
		if e := judge(413, test.header, test.body); e.RetryAfter != test.want {
			t.Errorf("%v %s: got %v, want %v", test.header, test.body, e.RetryAfter, test.want)
		}
	}
}

func TestTimesAreReadAsTheServiceWritesThem(t *testing.T) {
	for text, want := range map[string]string{
		`"2010-11-19T23:36:58-06:00"`:     "2010-11-20T05:36:58Z",
		`"2010-08-25T10:47:57.890-05:00"`: "2010-08-25T15:47:57.89Z",
		`"2030-01-01T00:00:00Z"`:          "2030-01-01T00:00:00Z",
		`"yesterday"`:                     "0001-01-01T00:00:00Z",
		`null`:                            "0001-01-01T00:00:00Z",
		`17`:                              "0001-01-01T00:00:00Z",
	} {
		var parsed Time
		if err := parsed.UnmarshalJSON([]byte(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got := parsed.UTC().Format(time.RFC3339Nano); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func FuzzFault(f *testing.F) {
	for _, body := range []string{`{"overLimit":{"message":"m","retryAfter":"2030-01-01T00:00:10Z"}}`,
		`<itemNotFound code="404"><message>gone</message></itemNotFound>`, "<html>", "plain", "\xff\xfe", `{"a":[]}`, strings.Repeat("\xbe", 301)} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		e := judge(500, http.Header{}, body)
		if line := e.Error(); strings.ContainsAny(line, "\n\r\x1b") {
			t.Errorf("%q makes an error that is not one line: %q", body, line)
		}
	})
}
