package repl

import "github.com/cloudscript/cloudscript/runtime"

// A Place is where the calls of a prompt go: clouds, accounts and rules.
type Place struct {
	// Name says where to a person: "sim", "work read-only". It stands before the
	// prompt's sign.
	Name string

	// Runtime has the verbs. Options are those of each session; the Prompt sets
	// Plan.
	Runtime *runtime.Runtime
	Options runtime.RunOptions

	// History keeps entries between prompts; nil keeps none.
	History *History

	// Retries counts the requests that clients have repeated so far. Nil: nobody
	// counts.
	Retries func() int

	// Run is the command that runs the script in a file here. Nil: cloudscript run, without
	// flags.
	Run func(file string) string

	// Check finds mistakes in a script that is to be saved in a file. Nil: nobody looks.
	Check func(file, script string) []Mistake

	// Close ends the place. Nil: nothing to end.
	Close func()
}

// visit opens the place of a profile and a session in it, and leaves the place
// that the prompt was at. If it fails the prompt stays where it is.
func (p *Prompt) visit(profile string) error {
	place, err := p.Open(profile)
	if err != nil {
		return err
	}
	watch := newWatcher(place, p.Background)
	session, err := p.newSession(place, watch)
	if err != nil {
		place.close()
		return err
	}
	p.leave()
	p.place, p.watch, p.session, p.Profile = place, watch, session, profile
	p.began()
	if place.History != nil {
		entries, err := place.History.Entries()
		p.warn(err)
		p.Lines.Recall(entries)
	}
	return nil
}

// command is what runs the script in a file at the place.
func (p *Place) command(file string) string {
	if p.Run == nil {
		return "cloudscript run " + file
	}
	return p.Run(file)
}

func (p *Prompt) newSession(place *Place, watch *watcher) (*runtime.Session, error) {
	options := place.Options
	options.Plan = watch.link
	options.Background, options.OnTask = p.Background, p.taskEnded
	return place.Runtime.NewSession(options)
}

// reset opens a new session at the same place.
func (p *Prompt) reset() error {
	session, err := p.newSession(p.place, p.watch)
	if err != nil {
		return err
	}
	p.closeSession()
	p.session = session
	p.watch.restart()
	p.began()
	return nil
}

// began forgets what belonged to the session before.
func (p *Prompt) began() {
	p.results, p.done, p.functions = nil, nil, map[any]string{}
	p.own = p.globals()
}

func (p *Prompt) leave() {
	if p.session != nil {
		p.closeSession()
	}
	if p.place != nil {
		p.place.close()
	}
	p.session, p.place = nil, nil
}

// closeSession says what the session's clean-up functions could not do.
func (p *Prompt) closeSession() {
	if err := p.session.Close(); err != nil {
		p.complain(err)
	}
}

func (p *Place) close() {
	if p.Close != nil {
		p.Close()
	}
}
