package cloudservers

import "net/http"

// resize moves a server to another flavor, which shows from VERIFY_RESIZE on and
// counts against the memory limit at once.
func (s *Service) resize(q *request, v *server, in *fields) (answer, *fault) {
	flavorID := in.integer("flavorId")
	if in.fault != nil {
		return answer{}, in.fault
	}
	if f := v.refuse(changeResize, q.now); f != nil {
		return answer{}, f
	}
	flavor, f := s.flavor(flavorID)
	if f != nil {
		return answer{}, f
	}
	if flavor == v.flavor {
		return answer{}, resizeNotAllowed("server %d has flavor %d already", v.id, flavorID)
	}
	if f := s.roomFor(flavor.RAM - v.reservedMemory); f != nil {
		return answer{}, f
	}
	s.servers.reserve(v, flavor.RAM)
	s.begin(v, task{kind: taskResize, fails: q.failing, flavor: flavor}, q.now, s.resizeStages()...)
	return empty(http.StatusAccepted), nil
}

// confirmResize answers 204, unlike every other action.
func (s *Service) confirmResize(q *request, v *server, _ *fields) (answer, *fault) {
	if f := v.refuse(changeDecide, q.now); f != nil {
		return answer{}, f
	}
	s.servers.setTask(v, nil)
	s.servers.touch(v, q.now)
	return empty(http.StatusNoContent), nil
}

func (s *Service) revertResize(q *request, v *server, _ *fields) (answer, *fault) {
	if f := v.refuse(changeDecide, q.now); f != nil {
		return answer{}, f
	}
	v.flavor = v.task.flavor
	s.servers.reserve(v, v.flavor.RAM)
	s.servers.setTask(v, nil)
	s.servers.touch(v, q.now)
	return empty(http.StatusAccepted), nil
}

func (s *Service) resizeStages() []stage {
	return []stage{
		{statusQueueResize, s.times.QueueResize},
		{statusPrepResize, s.times.PrepareResize},
		{statusResize, s.times.Resize},
	}
}
