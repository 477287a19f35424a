package rackspace

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"unicode"

	"github.com/cloudscript/cloudscript/apiclient"
)

// CallKey is the metadata key under which a server carries the tag of the call that made it.
const CallKey = "cloudscript-call"

// tagged reports whether the server will carry the tag. The service takes five pairs, and those
// that the caller gives come first.
func (c ServerCreate) tagged() bool {
	_, taken := c.Metadata[CallKey]
	return c.Tag != "" && !taken && len(c.Metadata) < maxMetadata
}

// metadata is what is sent.
func (c ServerCreate) metadata() map[string]string {
	if !c.tagged() {
		return c.Metadata
	}
	all := map[string]string{CallKey: c.Tag}
	maps.Copy(all, c.Metadata)
	return all
}

// lookFor finds the servers that a create may have made.
func (s *ServerService) lookFor(create ServerCreate) apiclient.Look {
	if create.Tag == "" {
		return nil
	}
	return func(ctx context.Context) ([]apiclient.Found, error) {
		var found []apiclient.Found
		for server, err := range s.All(ctx, ListOptions{Detail: true, Fresh: true}) {
			if err != nil {
				return nil, err
			}
			if create.mayHaveMade(server) {
				found = append(found, foundServer(server, create.doubt()))
			}
		}
		return found, nil
	}
}

// mayHaveMade compares a server with what was asked for: by the tag, which is sure, else by all
// that was asked for.
func (c ServerCreate) mayHaveMade(s Server) bool {
	if c.tagged() {
		return s.Metadata[CallKey] == c.Tag
	}
	return plainName(s.Name) == plainName(c.Name) && s.ImageID == c.ImageID && s.FlavorID == c.FlavorID &&
		maps.Equal(s.Metadata, c.Metadata)
}

func (c ServerCreate) doubt() string {
	if c.tagged() {
		return ""
	}
	return fmt.Sprintf("its metadata had no room for the mark of this call: %d pairs leave it room", maxMetadata-1)
}

// plainName is a name without what a recorded server dropped from names: blanks and punctuation.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

func foundServer(s Server, doubt string) apiclient.Found {
	return apiclient.Found{What: "server " + string(s.ID), Answer: answerOf(http.StatusAccepted, "server", s.Raw), Doubt: doubt}
}

// isServer says why an answer is not a server.
func isServer(resp *apiclient.Response) error {
	raw, err := entityIn(resp.Body, "server")
	if err != nil {
		return err
	}
	server, err := decodeServer(raw)
	if err == nil && server.ID == "" {
		err = fmt.Errorf("its member %q has no id", "server")
	}
	return err
}
