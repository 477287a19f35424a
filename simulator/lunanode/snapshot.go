package lunanode

import "time"

// Snapshot is a copy of a volume at one moment.
type Snapshot struct {
	ID        int       `json:"snapshot_id,omitempty"`
	Name      string    `json:"name"`
	Region    string    `json:"region"`
	Volume    int       `json:"volume_id,omitempty"` // what it was made of; it may be gone
	Size      int       `json:"size"`                // gigabytes
	ImageName string    `json:"image_name,omitempty"`
	Created   time.Time `json:"created,omitzero"`
}

func snapshotCreate(c *call, v *Volume) (answer, error) {
	if v.Status != "available" && v.Status != "in-use" {
		return nil, v.mustBeAvailable("snapshot")
	}
	s := c.newSnapshot(Snapshot{Name: c.text("label"), Region: v.Region, Volume: v.ID, Size: v.Size, ImageName: v.ImageName})
	return object{{"snapshot_id", decimal(s.ID)}}, nil
}

func snapshotList(c *call) (answer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	snapshots := c.snapshots.where(func(s *Snapshot) bool { return s.Region == region })
	return object{{"snapshots", each(snapshots, func(s *Snapshot) object {
		return object{
			{"id", decimal(s.ID)},
			{"name", s.Name},
			{"region", s.Region},
			{"volume_id", decimal(s.Volume)},
			{"size", decimal(s.Size)},
			{"status", "available"},
			{"time_created", s.Created.UTC().Format(time.RFC3339)},
		}
	})}}, nil
}

// snapshotReplicate copies by way of an image, which stays in the source region.
func snapshotReplicate(c *call, s *Snapshot) (answer, error) {
	region, err := c.region("dst_region")
	if err != nil {
		return nil, err
	}
	if _, err := c.newImage(Image{Name: c.text("image_name"), Region: s.Region, Format: "qcow2", Virtio: true, Content: s.Name}); err != nil {
		return nil, err
	}
	c.newSnapshot(Snapshot{Name: s.Name, Region: region, Size: s.Size, ImageName: s.ImageName})
	return nil, nil
}

func snapshotDelete(c *call, s *Snapshot) (answer, error) {
	c.snapshots.remove(s.ID)
	return nil, nil
}

func (c *call) newSnapshot(s Snapshot) *Snapshot {
	s.ID, s.Created = c.snapshots.newID(), c.now
	c.snapshots.put(s.ID, &s)
	return &s
}

// snapshot is the call's region and snapshot_id.
func (c *call) snapshot() (*Snapshot, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	if s := c.snapshots.get(c.id("snapshot_id")); s != nil && s.Region == region {
		return s, nil
	}
	return nil, errSnapshot
}
