package lunanode

import (
	"testing"
	"time"
)

func TestPhase(t *testing.T) {
	p := Phase{Status: "active"}
	equals(t, "settling what is idle", p.settle(testStart), false)
	p.begin("powering-off", "shutoff", testStart, time.Minute)
	equals(t, "meanwhile", p, Phase{Status: "active", Task: "powering-off", Next: "shutoff", Until: testStart.Add(time.Minute)})
	equals(t, "a second before", p.settle(testStart.Add(59*time.Second)), false)
	equals(t, "on time", p.settle(testStart.Add(time.Minute)), true)
	equals(t, "afterwards", p, Phase{Status: "shutoff"})
	equals(t, "once only", p.settle(testStart.Add(time.Hour)), false)

	p.begin("powering-on", "active", testStart, -1)
	equals(t, "at once", p, Phase{Status: "active"})
}

func TestImageStatus(t *testing.T) {
	image := Image{Created: testStart, Ready: testStart.Add(90 * time.Second)}
	for _, test := range []struct {
		after  time.Duration
		status string
	}{
		{0, "queued"}, {29 * time.Second, "queued"}, {30 * time.Second, "saving"}, {89 * time.Second, "saving"}, {90 * time.Second, "active"},
	} {
		equals(t, test.after.String(), image.status(testStart.Add(test.after)), test.status)
	}
	image.Failed = true
	equals(t, "failed, meanwhile", image.status(testStart), "queued")
	equals(t, "failed", image.status(testStart.Add(time.Hour)), "killed")
	equals(t, "without times", (&Image{}).status(testStart), "active")
}
