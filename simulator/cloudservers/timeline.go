package cloudservers

import "time"

// A timeline is a change that passes through stages, one after another, from the
// moment it started. It is read, never run: whoever looks sees the stage that the
// present moment falls into.
type timeline struct {
	started time.Time
	stages  []stage
}

type stage struct {
	status string
	lasts  time.Duration
}

// at returns the status and the progress (0 to 99) at a moment before the end.
func (t timeline) at(now time.Time) (status string, progress int) {
	passed := now.Sub(t.started)
	if total := t.total(); total > 0 && passed > 0 {
		progress = min(99, int(100*passed/total))
	}
	for _, stage := range t.stages {
		status = stage.status
		if passed < stage.lasts {
			break
		}
		passed -= stage.lasts
	}
	return status, progress
}

func (t timeline) total() (total time.Duration) {
	for _, stage := range t.stages {
		total += stage.lasts
	}
	return total
}

func (t timeline) end() time.Time { return t.started.Add(t.total()) }
