package cloudservers

import (
	"container/heap"
	"slices"
	"time"
)

// serverSet holds an account's servers so that a page, a look-up, a create and a
// delete stay cheap with a hundred thousand of them.
type serverSet struct {
	byID    map[int]*server
	live    []*server // by ascending id
	all     []*server // the deleted ones too: changes-since shows them
	due     dueHeap   // ends of tasks
	moving  int       // tasks that look different at every moment
	nextID  int
	owners  map[string]*server // by own public address
	made    int                // addresses given out
	memory  int                // MB reserved by live servers
	changed time.Time          // the last change to any of them that is complete
}

func newServerSet(firstID int, now time.Time) serverSet {
	return serverSet{byID: map[int]*server{}, owners: map[string]*server{}, nextID: firstID, changed: now}
}

func byServerID(v *server, id int) int { return v.id - id }

// add puts in a server whose id is higher than all others.
func (set *serverSet) add(v *server) {
	set.byID[v.id] = v
	if v.own != "" {
		set.owners[v.own] = v
	}
	set.live = append(set.live, v)
	set.all = append(set.all, v)
	set.nextID = max(set.nextID, v.id+1)
	set.reserve(v, v.flavor.RAM)
}

func (set *serverSet) remove(v *server, now time.Time) {
	delete(set.byID, v.id)
	delete(set.owners, v.own)
	if at, found := slices.BinarySearchFunc(set.live, v.id, byServerID); found {
		set.live = slices.Delete(set.live, at, at+1)
	}
	set.reserve(v, 0)
	v.status = statusDeleted
	set.setTask(v, nil)
	set.touch(v, now)
}

// reserve counts a server's memory against the account's limit.
func (set *serverSet) reserve(v *server, memory int) {
	set.memory += memory - v.reservedMemory
	v.reservedMemory = memory
}

func (set *serverSet) touch(v *server, at time.Time) {
	v.updated = at
	if at.After(set.changed) {
		set.changed = at
	}
}

// changedAt is when any server last looked different.
func (set *serverSet) changedAt(now time.Time) time.Time {
	if set.moving > 0 {
		return now
	}
	return set.changed
}

// setTask gives a server something to do, or nothing more.
func (set *serverSet) setTask(v *server, t *task) {
	if v.task != nil && v.task.moves() {
		set.moving--
	}
	v.task = t
	if t == nil {
		return
	}
	if t.moves() {
		set.moving++
	}
	heap.Push(&set.due, due{at: t.end(), server: v, task: t})
}

// popDue returns a server whose task's time is over, nil when there is none.
func (set *serverSet) popDue(now time.Time) *server {
	for len(set.due) > 0 && !now.Before(set.due[0].at) {
		if next := heap.Pop(&set.due).(due); next.server.task == next.task {
			return next.server
		}
	}
	return nil
}

// due is the end of a task. It is void once the server has another task.
type due struct {
	at     time.Time
	server *server
	task   *task
}

type dueHeap []due

func (h dueHeap) Len() int { return len(h) }
func (h dueHeap) Less(i, j int) bool {
	if h[i].at.Equal(h[j].at) {
		return h[i].server.id < h[j].server.id
	}
	return h[i].at.Before(h[j].at)
}
func (h dueHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *dueHeap) Push(x any)   { *h = append(*h, x.(due)) }
func (h *dueHeap) Pop() any {
	last := (*h)[len(*h)-1]
	(*h)[len(*h)-1] = due{}
	*h = (*h)[:len(*h)-1]
	return last
}
