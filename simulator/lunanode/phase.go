package lunanode

import "time"

// Phase is where a resource stands in its life cycle (spec section 11). A
// resource on its way holds the moment and the state of its arrival; whoever
// touches it next lets it arrive.
type Phase struct {
	Status string    `json:"status,omitempty"`       // the state it is in: active, shutoff, available, …
	Task   string    `json:"task,omitempty"`         // what is being done to it, "" when nothing is
	Until  time.Time `json:"task_until,omitzero"`    // when that ends
	Next   string    `json:"status_after,omitempty"` // the state then
}

// begin starts a task that takes a while; a negative while ends at once.
func (p *Phase) begin(task, next string, now time.Time, takes time.Duration) {
	p.Task, p.Next, p.Until = task, next, now.Add(takes)
	p.settle(now)
}

// settle lets the resource arrive if it is time, and reports whether it has.
func (p *Phase) settle(now time.Time) bool {
	if p.Next == "" || now.Before(p.Until) {
		return false
	}
	*p = Phase{Status: p.Next}
	return true
}
