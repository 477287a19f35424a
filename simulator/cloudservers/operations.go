package cloudservers

import "net/http"

// An operation is one row of the table of section 1.
type operation struct {
	name    string // as [Operation] reports it
	method  string
	pattern string // below /v1.0/{account}
	handle  func(*Service, *request) (answer, *fault)
}

// operations is the whole API. Where two patterns fit a path, the first one is
// meant.
var operations = []operation{
	{"limits.get", "GET", "/limits", (*Service).getLimits},

	{"servers.list", "GET", "/servers", (*Service).listServers},
	{"servers.create", "POST", "/servers", (*Service).createServer},
	{"servers.detail", "GET", "/servers/detail", (*Service).listServersDetail},
	{"servers.get", "GET", "/servers/{id}", (*Service).getServer},
	{"servers.update", "PUT", "/servers/{id}", (*Service).updateServer},
	{"servers.delete", "DELETE", "/servers/{id}", (*Service).deleteServer},
	{actionOperation, "POST", "/servers/{id}/action", (*Service).act},

	{"addresses.list", "GET", "/servers/{id}/ips", (*Service).listAddresses},
	{"addresses.public", "GET", "/servers/{id}/ips/public", (*Service).listPublic},
	{"addresses.private", "GET", "/servers/{id}/ips/private", (*Service).listPrivate},
	{"addresses.share", "PUT", "/servers/{id}/ips/public/{address}", (*Service).shareAddress},
	{"addresses.unshare", "DELETE", "/servers/{id}/ips/public/{address}", (*Service).unshareAddress},

	{"backups.get", "GET", "/servers/{id}/backup_schedule", (*Service).getBackup},
	{"backups.set", "POST", "/servers/{id}/backup_schedule", (*Service).setBackup},
	{"backups.disable", "DELETE", "/servers/{id}/backup_schedule", (*Service).disableBackup},

	{"flavors.list", "GET", "/flavors", (*Service).listFlavors},
	{"flavors.detail", "GET", "/flavors/detail", (*Service).listFlavorsDetail},
	{"flavors.get", "GET", "/flavors/{id}", (*Service).getFlavor},

	{"images.list", "GET", "/images", (*Service).listImages},
	{"images.create", "POST", "/images", (*Service).createImage},
	{"images.detail", "GET", "/images/detail", (*Service).listImagesDetail},
	{"images.get", "GET", "/images/{id}", (*Service).getImage},
	{"images.delete", "DELETE", "/images/{id}", (*Service).deleteImage},

	{"ip_groups.list", "GET", "/shared_ip_groups", (*Service).listGroups},
	{"ip_groups.create", "POST", "/shared_ip_groups", (*Service).createGroup},
	{"ip_groups.detail", "GET", "/shared_ip_groups/detail", (*Service).listGroupsDetail},
	{"ip_groups.get", "GET", "/shared_ip_groups/{id}", (*Service).getGroup},
	{"ip_groups.delete", "DELETE", "/shared_ip_groups/{id}", (*Service).deleteGroup},
}

// Operations are the names of all operations, as [Operation] reports them.
func Operations() []string {
	names := []string{versionsOperation, versionOperation}
	for _, op := range operations {
		names = append(names, op.name)
	}
	for _, a := range actions {
		names = append(names, a.name)
	}
	return names
}

// The two operations above the account.
const (
	versionsOperation = "versions.list"
	versionOperation  = "versions.get"
)

// actionOperation stands for the five operations that share one path; their
// bodies tell them apart.
const actionOperation = "servers.action"

// action is one of the five.
type action struct {
	member string // of the body
	name   string // as [Operation] reports it
	handle func(*Service, *request, *server, *fields) (answer, *fault)
}

var actions = []action{
	{"reboot", "servers.reboot", (*Service).reboot},
	{"rebuild", "servers.rebuild", (*Service).rebuild},
	{"resize", "servers.resize", (*Service).resize},
	{"confirmResize", "servers.confirm_resize", (*Service).confirmResize},
	{"revertResize", "servers.revert_resize", (*Service).revertResize},
}

// Operation names the operation that a request asks for, such as
// "servers.create" or "servers.reboot", and is "" for a request that asks for
// none. The request's body can be read afterwards.
func Operation(r *http.Request) string {
	path, _ := splitPath(r)
	switch path {
	case "":
		return versionsOperation
	case versionPath:
		return versionOperation
	}
	_, below, _ := splitAccount(path)
	op, _, _ := match(r.Method, below)
	if op == nil {
		return ""
	}
	if op.name == actionOperation {
		return peekAction(r)
	}
	return op.name
}
