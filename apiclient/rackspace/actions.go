package rackspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A RebootType says how a server is rebooted.
type RebootType string

const (
	RebootSoft RebootType = "SOFT" // the system is told to shut down; the default
	RebootHard RebootType = "HARD" // power off and on
)

// Reboot reboots a server (X1). "" is RebootSoft.
func (s *ServerService) Reboot(ctx context.Context, id ID, kind RebootType) error {
	if kind == "" {
		kind = RebootSoft
	}
	var check error
	if kind != RebootSoft && kind != RebootHard {
		check = fmt.Errorf("a reboot is %s or %s, not %q", RebootSoft, RebootHard, excerpt(string(kind)))
	}
	return s.act(ctx, "servers.reboot", id, "reboot", map[string]RebootType{"type": kind}, check)
}

// Rebuild builds a server anew and wipes its disk; id, name and addresses stay (X2). An empty
// image is the one that it was built from.
func (s *ServerService) Rebuild(ctx context.Context, id, image ID) error {
	body := map[string]ID{}
	if image != "" {
		body["imageId"] = image
	}
	return s.act(ctx, "servers.rebuild", id, "rebuild", body, nil)
}

// Resize moves a server to another flavor (X3). It ends in VERIFY_RESIZE and is then to be
// confirmed or reverted; the service confirms by itself after 24 hours.
func (s *ServerService) Resize(ctx context.Context, id, flavor ID) error {
	var check error
	if flavor == "" {
		check = errors.New("the id of the flavor is missing")
	}
	return s.act(ctx, "servers.resize", id, "resize", map[string]ID{"flavorId": flavor}, check)
}

// ConfirmResize keeps the new flavor and gives up the old server (X4).
func (s *ServerService) ConfirmResize(ctx context.Context, id ID) error {
	return s.act(ctx, "servers.confirm_resize", id, "confirmResize", nil, nil)
}

// RevertResize goes back to the old flavor (X5).
func (s *ServerService) RevertResize(ctx context.Context, id ID) error {
	return s.act(ctx, "servers.revert_resize", id, "revertResize", nil, nil)
}

// act performs an action (spec, section 11). None is idempotent: a second reboot interrupts
// the first, and a second resize is refused.
func (s *ServerService) act(ctx context.Context, op string, id ID, action string, body any, check error) error {
	return s.client.run(ctx, call{
		op: op, method: http.MethodPost, path: serverPath(id) + "/action", check: cmp.Or(id.check("server"), check),
		body:   map[string]any{action: body},
		effect: apiclient.EffectUpdate, lookAt: lookAtServer(id),
	})
}
