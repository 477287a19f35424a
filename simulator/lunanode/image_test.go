package lunanode

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func (c *client) imageStatus(id string) any {
	c.t.Helper()
	return c.get("image/details", args{"image_id": id}, "details", "status")
}

func TestImageLifeCycle(t *testing.T) {
	c := newClient(t, Config{})
	id := c.id("image/fetch", "image_id", args{
		"region": "toronto", "name": "mine", "location": "https://example.org/a.iso?x=1&y=2", "format": "iso",
	})
	details := c.get("image/details", args{"image_id": id}, "details").(map[string]any)
	equals(t, "details", details, map[string]any{
		"name": "mine", "region": "toronto", "status": "queued", "size": "0", "checksum": "",
		"time_created": "2026-03-01T12:00:00.000000", "disk_format": "iso", "cache_mode": "writeback", "hw_disk_bus": "ide",
		"hw_vif_model": "e1000", "hw_video_model": "cirrus", "libvirt_cpu_mode": "none", "is_read_only": "no", "metadata": map[string]any{},
	})
	c.refuse("image/retrieve", args{"image_id": id}, "the image must be active before it can be used")
	c.refuse("image/replicate", args{"image_id": id, "region": "roubaix"}, "the image must be active before it can be used")
	c.refuse("vm/create", args{"hostname": "a", "plan_id": "1", "image_id": id}, "invalid image selection")
	c.clock.advance(15 * time.Second)
	equals(t, "after a third", c.imageStatus(id), "saving")
	c.clock.advance(30 * time.Second)
	equals(t, "after all", c.imageStatus(id), "active")

	c.plain("image/rename", args{"image_id": id, "name": "ours"})
	copied := c.id("image/replicate", "image_id", args{"image_id": id, "region": "roubaix"})
	c.clock.advance(45 * time.Second)
	equals(t, "own images in roubaix", c.ownImages("roubaix"), []any{
		map[string]any{"image_id": copied, "name": "ours", "region": "roubaix", "status": "active"},
	})
	checksum := func(id string) any { return c.get("image/details", args{"image_id": id}, "details", "checksum") }
	equals(t, "checksum of the copy", checksum(copied), checksum(id))

	c.plain("image/delete", args{"image_id": id})
	for _, action := range []string{"details", "retrieve", "delete"} {
		c.refuse("image/"+action, args{"image_id": id}, "invalid image")
	}
}

// ownImages lists a region's images but the public ones.
func (c *client) ownImages(region string) []any {
	c.t.Helper()
	var own []any
	for _, image := range c.get("image/list", args{"region": region}, "images").([]any) {
		if name := image.(map[string]any)["name"].(string); !strings.HasSuffix(name, "(template)") && !strings.HasSuffix(name, "(ISO)") {
			own = append(own, image)
		}
	}
	return own
}

func TestImageThatFails(t *testing.T) {
	c := newClient(t, Config{FailImage: func(i Image) bool { return i.Name == "broken" }})
	fetch := args{"region": "toronto", "name": "broken", "location": "ftp://example.org/a", "format": "qcow2"}
	id := c.id("image/fetch", "image_id", fetch)
	equals(t, "at first", c.imageStatus(id), "queued")
	c.clock.advance(45 * time.Second)
	equals(t, "at last", c.imageStatus(id), "killed")
	c.plain("image/delete", args{"image_id": id})
}

func TestImageRetrieve(t *testing.T) {
	c := newClient(t, Config{})
	for id, magic := range map[string]string{"26": "QFI\xfb", "240005": ""} {
		details := c.get("image/details", args{"image_id": id}, "details").(map[string]any)
		response, err := http.PostForm(c.url+"/image/retrieve/", c.form("image/retrieve", args{"image_id": id}))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		sum := md5.Sum(body)
		equals(t, "size", decimal(len(body)), details["size"])
		equals(t, "checksum", hex.EncodeToString(sum[:]), details["checksum"])
		equals(t, "content type", response.Header.Get("Content-Type"), "application/octet-stream")
		if !bytes.HasPrefix(body, []byte(magic)) {
			t.Errorf("image %s begins with %q", id, body[:4])
		}
		if details["disk_format"] == "iso" && string(body[0x8001:0x8006]) != "CD001" {
			t.Errorf("image %s is no ISO", id)
		}
	}
}

func TestPublicImages(t *testing.T) {
	c := newClient(t, Config{})
	all := c.get("image/list", nil, "images").([]any)
	equals(t, "number of images", len(all), 19)
	equals(t, "image 26", all[0], map[string]any{"image_id": "26", "name": "Ubuntu 14.04 64-bit (template)", "region": "toronto", "status": "active"})
	equals(t, "images of montreal", len(c.get("image/list", args{"region": "montreal"}, "images").([]any)), 6)
	equals(t, "read only", c.get("image/details", args{"image_id": "26"}, "details", "is_read_only"), "yes")
	c.refuse("image/delete", args{"image_id": "26"}, "invalid image: public images cannot be changed")
	c.refuse("image/rename", args{"image_id": "26", "name": "x"}, "invalid image: public images cannot be changed")
}

func TestImageFaults(t *testing.T) {
	c := newClient(t, Config{})
	fetch := args{"region": "toronto", "name": "a", "location": "http://example.org/a", "format": "iso", "virtio": "yes"}.with
	c.refuse("image/fetch", fetch(args{"region": "atlantis"}), "invalid region")
	c.refuse("image/fetch", fetch(args{"format": "vmdk"}), "invalid format: must be iso or qcow2")
	c.refuse("image/fetch", fetch(args{"location": "file:///etc/passwd"}), "invalid location: must be an http, https or ftp address")
	c.refuse("image/fetch", fetch(args{"virtio": "1"}), "invalid virtio: must be yes or no")
	c.refuse("image/replicate", args{"image_id": "26", "region": "atlantis"}, "invalid region")
	c.refuse("image/list", args{"region": ""}, "invalid region")
	id := c.id("image/fetch", "image_id", fetch(nil))
	equals(t, "bus", c.get("image/details", args{"image_id": id}, "details", "hw_disk_bus"), "virtio")
}
