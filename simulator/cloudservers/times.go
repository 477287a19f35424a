package cloudservers

import "time"

// Times is how long each change of state takes. Zero means the default.
type Times struct {
	Build         time.Duration // BUILD; 90 s
	Rebuild       time.Duration // REBUILD; 90 s
	Reboot        time.Duration // REBOOT; 20 s
	HardReboot    time.Duration // HARD_REBOOT; 30 s
	Password      time.Duration // PASSWORD; 15 s
	QueueResize   time.Duration // QUEUE_RESIZE; 5 s
	PrepareResize time.Duration // PREP_RESIZE; 15 s
	Resize        time.Duration // RESIZE; 100 s
	AutoConfirm   time.Duration // VERIFY_RESIZE until the service confirms it; 24 h (section 9.2)
	ShareIP       time.Duration // SHARE_IP and SHARE_IP_NO_CONFIG; 10 s
	UnshareIP     time.Duration // DELETE_IP; 10 s
	QueueImage    time.Duration // QUEUED; 5 s
	PrepareImage  time.Duration // PREPARING; 15 s
	SaveImage     time.Duration // SAVING; 100 s
}

func (t Times) orDefault() Times {
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Build, 90 * time.Second},
		{&t.Rebuild, 90 * time.Second},
		{&t.Reboot, 20 * time.Second},
		{&t.HardReboot, 30 * time.Second},
		{&t.Password, 15 * time.Second},
		{&t.QueueResize, 5 * time.Second},
		{&t.PrepareResize, 15 * time.Second},
		{&t.Resize, 100 * time.Second},
		{&t.AutoConfirm, 24 * time.Hour},
		{&t.ShareIP, 10 * time.Second},
		{&t.UnshareIP, 10 * time.Second},
		{&t.QueueImage, 5 * time.Second},
		{&t.PrepareImage, 15 * time.Second},
		{&t.SaveImage, 100 * time.Second},
	} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	return t
}
