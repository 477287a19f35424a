package cloudservers

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"slices"
)

// act finds which of the five actions a body asks for (section 11).
func (s *Service) act(q *request) (answer, *fault) {
	v, f := s.server(q)
	if f != nil {
		return answer{}, f
	}
	a, in, f := actionOf(q.body)
	if f != nil {
		return answer{}, f
	}
	return a.handle(s, q, v, in)
}

func actionOf(body document) (action, *fields, *fault) {
	if len(body) != 1 {
		return action{}, nil, badRequest("the body must have exactly one action, not %d", len(body))
	}
	for name, value := range body {
		for _, a := range actions {
			if a.member != name {
				continue
			}
			values, ok := value.(map[string]any)
			if !ok && value != nil {
				return action{}, nil, badRequest("%q must be an object or null, not %s", name, kind(value))
			}
			return a, &fields{name: name, values: values}, nil
		}
	}
	return action{}, nil, badRequest("there is no action %.40q", slices.Collect(maps.Keys(body))[0])
}

// peekAction names the action that a request asks for and puts its body back.
func peekAction(r *http.Request) string {
	head, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	rest := r.Body
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), errorReader{err}, rest), rest}
	format, f := bodyFormat(r.Header.Get("Content-Type"))
	if f != nil {
		return actionOperation
	}
	parse := parseJSON
	if format == formatXML {
		parse = parseXML
	}
	if body, err := parse(head); err == nil {
		if a, _, f := actionOf(body); f == nil {
			return a.name
		}
	}
	return actionOperation
}

// errorReader hands on the error that a peek met.
type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	return 0, io.EOF
}

func (s *Service) reboot(q *request, v *server, in *fields) (answer, *fault) {
	kind := in.text("type")
	if in.fault == nil && kind != "SOFT" && kind != "HARD" {
		in.refuse("reboot.type must be SOFT or HARD, not %.40q", kind)
	}
	if in.fault != nil {
		return answer{}, in.fault
	}
	if f := v.refuse(changeAction, q.now); f != nil {
		return answer{}, f
	}
	during := stage{statusReboot, s.times.Reboot}
	if kind == "HARD" {
		during = stage{statusHardReboot, s.times.HardReboot}
	}
	s.begin(v, task{kind: taskReboot}, q.now, during)
	return empty(http.StatusAccepted), nil
}

// rebuild without an imageId uses the present image, as the real service did.
func (s *Service) rebuild(q *request, v *server, in *fields) (answer, *fault) {
	imageID := v.imageID
	if in.has("imageId") {
		imageID = in.integer("imageId")
	}
	if in.fault != nil {
		return answer{}, in.fault
	}
	if f := v.refuse(changeAction, q.now); f != nil {
		return answer{}, f
	}
	if f := s.bootable(imageID); f != nil {
		return answer{}, f
	}
	v.imageID = imageID
	s.begin(v, task{kind: taskBuild, fails: q.failing}, q.now, stage{statusRebuild, s.times.Rebuild})
	return empty(http.StatusAccepted), nil
}
