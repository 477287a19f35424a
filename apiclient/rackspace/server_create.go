package rackspace

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
)

// ServerCreate describes a server to be made (spec, section 9.4). Name, ImageID and FlavorID
// are required.
type ServerCreate struct {
	Name        string
	ImageID     ID
	FlavorID    ID
	Metadata    map[string]string // at most 5 pairs, keys and values of at most 255 bytes
	Personality []File            // at most 5

	// SharedIPGroupID launches the server into a group.
	SharedIPGroupID ID
	// PublicAddress is an address of that group, to be taken instead of a new one.
	PublicAddress string

	// Tag is a text that no other create has, of at most 255 bytes. It is written into the
	// server's metadata under CallKey if there is room, and a server whose create went
	// unanswered is found again by it. Without a Tag nothing is looked for.
	Tag string
}

// A File is put on a server when it is built. An existing file is renamed first; the new one
// belongs to root and has mode 0440.
type File struct {
	Path     string // absolute, at most 255 bytes
	Contents []byte // text, at most 10,240 bytes; the client encodes it
}

// The limits that the service sets for a create (spec, sections 7.2 and 9.4).
const (
	maxMetadata      = 5
	maxMetadataBytes = 255
	maxFiles         = 5
	maxPathBytes     = 255
	maxFileBytes     = 10240
)

// Create makes a server (S3). The answer holds its password. A create that fails with
// apiclient.KindOutcomeUnknown may have made a server: names need not be unique, so look
// before you repeat it. With a Tag the client looks itself, and returns the server if it is
// there, without its password, which was in the lost answer alone.
func (s *ServerService) Create(ctx context.Context, create ServerCreate) (*Server, error) {
	server, err := fetch(ctx, s.client, call{
		op: "servers.create", method: http.MethodPost, path: "/servers", check: create.check(),
		body:   map[string]any{"server": create.body()},
		effect: apiclient.EffectCreate,
		lookAt: fmt.Sprintf("look whether the list of servers shows %q", excerpt(create.Name)),
		look:   s.lookFor(create), accept: isServer,
	}, "server", decodeServer)
	if err == nil {
		s.client.redact.Learn(server.AdminPass)
	}
	return server, err
}

func (c ServerCreate) body() any {
	type file struct {
		Path     string `json:"path"`
		Contents []byte `json:"contents"` // encoding/json writes base64
	}
	type addresses struct {
		Public []string `json:"public"`
	}
	body := struct {
		Name            string            `json:"name"`
		ImageID         ID                `json:"imageId"`
		FlavorID        ID                `json:"flavorId"`
		Metadata        map[string]string `json:"metadata,omitempty"`
		Personality     []file            `json:"personality,omitempty"`
		SharedIPGroupID ID                `json:"sharedIpGroupId,omitempty"`
		Addresses       *addresses        `json:"addresses,omitempty"`
	}{Name: c.Name, ImageID: c.ImageID, FlavorID: c.FlavorID, Metadata: c.metadata(), SharedIPGroupID: c.SharedIPGroupID}
	for _, f := range c.Personality {
		contents := f.Contents
		if contents == nil {
			contents = []byte{} // nil would be written as null
		}
		body.Personality = append(body.Personality, file{f.Path, contents})
	}
	if c.PublicAddress != "" {
		body.Addresses = &addresses{[]string{c.PublicAddress}}
	}
	return body
}

// check refuses what the service would refuse, with the thing's name.
func (c ServerCreate) check() error {
	switch {
	case c.Name == "":
		return errors.New("the server's name is missing")
	case c.ImageID == "":
		return errors.New("the id of the image is missing")
	case c.FlavorID == "":
		return errors.New("the id of the flavor is missing")
	case c.PublicAddress != "" && c.SharedIPGroupID == "":
		return fmt.Errorf("the public address %s can be taken only with the shared IP group that it belongs to", excerpt(c.PublicAddress))
	}
	if c.PublicAddress != "" {
		if err := checkAddress(c.PublicAddress); err != nil {
			return err
		}
	}
	if err := checkMetadata(c.metadata()); err != nil {
		return err
	}
	return checkPersonality(c.Personality)
}

func checkMetadata(metadata map[string]string) error {
	if n := len(metadata); n > maxMetadata {
		return fmt.Errorf("metadata has %d entries; the service takes at most %d", n, maxMetadata)
	}
	for key, value := range metadata {
		if key == "" {
			return errors.New("metadata has an entry with an empty key")
		}
		if n := len(key); n > maxMetadataBytes {
			return fmt.Errorf("the metadata key %q has %d bytes; the service takes at most %d", excerpt(key), n, maxMetadataBytes)
		}
		if n := len(value); n > maxMetadataBytes {
			return fmt.Errorf("the value of metadata %q has %d bytes; the service takes at most %d", key, n, maxMetadataBytes)
		}
	}
	return nil
}

func checkPersonality(files []File) error {
	if n := len(files); n > maxFiles {
		return fmt.Errorf("personality has %d files; the service takes at most %d", n, maxFiles)
	}
	for _, f := range files {
		if !strings.HasPrefix(f.Path, "/") {
			return fmt.Errorf("the personality path %q is not absolute", excerpt(f.Path))
		}
		if n := len(f.Path); n > maxPathBytes {
			return fmt.Errorf("the personality path %q has %d bytes; the service takes at most %d", excerpt(f.Path), n, maxPathBytes)
		}
		if n := len(f.Contents); n > maxFileBytes {
			return fmt.Errorf("the personality file %s has %d bytes; the service takes at most %d", f.Path, n, maxFileBytes)
		}
	}
	return nil
}

func checkAddress(address string) error {
	if ip, err := netip.ParseAddr(address); err != nil || !ip.Is4() {
		return fmt.Errorf("%q is not an IPv4 address", excerpt(address))
	}
	return nil
}
