package cloudservers

import "time"

// A task changes a server over time: a timeline, and what holds after it.
type task struct {
	timeline
	fails bool // it ends as the failure of its kind does
	kind  taskKind

	flavor  *flavor // resize: the new one; verify: the old one
	address string  // share and unshare
}

type taskKind int

const (
	taskBuild   taskKind = iota + 1 // also rebuild: ends in ACTIVE or ERROR
	taskReboot                      // also password: ends in ACTIVE
	taskResize                      // ends in VERIFY_RESIZE with the new flavor, or ACTIVE with the old
	taskVerify                      // VERIFY_RESIZE; ends by itself as confirmed
	taskShare                       // ends with the address
	taskUnshare                     // ends without the address
)

// begin starts a task on a server at rest, which is ACTIVE after it unless the
// task fails.
func (s *Service) begin(v *server, t task, now time.Time, stages ...stage) {
	v.status = statusActive
	t.timeline = timeline{started: now, stages: stages}
	s.servers.setTask(v, &t)
	s.servers.touch(v, now)
}

// settleServers ends the tasks whose time is over.
func (s *Service) settleServers(now time.Time) {
	for {
		v := s.servers.popDue(now)
		if v == nil {
			return
		}
		s.finish(v, v.task)
	}
}

func (s *Service) finish(v *server, t *task) {
	at := t.end()
	v.status = statusActive
	s.servers.setTask(v, nil)
	s.servers.touch(v, at)
	switch t.kind {
	case taskBuild:
		if t.fails {
			v.status = statusError
		}
	case taskResize:
		if t.fails {
			s.servers.reserve(v, v.flavor.RAM)
			return
		}
		old := v.flavor
		v.flavor = t.flavor
		s.begin(v, task{kind: taskVerify, flavor: old}, at, stage{statusVerifyResize, s.times.AutoConfirm})
	case taskShare:
		v.public = v.public.with(t.address)
	case taskUnshare:
		v.public = v.public.without(t.address)
	}
}

// busyChange is a kind of request that a server's state can refuse.
type busyChange int

const (
	changeUpdate busyChange = iota
	changeDelete
	changeAction // reboot and rebuild
	changeResize
	changeDecide // confirm or revert a resize
	changeImage
	changeBackup
	changeAddress
)

// refuse is the table "what is refused when" of section 9.2, row by row.
func (v *server) refuse(change busyChange, now time.Time) *fault {
	status := v.statusAt(now)
	action := change == changeAction || change == changeResize || change == changeDecide
	imageOrBackup := change == changeImage || change == changeBackup
	resizing := status == statusQueueResize || status == statusPrepResize || status == statusResize
	inProgress := buildInProgress("server %d is in status %s", v.id, status)

	switch {
	case status == statusBuild || status == statusRebuild:
		return inProgress
	case change == changeDelete:
		return nil
	case imageOrBackup && (resizing || v.isImaged()):
		return backupOrResizeInProgress("server %d is being imaged or resized", v.id)
	case action && v.isImaged():
		return buildInProgress("server %d is being imaged", v.id)
	case action && (status == statusReboot || status == statusHardReboot):
		return rebooting()
	case status == statusVerifyResize && change == changeDecide:
		return nil
	case status == statusVerifyResize && (change == changeResize || change == changeImage):
		return resizeNotAllowed("server %d has a resize to confirm or revert first", v.id)
	case status != statusActive:
		return inProgress
	case change == changeDecide:
		return resizeNotAllowed("server %d has no resize to confirm or revert", v.id)
	}
	return nil
}

// isImaged reports whether an image of the server is being made.
func (v *server) isImaged() bool { return v.imaging != nil && v.imaging.making != nil }

// moves is false for VERIFY_RESIZE, which looks the same from its start to its end.
func (t *task) moves() bool { return t.kind != taskVerify }
