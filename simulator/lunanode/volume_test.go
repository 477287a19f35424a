package lunanode

import (
	"testing"
	"time"
)

func (c *client) volume(id string) map[string]any {
	c.t.Helper()
	return c.get("volume/info", args{"volume_id": id}, "volume").(map[string]any)
}

func TestVolumeLifeCycle(t *testing.T) {
	c := newClient(t, Config{})
	vm := c.vm("web01")
	id := c.id("volume/create", "volume_id", args{"region": "toronto", "label": "data", "size": "10"})
	volume := args{"volume_id": id}
	equals(t, "id", id, "4682")
	equals(t, "new", c.volume(id)["status"], "creating")
	c.refuse("volume/attach", args{"volume_id": id, "vm_id": vm, "target": "auto"}, "the volume must be available before attach can proceed")
	c.refuse("volume/delete", volume, "the volume must be available before delete can proceed")
	c.clock.advance(5 * time.Second)
	equals(t, "made", c.volume(id)["status"], "available")

	c.plain("volume/attach", args{"volume_id": id, "vm_id": vm, "target": "auto", "region": "toronto"})
	equals(t, "attached", []any{c.volume(id)["status"], c.volume(id)["attached"]}, []any{"in-use", vm})
	equals(t, "volumes of the machine", c.get("vm/info", args{"vm_id": vm}, "info", "volumes"), []any{map[string]any{"id": id, "name": "data"}})
	for _, action := range []string{"delete", "extend"} {
		c.refuse("volume/"+action, args{"volume_id": id, "size": "20"}, "the volume must be available before "+action+" can proceed")
	}
	c.plain("volume/detach", volume)
	equals(t, "right after detach", []any{c.volume(id)["status"], c.volume(id)["attached"]}, []any{"in-use", ""})
	c.refuse("volume/detach", volume, "the volume must be attached before detach can proceed")
	c.clock.advance(5 * time.Second)
	equals(t, "detached", c.volume(id)["status"], "available")
	equals(t, "volumes left", c.get("vm/info", args{"vm_id": vm}, "info", "volumes"), []any{})

	c.refuse("volume/extend", args{"volume_id": id, "size": "10"}, "invalid size: must be larger than now, 10")
	c.plain("volume/extend", args{"volume_id": id, "size": "12"})
	c.plain("volume/rename", args{"volume_id": id, "name": "logs"})
	row := c.get("volume/list", args{"region": "toronto"}, "volumes", 0).(map[string]any)
	identification := row["identification"].(string)
	equals(t, "row", row, map[string]any{
		"id": id, "identification": identification, "name": "logs", "region": "toronto", "size": "12",
		"status": "available", "time_created": "2026-03-01T12:01:00Z", "user_id": "36",
	})
	equals(t, "info", c.volume(id), map[string]any{
		"id": id, "identification": identification, "name": "logs", "region": "toronto", "size": "12",
		"status": "available", "created": "2026-03-01T12:01:00Z", "attached": "",
	})
	equals(t, "other regions", c.get("volume/list", args{"region": "roubaix"}, "volumes"), []any{})
	c.refuse("volume/info", args{"volume_id": id, "region": "roubaix"}, "invalid volume")
	c.plain("volume/delete", volume)
	c.refuse("volume/info", volume, "invalid volume")
}

// The vendor's own test makes a 50 GB volume of image 26 and boots from it.
func TestBootingFromAVolume(t *testing.T) {
	c := newClient(t, Config{})
	id := c.id("volume/create", "volume_id", args{"region": "toronto", "label": "boot", "size": 50, "image": 26})
	create := args{"hostname": "web01", "plan_id": 1, "volume_id": id, "volume_virtio": "yes"}
	equals(t, "new", c.volume(id)["status"], "downloading")
	c.refuse("vm/create", create, "the volume must be available before attach can proceed")
	c.clock.advance(5 * time.Second)
	vm := c.id("vm/create", "vm_id", create)
	equals(t, "attached", c.volume(id)["attached"], vm)
	c.refuse("vm/create", create, "the volume must be available before attach can proceed")
	c.refuse("volume/detach", args{"volume_id": id}, "the volume that the VM boots from cannot be detached")
	equals(t, "image", c.get("vm/info", args{"vm_id": vm}, "info", "image"), "Ubuntu 14.04 64-bit (template)")

	c.plain("vm/delete", args{"vm_id": vm})
	c.clock.advance(15 * time.Second)
	equals(t, "free again", c.volume(id)["status"], "available")
}

func TestVolumeFaults(t *testing.T) {
	c := newSeededClient(t, Config{})
	create := args{"region": "toronto", "label": "a", "size": "10"}.with
	c.refuse("volume/create", create(args{"size": "0"}), "invalid size: must be at least 1 (gigabytes)")
	c.refuse("volume/create", create(args{"size": "ten"}), "invalid size: must be a whole number")
	c.refuse("volume/create", create(args{"size": "99999999999999999999"}), "invalid size: must be a whole number")
	c.refuse("volume/create", create(args{"image": "1"}), "invalid image")
	c.refuse("volume/create", create(args{"image": "26", "region": "montreal"}), "invalid image")
	c.refuse("volume/create", create(args{"snapshot_id": "9"}), "invalid snapshot")
	c.refuse("volume/create", create(args{"snapshot_id": "501", "size": "9"}), "invalid size: must be at least that of the snapshot, 10")
	c.id("volume/create", "volume_id", create(args{"snapshot_id": "501"}))
	attach := args{"volume_id": "4682", "vm_id": "nobody", "target": "auto"}
	c.refuse("volume/attach", attach, "invalid vm")
	attach["vm_id"], attach["target"] = runningVM, "vdc"
	c.refuse("volume/attach", attach, "invalid target: must be auto or a device such as /dev/vdc")
	attach["vm_id"], attach["target"] = shelvedVM, "/dev/vdc"
	c.refuse("volume/attach", attach, "the VM must be running or stopped before attach can proceed")
}

func TestVolumeSnapshots(t *testing.T) {
	c := newSeededClient(t, Config{})
	id := c.id("volume/snapshot-create", "snapshot_id", args{"volume_id": "4683", "label": "nightly"})
	rows := c.get("volume/snapshot-list", args{"region": "toronto"}, "snapshots").([]any)
	equals(t, "number", len(rows), 2)
	equals(t, "row", rows[1], map[string]any{
		"id": id, "name": "nightly", "region": "toronto", "volume_id": "4683", "size": "20", "status": "available",
		"time_created": "2026-03-01T12:00:00Z",
	})
	c.plain("volume/snapshot-replicate", args{"region": "toronto", "snapshot_id": id, "image_name": "between", "dst_region": "roubaix"})
	equals(t, "copy", c.get("volume/snapshot-list", args{"region": "roubaix"}, "snapshots", 0, "name"), "nightly")
	equals(t, "image", c.ownImages("toronto")[2], map[string]any{"image_id": "250001", "name": "between", "region": "toronto", "status": "queued"})
	c.plain("volume/snapshot-delete", args{"region": "toronto", "snapshot_id": id})
	c.refuse("volume/snapshot-delete", args{"region": "toronto", "snapshot_id": id}, "invalid snapshot")
	c.refuse("volume/snapshot-replicate", args{"region": "toronto", "snapshot_id": "501", "image_name": "x", "dst_region": "x"}, "invalid region")

	fresh := c.id("volume/create", "volume_id", args{"region": "toronto", "label": "new", "size": "1"})
	c.refuse("volume/snapshot-create", args{"volume_id": fresh, "label": "early"}, "the volume must be available before snapshot can proceed")
}
