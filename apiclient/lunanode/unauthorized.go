package lunanode

import (
	"fmt"
	"net/http"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// The service refuses a wrong id, a wrong key, a wrong address and a wrong clock in
// the same words. What can be told apart on this side is told here.

// clockTolerance is what the two clocks may differ without being a cause: HTTP
// dates are cut to seconds, and answers travel.
const clockTolerance = time.Minute

// clockHint compares the clock with the server's.
func (c *Client) clockHint(resp *apiclient.Response) string {
	server, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return "check this machine's clock, which makes the nonce"
	}
	off := c.config.Clock.Now().Sub(server)
	switch {
	case off > clockTolerance:
		return "your clock is " + inWords(off) + " ahead of the server's: set it right, for the nonce is the time"
	case off < -clockTolerance:
		return "your clock is " + inWords(-off) + " behind the server's: set it right, for the nonce is the time"
	}
	return "your clock agrees with the server's"
}

func inWords(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%d seconds", int(d.Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Round(time.Minute).Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Round(time.Hour).Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Round(24*time.Hour).Hours()/24))
}

// explainRefusal completes the error of a call that was refused twice; changed says
// that the credentials were others the second time.
func explainRefusal(e *apiclient.Error, credentials Credentials, changed bool) *apiclient.Error {
	where := ""
	if credentials.Origin != "" {
		where = " in " + credentials.Origin
	}
	e.Hint += "; check the API id and key" + where + ", and the addresses that the key is restricted to"
	if changed {
		e.Hint += " (they were read again and had changed, and were refused too)"
	} else {
		e.Hint += " (they were read again and have not changed)"
	}
	return e
}

// refusedThen is the refusal of a call whose credentials cannot be read again.
func refusedThen(refused *apiclient.Error, err error) *apiclient.Error {
	refused.Hint += "; and the credentials cannot be read again: " + err.Error()
	return refused
}
