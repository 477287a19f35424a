package lunanode

import "strings"

// States of a machine, as VMState tells them (spec section 11).
const (
	VMBuild   = "BUILD"
	VMOnline  = "Online"
	VMOffline = "Offline"
	VMError   = "ERROR"
)

// VMState is the state of a machine in the words of the control panel, from the
// info member of vm/info: "Online", "Offline", "BUILD", "ERROR", or the task that
// is under way, such as "Powering off". It is read from status_nohtml, else from
// the markup in status, else from status_raw; "" if none is there.
func VMState(info Value) string {
	if s := strings.TrimSpace(Unescape(info.Get("status_nohtml").Text())); s != "" {
		return s
	}
	if s := strings.TrimSpace(PlainText(info.Get("status").Text())); s != "" {
		return s
	}
	switch raw := info.Get("status_raw").Text(); raw {
	case "active":
		return VMOnline
	case "shutoff", "stopped":
		return VMOffline
	case "build":
		return VMBuild
	case "error":
		return VMError
	default:
		return raw
	}
}

// VMFailed reports whether the machine's state is one that it does not leave by
// itself and that nobody waits for.
func VMFailed(state string) bool { return strings.EqualFold(state, VMError) }

// ImageFailed reports whether an image's status is final and bad: killed or
// error. Such an image is deleted and made again.
func ImageFailed(status string) bool {
	return strings.EqualFold(status, "killed") || strings.EqualFold(status, "error")
}

// VolumeFailed reports whether a volume's status is final and bad. Besides error
// itself there are states such as error_deleting.
func VolumeFailed(status string) bool { return strings.HasPrefix(strings.ToLower(status), "error") }
