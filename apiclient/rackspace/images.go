package rackspace

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/cloudscript/cloudscript/apiclient"
)

// An Image is what servers are built from (spec, section 12.2). A list without detail fills ID
// and Name.
type Image struct {
	ID       ID          `json:"id"`
	Name     string      `json:"name"`
	ServerID ID          `json:"serverId"` // of an image made from a server
	Status   ImageStatus `json:"status"`
	Progress int         `json:"progress"` // percent; real stock images have none
	Created  Time        `json:"created"`  // often left out
	Updated  Time        `json:"updated"`

	Raw json.RawMessage `json:"-"`
}

// An ImageStatus is a state of an image. The list is open: an unknown one is kept as text.
type ImageStatus string

const (
	ImageQueued    ImageStatus = "QUEUED"
	ImagePreparing ImageStatus = "PREPARING"
	ImageSaving    ImageStatus = "SAVING"
	ImageActive    ImageStatus = "ACTIVE" // the only one that can be used
	ImageFailed    ImageStatus = "FAILED"
	ImageUnknown   ImageStatus = "UNKNOWN"
	ImageDeleted   ImageStatus = "DELETED" // in no answer; Wait takes it for "gone"
)

// ImageStatuses are the known statuses that an image can be seen in.
func ImageStatuses() []ImageStatus {
	return []ImageStatus{ImageActive, ImageQueued, ImagePreparing, ImageSaving, ImageFailed, ImageUnknown}
}

// ImageService is the operations on images (I1 to I5).
type ImageService struct {
	Collection[Image]
	client *Client
	board  *board[Image]
}

func newImageService(c *Client) *ImageService {
	s := &ImageService{client: c, Collection: Collection[Image]{
		client: c, op: "images.list", path: "/images", member: "images", decode: decodeImage}}
	s.board = &board[Image]{all: s.Collection, get: s.get, idOf: imageID}
	return s
}

// Get returns an image (I4).
func (s *ImageService) Get(ctx context.Context, id ID) (*Image, error) {
	return s.get(ctx, id, false)
}

func (s *ImageService) get(ctx context.Context, id ID, fresh bool) (*Image, error) {
	return fetch(ctx, s.client, call{op: "images.get", path: "/images/" + string(id), fresh: fresh, check: id.check("image")},
		"image", decodeImage)
}

// ImageCreate describes an image to be made from a server. Both fields are required.
type ImageCreate struct {
	ServerID ID
	Name     string
}

// Create makes an image of a server (I3). A server can be imaged once at a time. Where the answer
// is lost the image is looked for, by server and name, among those that were not there before.
func (s *ImageService) Create(ctx context.Context, create ImageCreate) (*Image, error) {
	check := create.ServerID.check("server")
	if create.Name == "" {
		check = cmp.Or(check, errors.New("the image's name is missing"))
	}
	type body struct {
		ServerID ID     `json:"serverId"`
		Name     string `json:"name"`
	}
	images := unmarked[Image]{"image", "image", s.Collection, imageID, func(i Image) json.RawMessage { return i.Raw }}
	return images.create(ctx, call{
		op: "images.create", method: http.MethodPost, path: "/images", check: check,
		body:   map[string]body{"image": body(create)},
		effect: apiclient.EffectCreate,
		lookAt: fmt.Sprintf("look whether the list of images shows %q", excerpt(create.Name)),
	}, plainName(create.Name), func(i Image) bool {
		return i.ServerID == create.ServerID && plainName(i.Name) == plainName(create.Name)
	})
}

// Delete deletes an image (I5), at once.
func (s *ImageService) Delete(ctx context.Context, id ID) error {
	return s.client.run(ctx, call{
		op: "images.delete", method: http.MethodDelete, path: "/images/" + string(id), check: id.check("image"),
		effect: apiclient.EffectDestroy, idempotent: true, goneIsDone: true,
	})
}

func imageID(i Image) ID { return i.ID }

func decodeImage(raw json.RawMessage) (i Image, err error) {
	i.Raw = raw
	err = json.Unmarshal(raw, &i)
	return i, err
}
