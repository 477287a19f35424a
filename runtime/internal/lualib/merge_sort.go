package lualib

// A sorter sorts stably by merging. It calls step with the number of comparisons
// made since the last call, once in a thousand; step may panic, and the values
// are then lost.
type sorter[T any] struct {
	less func(a, b T) bool
	step func(comparisons int)
	made int
}

const (
	// insertionRun is the length of the pieces that are sorted by insertion.
	insertionRun = 8

	comparisonsPerStep = 1024
)

// mergeSort sorts by an order that may call a script.
func mergeSort[T any](values []T, less func(a, b T) bool, step func(comparisons int)) {
	s := sorter[T]{less: less, step: step}
	for start := 0; start < len(values); start += insertionRun {
		s.insert(values[start:min(start+insertionRun, len(values))])
	}
	s.mergeRuns(values, insertionRun)
}

// mergeRuns merges sorted pieces of the given length.
func (s *sorter[T]) mergeRuns(values []T, run int) {
	from, to := values, []T(nil)
	if run < len(values) {
		to = make([]T, len(values))
	}
	for width := run; width < len(values); width *= 2 {
		for start := 0; start < len(from); start += 2 * width {
			middle := min(start+width, len(from))
			end := min(start+2*width, len(from))
			s.merge(to[start:end], from[start:middle], from[middle:end])
		}
		from, to = to, from
	}
	copy(values, from)
	s.step(s.made)
}

// before is less, counted.
func (s *sorter[T]) before(a, b T) bool {
	if s.made++; s.made >= comparisonsPerStep {
		s.step(s.made)
		s.made = 0
	}
	return s.less(a, b)
}

func (s *sorter[T]) insert(values []T) {
	for i := 1; i < len(values); i++ {
		v := values[i]
		j := i
		for j > 0 && s.before(v, values[j-1]) {
			values[j] = values[j-1]
			j--
		}
		values[j] = v
	}
}

// merge merges a and b into to, whose length is that of both.
func (s *sorter[T]) merge(to, a, b []T) {
	if len(b) == 0 || !s.before(b[0], a[len(a)-1]) {
		copy(to[copy(to, a):], b)
		s.made += len(to) / insertionRun
		return
	}
	for len(a) > 0 && len(b) > 0 {
		if s.before(b[0], a[0]) {
			to[0], b = b[0], b[1:]
		} else {
			to[0], a = a[0], a[1:]
		}
		to = to[1:]
	}
	copy(to[copy(to, a):], b)
}
