package lunanode

import (
	"slices"
	"strings"
	"time"
)

// Volume is a disk that can be attached to a machine. The Phase says in which
// state it is: creating, downloading, available, in-use.
type Volume struct {
	ID             int    `json:"volume_id,omitempty"`
	Identification string `json:"identification,omitempty"` // its UUID
	Name           string `json:"name"`
	Region         string `json:"region"`
	Size           int    `json:"size"` // gigabytes
	Phase
	VM        string    `json:"vm_id,omitempty"`      // what it is attached to
	ImageName string    `json:"image_name,omitempty"` // what was written to it
	Created   time.Time `json:"created,omitzero"`
}

// volumeStates are the states that are known (spec section 11) and have a meaning
// here; pending and active, which were seen once, have none.
var volumeStates = []string{"creating", "downloading", "available", "in-use"}

func volumeActions() map[string]action {
	return map[string]action{
		"create": volumeCreate,
		"list":   volumeList,
		"info":   on((*call).volume, volumeInfo),
		"attach": on((*call).volume, volumeAttach),
		"detach": on((*call).volume, volumeDetach),
		"extend": on((*call).volume, volumeExtend),
		"rename": on((*call).volume, volumeRename),
		"delete": on((*call).volume, volumeDelete),

		"snapshot-create":    on((*call).volume, snapshotCreate),
		"snapshot-list":      snapshotList,
		"snapshot-replicate": on((*call).snapshot, snapshotReplicate),
		"snapshot-delete":    on((*call).snapshot, snapshotDelete),
	}
}

func volumeCreate(c *call) (answer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	v := &Volume{Name: c.text("label"), Region: region, Size: c.number("size"), Created: c.now}
	v.Status = "creating"
	if v.Size < 1 {
		return nil, mustBe("size", "at least 1 (gigabytes)")
	}
	if c.has("image") {
		i := c.images.get(c.id("image"))
		if i == nil || i.Region != region {
			return nil, errImage
		}
		if err := c.mustBeActive(i); err != nil {
			return nil, err
		}
		v.Status, v.ImageName = "downloading", i.Name
	}
	if c.has("snapshot_id") {
		s, err := c.snapshot()
		if err != nil {
			return nil, err
		}
		if v.Size < s.Size {
			return nil, mustBe("size", "at least that of the snapshot, "+decimal(s.Size))
		}
		v.ImageName = s.ImageName
	}
	v.ID, v.Identification = c.volumes.newID(), c.random.uuid()
	v.begin("", "available", c.now, c.timing.Volume)
	c.volumes.put(v.ID, v)
	return object{{"volume_id", decimal(v.ID)}}, nil
}

func volumeList(c *call) (answer, error) {
	region, err := c.wantedRegion()
	if err != nil {
		return nil, err
	}
	volumes := c.volumes.where(func(v *Volume) bool { return region == "" || v.Region == region })
	return object{{"volumes", each(volumes, func(v *Volume) object {
		v.settle(c.now)
		return object{
			{"id", decimal(v.ID)},
			{"identification", v.Identification},
			{"name", v.Name},
			{"region", v.Region},
			{"size", decimal(v.Size)},
			{"status", v.Status},
			{"time_created", v.Created.UTC().Format(time.RFC3339)},
			{"user_id", "36"},
		}
	})}}, nil
}

func volumeInfo(_ *call, v *Volume) (answer, error) {
	return object{{"volume", object{
		{"attached", v.VM},
		{"created", v.Created.UTC().Format(time.RFC3339)},
		{"id", decimal(v.ID)},
		{"identification", v.Identification},
		{"name", v.Name},
		{"region", v.Region},
		{"size", decimal(v.Size)},
		{"status", v.Status},
	}}}, nil
}

func volumeAttach(c *call, v *Volume) (answer, error) {
	vm, err := c.vm()
	if err != nil {
		return nil, err
	}
	if vm.Region != v.Region {
		return nil, errVM
	}
	if target := c.text("target"); target != "auto" && !strings.HasPrefix(target, "/dev/") {
		return nil, mustBe("target", "auto or a device such as /dev/vdc")
	}
	if vm.Status != "active" && vm.Status != "shutoff" {
		return nil, fault("the VM must be running or stopped before attach can proceed")
	}
	if err := v.mustBeAvailable("attach"); err != nil {
		return nil, err
	}
	attachVolume(v, vm)
	return nil, nil
}

func volumeDetach(c *call, v *Volume) (answer, error) {
	if v.VM == "" {
		return nil, fault("the volume must be attached before detach can proceed")
	}
	if c.vmByID[v.VM].BootVolume == v.ID {
		return nil, fault("the volume that the VM boots from cannot be detached")
	}
	c.detachVolume(v, c.now)
	return nil, nil
}

func volumeExtend(c *call, v *Volume) (answer, error) {
	if err := v.mustBeAvailable("extend"); err != nil {
		return nil, err
	}
	size := c.number("size")
	if size <= v.Size {
		return nil, mustBe("size", "larger than now, "+decimal(v.Size))
	}
	v.Size = size
	return nil, nil
}

func volumeRename(c *call, v *Volume) (answer, error) {
	v.Name = c.text("name")
	return nil, nil
}

func volumeDelete(c *call, v *Volume) (answer, error) {
	if err := v.mustBeAvailable("delete"); err != nil {
		return nil, err
	}
	c.volumes.remove(v.ID)
	return nil, nil
}

// volume is the call's volume_id, settled; a region that is sent along must be its
// own.
func (c *call) volume() (*Volume, error) {
	region, err := c.wantedRegion()
	if err != nil {
		return nil, err
	}
	v := c.volumes.get(c.id("volume_id"))
	if v == nil || region != "" && v.Region != region {
		return nil, errVolume
	}
	v.settle(c.now)
	return v, nil
}

// freeVolume is a volume of a region that can be attached.
func (c *call) freeVolume(id int, region string) (*Volume, error) {
	v := c.volumes.get(id)
	if v == nil || v.Region != region {
		return nil, errVolume
	}
	v.settle(c.now)
	return v, v.mustBeAvailable("attach")
}

func (v *Volume) mustBeAvailable(verb string) error {
	if v.Status != "available" {
		return faultf("the volume must be available before %s can proceed", verb)
	}
	return nil
}

func attachVolume(v *Volume, vm *VM) {
	v.Phase = Phase{Status: "in-use"}
	v.VM = vm.ID
	vm.volumes = append(vm.volumes, v.ID)
	slices.Sort(vm.volumes)
}

// detachVolume frees a volume; it goes on as in-use for a while.
func (a *account) detachVolume(v *Volume, now time.Time) {
	vm := a.vmByID[v.VM]
	vm.volumes = slices.DeleteFunc(vm.volumes, func(id int) bool { return id == v.ID })
	v.VM = ""
	v.begin("", "available", now, a.timing.Volume)
}
