package runtime

import (
	"testing"

	"github.com/cloudscript/cloudscript/runtime/internal/vm"
)

// Once the run has been stopped, nothing more of a table is gone through.
func TestCopiesStopWithTheBudget(t *testing.T) {
	s, err := newCloud(t).NewSession(RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for name, source := range map[string]string{
		"list":  `local t = {} for i = 1, 1e5 do t[i] = i end return t`,
		"names": `local t = {} for i = 1, 1e5 do t["k" .. i] = i end return t`,
		"lists": `local t = {} for i = 1, 1e3 do t[i] = {} for j = 1, 100 do t[i][j] = j end end return t`,
	} {
		values, err := s.Eval(t.Context(), "test", source)
		if err != nil {
			t.Fatal(err)
		}
		c := s.run.copier()
		c.budget = vm.NewBudget(vm.BudgetOptions{})
		c.budget.Stop(errLeft)
		c.left-- // so that the first look is not at once
		if _, _ = c.form(values[0].lua(), nil); !c.stopped || c.left < -10 {
			t.Errorf("%s: stopped is %t, and %d values later it went on", name, c.stopped, -c.left)
		}
	}
}
