package lunanode

import "time"

// Image is something to install a machine or a volume from.
type Image struct {
	ID      int       `json:"image_id,omitempty"`
	Name    string    `json:"name"`
	Region  string    `json:"region"`
	Public  bool      `json:"public,omitempty"`  // offered by the vendor; cannot be changed
	Format  string    `json:"format,omitempty"`  // qcow2 (default) or iso
	Virtio  bool      `json:"virtio,omitempty"`  // virtio disk and network, else ide and e1000
	Failed  bool      `json:"failed,omitempty"`  // ends as killed
	Content string    `json:"content,omitempty"` // names the bytes; copies share it
	Created time.Time `json:"created,omitzero"`
	Ready   time.Time `json:"ready,omitzero"` // when it becomes active

	md5 string // of the content; "" until somebody has asked
}

// status follows from the moment: queued, then saving, then active (spec section
// 11).
func (i *Image) status(now time.Time) string {
	switch {
	case now.Before(i.Created.Add(i.Ready.Sub(i.Created) / 3)):
		return "queued"
	case now.Before(i.Ready):
		return "saving"
	case i.Failed:
		return "killed"
	}
	return "active"
}

func imageActions() map[string]action {
	return map[string]action{
		"fetch":     imageFetch,
		"list":      imageList,
		"details":   on((*call).image, imageDetails),
		"delete":    on((*call).ownImage, imageDelete),
		"replicate": on((*call).image, imageReplicate),
		"rename":    on((*call).ownImage, imageRename),
		"retrieve":  on((*call).image, imageRetrieve),
	}
}

func imageFetch(c *call) (answer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	format := c.text("format")
	if format != "iso" && format != "qcow2" {
		return nil, mustBe("format", "iso or qcow2")
	}
	return c.newImage(Image{
		Name: c.text("name"), Region: region, Format: format, Virtio: c.yes("virtio"), Content: c.text("location"),
	})
}

func imageList(c *call) (answer, error) {
	region, err := c.wantedRegion()
	if err != nil {
		return nil, err
	}
	images := c.images.where(func(i *Image) bool { return region == "" || i.Region == region })
	return object{{"images", each(images, func(i *Image) object {
		return object{
			{"image_id", decimal(i.ID)},
			{"name", i.Name},
			{"region", i.Region},
			{"status", i.status(c.now)},
		}
	})}}, nil
}

func imageDetails(c *call, i *Image) (answer, error) {
	bus, vif, cpu := "ide", "e1000", "none"
	if i.Virtio {
		bus, vif, cpu = "virtio", "virtio", "host-model"
	}
	size, checksum := "0", ""
	if status := i.status(c.now); status == "active" {
		size, checksum = decimal(contentSize), i.checksum()
	}
	return object{{"details", object{
		{"name", i.Name},
		{"region", i.Region},
		{"status", i.status(c.now)},
		{"size", size},
		{"checksum", checksum},
		{"time_created", i.Created.UTC().Format("2006-01-02T15:04:05.000000")},
		{"disk_format", i.Format},
		{"cache_mode", "writeback"},
		{"hw_disk_bus", bus},
		{"hw_vif_model", vif},
		{"hw_video_model", "cirrus"},
		{"libvirt_cpu_mode", cpu},
		{"is_read_only", yesNo(i.Public)},
		{"metadata", dict{}},
	}}}, nil
}

func imageDelete(c *call, i *Image) (answer, error) {
	c.images.remove(i.ID)
	return nil, nil
}

func imageReplicate(c *call, i *Image) (answer, error) {
	region, err := c.region("region")
	if err != nil {
		return nil, err
	}
	if err := c.mustBeActive(i); err != nil {
		return nil, err
	}
	return c.newImage(Image{Name: i.Name, Region: region, Format: i.Format, Virtio: i.Virtio, Content: i.Content})
}

func imageRename(c *call, i *Image) (answer, error) {
	i.Name = c.text("name")
	return nil, nil
}

func imageRetrieve(c *call, i *Image) (answer, error) {
	if err := c.mustBeActive(i); err != nil {
		return nil, err
	}
	return i.content(), nil
}

// newImage adds an image that begins as queued, and answers its id.
func (c *call) newImage(i Image) (answer, error) {
	i.ID = c.images.newID()
	i.Created, i.Ready = c.now, c.now.Add(c.timing.Image)
	i.Failed = c.failing || c.failImage != nil && c.failImage(i)
	c.images.put(i.ID, &i)
	return object{{"image_id", decimal(i.ID)}}, nil
}

func (c *call) image() (*Image, error) {
	if i := c.images.get(c.id("image_id")); i != nil {
		return i, nil
	}
	return nil, errImage
}

// ownImage is an image that the account may change.
func (c *call) ownImage() (*Image, error) {
	i, err := c.image()
	if err == nil && i.Public {
		return nil, fault("invalid image: public images cannot be changed")
	}
	return i, err
}

func (c *call) mustBeActive(i *Image) error {
	if i.status(c.now) != "active" {
		return fault("the image must be active before it can be used")
	}
	return nil
}
