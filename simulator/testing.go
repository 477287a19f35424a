package simulator

// TB is what StartT needs of a testing.TB; it is an interface of its own so that
// programs that embed a simulator do not link package testing.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

// StartT starts a simulator that is closed when the test ends, and fails the test
// if that is not possible.
func StartT(t TB, c Config) *Simulator {
	t.Helper()
	s, err := Start(c)
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
