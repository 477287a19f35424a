package cloudservers

import (
	"slices"
	"time"
)

// Image statuses that the service gives (section 12.2).
const (
	statusQueued    = "QUEUED"
	statusPreparing = "PREPARING"
	statusSaving    = "SAVING"
	statusFailed    = "FAILED"
)

// An image is a disk to build servers from: a stock one, or one made from a
// server.
type image struct {
	id, serverID     int // serverID is 0 for stock images
	name             string
	status           string    // while it is not being made
	making           *timeline // how it is being made, or nil
	fails            bool      // and whether that fails
	created, updated time.Time
}

// imageView is an image in an answer. Stock images have no progress, and their
// creation date is not in lists, as recorded.
type imageView struct {
	ID       int    `json:"id" xml:"id,attr"`
	Name     string `json:"name" xml:"name,attr"`
	ServerID int    `json:"serverId,omitempty" xml:"serverId,attr,omitempty"`
	Status   string `json:"status" xml:"status,attr"`
	Created  string `json:"created,omitempty" xml:"created,attr,omitempty"`
	Updated  string `json:"updated" xml:"updated,attr"`
	Progress *int   `json:"progress,omitempty" xml:"progress,attr,omitempty"`
}

func (i *image) view(now time.Time) imageView {
	status, progress := i.status, 100
	if i.making != nil {
		status, progress = i.making.at(now)
	}
	view := imageView{ID: i.id, Name: i.name, ServerID: i.serverID, Status: status,
		Created: dateTime(i.created), Updated: dateTime(i.changed(now))}
	if i.serverID != 0 {
		view.Progress = &progress
	}
	return view
}

func (i *image) listView(now time.Time) imageView {
	view := i.view(now)
	if i.serverID == 0 {
		view.Created = ""
	}
	return view
}

func (i *image) changed(now time.Time) time.Time {
	if i.making != nil {
		return now
	}
	return i.updated
}

// imageSet holds an account's images; there are a few dozen at most.
type imageSet struct {
	all     []*image // by ascending id
	nextID  int
	changed time.Time
}

func newImageSet(firstID int, now time.Time) imageSet { return imageSet{nextID: firstID, changed: now} }

func (set *imageSet) find(id int) (*image, bool) {
	at, ok := slices.BinarySearchFunc(set.all, id, func(i *image, id int) int { return i.id - id })
	if !ok {
		return nil, false
	}
	return set.all[at], true
}

// add puts in an image whose id is higher than all others.
func (set *imageSet) add(i *image, now time.Time) {
	set.all = append(set.all, i)
	set.nextID = max(set.nextID, i.id+1)
	set.changed = now
}

func (set *imageSet) remove(gone func(*image) bool, now time.Time) {
	set.all = slices.DeleteFunc(set.all, gone)
	set.changed = now
}

// removeOf removes the images that were made from a server.
func (set *imageSet) removeOf(serverID int, now time.Time) {
	if slices.ContainsFunc(set.all, func(i *image) bool { return i.serverID == serverID }) {
		set.remove(func(i *image) bool { return i.serverID == serverID }, now)
	}
}

// settle ends the making of images whose time is over.
func (set *imageSet) settle(now time.Time) {
	for _, i := range set.all {
		if i.making == nil || now.Before(i.making.end()) {
			continue
		}
		i.updated, i.status = i.making.end(), statusActive
		if i.fails {
			i.status = statusFailed
		}
		i.making = nil
		set.changed = i.updated
	}
}

func (set *imageSet) changedAt(now time.Time) time.Time {
	for _, i := range set.all {
		if i.making != nil {
			return now
		}
	}
	return set.changed
}
