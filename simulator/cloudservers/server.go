package cloudservers

import (
	"encoding/xml"
	"maps"
	"slices"
	"time"
)

// Server statuses that the service gives (section 9.2).
const (
	statusActive          = "ACTIVE"
	statusError           = "ERROR"
	statusDeleted         = "DELETED"
	statusBuild           = "BUILD"
	statusRebuild         = "REBUILD"
	statusReboot          = "REBOOT"
	statusHardReboot      = "HARD_REBOOT"
	statusPassword        = "PASSWORD"
	statusQueueResize     = "QUEUE_RESIZE"
	statusPrepResize      = "PREP_RESIZE"
	statusResize          = "RESIZE"
	statusVerifyResize    = "VERIFY_RESIZE"
	statusShareIP         = "SHARE_IP"
	statusShareIPNoConfig = "SHARE_IP_NO_CONFIG"
	statusDeleteIP        = "DELETE_IP"
)

// A server as the service keeps it. Slices and maps in it are replaced, never
// changed, because answers hold on to them while they are written.
type server struct {
	id, imageID    int
	name, hostID   string
	flavor         *flavor
	metadata       pairs
	public         addressList
	private        addressList
	own            string // its public address that is nobody else's; "" if it was launched with a shared one
	group          *group
	backup         backupSchedule
	status         string    // while no task runs
	task           *task     // what changes it now, or nil
	imaging        *image    // the image that was made of it last, or nil
	updated        time.Time // the last change that is complete
	reservedMemory int       // MB counted against maxTotalRAMSize
}

// view is the server as it looks at a moment; it has been settled.
func (v *server) view(now time.Time) serverView {
	status, progress := v.status, 100
	if v.task != nil {
		status, progress = v.task.at(now)
		if status == statusVerifyResize {
			progress = 100
		}
	}
	view := serverView{
		ID: v.id, Name: v.name, ImageID: v.imageID, FlavorID: v.flavor.ID, HostID: v.hostID,
		Status: status, Progress: progress, Metadata: v.metadata,
		Addresses: addressPair{Public: v.public, Private: v.private},
	}
	if v.group != nil {
		view.SharedIPGroupID = v.group.id
	}
	return view
}

func (v *server) statusAt(now time.Time) string {
	if v.task == nil {
		return v.status
	}
	status, _ := v.task.at(now)
	return status
}

// changed is when the server last looked different. While something is under way
// its progress moves, so that is now.
func (v *server) changed(now time.Time) time.Time {
	if v.task != nil && v.task.moves() {
		return now
	}
	return v.updated
}

// entry is an item of a short list.
type entry struct {
	ID   int    `json:"id" xml:"id,attr"`
	Name string `json:"name" xml:"name,attr"`
}

// serverView is a server in an answer (section 9.1).
type serverView struct {
	ID              int         `json:"id" xml:"id,attr"`
	Name            string      `json:"name" xml:"name,attr"`
	ImageID         int         `json:"imageId" xml:"imageId,attr"`
	FlavorID        int         `json:"flavorId" xml:"flavorId,attr"`
	HostID          string      `json:"hostId" xml:"hostId,attr"`
	Status          string      `json:"status" xml:"status,attr"`
	Progress        int         `json:"progress" xml:"progress,attr"`
	AdminPass       string      `json:"adminPass,omitempty" xml:"adminPass,attr,omitempty"`
	SharedIPGroupID int         `json:"sharedIpGroupId,omitempty" xml:"sharedIpGroupId,attr,omitempty"`
	Metadata        pairs       `json:"metadata" xml:"metadata"`
	Addresses       addressPair `json:"addresses" xml:"addresses"`
}

type addressPair struct {
	Public  addressList `json:"public" xml:"public"`
	Private addressList `json:"private" xml:"private"`
}

// pairs is metadata; never nil, so that JSON has {} for none.
type pairs map[string]string

// MarshalXML writes <metadata><meta key="k">v</meta></metadata>.
func (p pairs) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	type meta struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
	}
	var children struct {
		Meta []meta `xml:"meta"`
	}
	for _, key := range slices.Sorted(maps.Keys(p)) {
		children.Meta = append(children.Meta, meta{key, p[key]})
	}
	return e.EncodeElement(children, start)
}

// addressList is IPv4 addresses; never nil, so that JSON has [] for none.
type addressList []string

// MarshalXML writes <public><ip addr="…"/></public>.
func (l addressList) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	type ip struct {
		Addr string `xml:"addr,attr"`
	}
	var children struct {
		IP []ip `xml:"ip"`
	}
	for _, address := range l {
		children.IP = append(children.IP, ip{address})
	}
	return e.EncodeElement(children, start)
}

func (l addressList) with(address string) addressList {
	if slices.Contains(l, address) {
		return l
	}
	return append(slices.Clone(l), address)
}

func (l addressList) without(address string) addressList {
	return slices.DeleteFunc(slices.Clone(l), func(a string) bool { return a == address })
}
