package lunanode

import (
	"slices"
	"strings"
	"time"
)

// A task takes a machine from some states to another, while its task_state shows.
type task struct {
	verb  string   // what it is called in errors
	name  string   // task_state, in OpenStack's words (inferred, spec section 11)
	words string   // status_nohtml while it runs
	from  []string // states in which it can begin
	to    string   // "" goes back to the state that it began in
}

// tasks are what the actions on a machine set going, by task_state.
var tasks = []task{
	{"start", "powering-on", "Powering on", []string{"shutoff"}, "active"},
	{"stop", "powering-off", "Powering off", []string{"active", "rescued"}, "shutoff"},
	{"reboot", "rebooting", "Rebooting", []string{"active", "rescued"}, "active"}, // also the way out of rescue mode: there is no other
	{"rescue", "rescuing", "Rescuing", []string{"active", "shutoff"}, "rescued"},
	{"shelve", "shelving", "Shelving", []string{"active", "shutoff"}, "shelved_offloaded"},
	{"unshelve", "unshelving", "Unshelving", []string{"shelved_offloaded"}, "active"},
	{"reimage", "rebuilding", "Rebuilding", []string{"active", "shutoff", "rescued", "error"}, "active"},
	{"resize", "resizing", "Resizing", []string{"active", "shutoff"}, ""},
}

// stateWords are the states as people read them: the word and its colour. Online,
// Offline and green are confirmed, the rest is inferred (spec section 11).
var stateWords = map[string][2]string{
	"build":             {"BUILD", "orange"},
	"active":            {"Online", "green"},
	"shutoff":           {"Offline", "red"},
	"error":             {"ERROR", "red"},
	"rescued":           {"Rescue", "orange"},
	"shelved_offloaded": {"Shelved", "red"},
}

// words is what a machine's status looks like: the task while one runs.
func (vm *VM) words() (word, color string) {
	state := stateWords[vm.Status]
	for _, t := range tasks {
		if t.name == vm.Task {
			return t.words, "orange"
		}
	}
	return state[0], state[1]
}

// set sets a task going. In the state where it would end there is nothing to do.
func (c *call) set(vm *VM, verb string, takes time.Duration) error {
	t := tasks[slices.IndexFunc(tasks, func(t task) bool { return t.verb == verb })]
	if vm.Task != "" {
		word, _ := vm.words()
		return faultf("the VM must finish its task (%s) before %s can proceed", word, verb)
	}
	if !slices.Contains(t.from, vm.Status) {
		if vm.Status == t.to {
			return nil
		}
		return faultf("the VM must be %s before %s can proceed", states(t.from), verb)
	}
	to := t.to
	if to == "" {
		to = vm.Status
	}
	vm.begin(t.name, to, c.now, takes)
	return nil
}

// states names the states of a list that a machine is usually in.
func states(from []string) string {
	var words []string
	for _, state := range from {
		switch state {
		case "active":
			words = append(words, "running")
		case "shutoff":
			words = append(words, "stopped")
		case "shelved_offloaded":
			words = append(words, "shelved")
		}
	}
	return strings.Join(words, " or ")
}
