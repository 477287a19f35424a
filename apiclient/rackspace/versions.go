package rackspace

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A Version is one version of the API (spec, section 14).
type Version struct {
	ID     string `json:"id"`     // "v1.0"
	Status string `json:"status"` // BETA, CURRENT or DEPRECATED
	DocURL string `json:"docURL"` // of one version only
	WADL   string `json:"wadl"`   // likewise

	Raw json.RawMessage `json:"-"`
}

// VersionService is the version calls (V1, V2). They are of the host and need no token, but
// the host is known from the log-in.
type VersionService struct{ client *Client }

// List returns the versions that the service speaks (V1).
func (s *VersionService) List(ctx context.Context) ([]Version, error) {
	req, resp, err := s.send(ctx, "versions.list", "/")
	if err != nil {
		return nil, err
	}
	rows, err := rowsIn(resp.Body, "versions")
	if err != nil {
		return nil, s.client.badAnswer(req, resp, err)
	}
	versions := make([]Version, len(rows))
	for i, row := range rows {
		if versions[i], err = decodeVersion(row); err != nil {
			return nil, s.client.undecodable("versions.list", err)
		}
	}
	return versions, nil
}

// Get describes version 1.0 (V2).
func (s *VersionService) Get(ctx context.Context) (*Version, error) {
	// Without the final slash the service redirects.
	req, resp, err := s.send(ctx, "versions.get", "/v1.0/")
	if err != nil {
		return nil, err
	}
	raw, err := entityIn(resp.Body, "version")
	if err != nil {
		return nil, s.client.badAnswer(req, resp, err)
	}
	v, err := decodeVersion(raw)
	if err != nil {
		return nil, s.client.badAnswer(req, resp, err)
	}
	return &v, nil
}

func (s *VersionService) send(ctx context.Context, op, path string) (*apiclient.Request, *apiclient.Response, error) {
	req := &apiclient.Request{Op: op, Effect: apiclient.EffectRead, Method: http.MethodGet, Path: path,
		Header: http.Header{"Accept": {"application/json"}}}
	session, err := s.client.sessions.get(ctx)
	if err != nil {
		return req, nil, err
	}
	base, err := url.Parse(session.ManagementURL)
	if err != nil {
		return req, nil, s.client.redact.NewError(req, apiclient.KindBadAnswer, "the management URL cannot be read: "+err.Error())
	}
	req.URL = base.Scheme + "://" + base.Host + path
	resp, err := s.client.open.Do(ctx, req)
	return req, resp, err
}

func decodeVersion(raw json.RawMessage) (v Version, err error) {
	v.Raw = raw
	err = json.Unmarshal(raw, &v)
	return v, err
}
