package credentials

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A password manager may have to ask its user.
const commandTime = 2 * time.Minute

// keyFromCommand runs the command with the system's shell and takes what it
// prints. The command may talk to the terminal: standard error is passed
// through, because a password manager asks there.
func keyFromCommand(ctx context.Context, f *file, v value) (apiclient.Secret, error) {
	ctx, cancel := context.WithTimeout(ctx, commandTime)
	defer cancel()
	shell, flag := "/bin/sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/C"
	}
	cmd := exec.CommandContext(ctx, shell, flag, v.text)
	cmd.WaitDelay = time.Second
	out := &limited{left: maxFileSize}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, out, os.Stderr
	err := cmd.Run()
	e := problem{path: f.path, line: v.line, hint: "run the command by hand: it must print the key alone", cause: err}
	var exit *exec.ExitError
	switch {
	case out.full:
		e.message = "api_key_command printed far more than a key"
		return "", e
	case errors.Is(ctx.Err(), context.Canceled):
		return "", context.Cause(ctx)
	case ctx.Err() != nil:
		e.message = fmt.Sprintf("api_key_command did not end within %s", commandTime)
		return "", e
	case errors.As(err, &exit):
		e.message = fmt.Sprintf("api_key_command failed: %s", exit.ProcessState)
		return "", e
	case err != nil:
		e.message = "api_key_command could not be run: " + err.Error()
		return "", e
	}
	e.message = "api_key_command printed no key"
	return oneLine(out.kept.Bytes(), e)
}

// limited keeps what fits and refuses the rest.
type limited struct {
	kept bytes.Buffer // not embedded: its ReadFrom would go round Write
	left int
	full bool
}

func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		l.full = true
		return 0, io.ErrShortWrite
	}
	l.left -= len(p)
	return l.kept.Write(p)
}
