package credentials

import (
	"errors"
	"io/fs"

	"github.com/cloudscript/cloudscript/apiclient"
)

// An environment is what the variables say about one cloud.
type environment struct {
	name string
	key  apiclient.Secret
	url  string

	nameName, keyName, urlName string // the variables
}

func (s *Source) environment(c cloud) environment {
	nameName, keyName, urlName := EnvUsername, EnvAPIKey, EnvAuthURL
	if c == cloudLunaNode {
		nameName, keyName, urlName = EnvLunaNodeAPIID, EnvLunaNodeAPIKey, EnvLunaNodeURL
	}
	get := s.config.Getenv
	return environment{
		name: get(nameName), key: apiclient.Secret(get(keyName)), url: get(urlName),
		nameName: nameName, keyName: keyName, urlName: urlName,
	}
}

// complete reports whether nothing is needed from the file: the service's
// address has a default.
func (env environment) complete() bool { return env.name != "" && env.key != "" }

// origin says where a complete environment came from.
func (env environment) origin() string {
	if env.url == "" {
		return "the environment variables " + env.nameName + " and " + env.keyName
	}
	return "the environment variables " + env.nameName + ", " + env.keyName + " and " + env.urlName
}

// overridden adds to where a key came from which other values did not.
func (env environment) overridden(origin string) string {
	if env.name != "" {
		origin += ", with " + env.nameName
	}
	if env.url != "" {
		origin += ", with " + env.urlName
	}
	return origin
}

func (env environment) region(c cloud) string {
	if c == cloudRackspace && env.url == "" {
		return defaultRegion
	}
	return ""
}

// explain adds to a missing file that the environment was not complete either.
func (env environment) explain(err error) error {
	var p problem
	if env.name == "" && env.key == "" || !errors.As(err, &p) || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	missing := env.keyName
	if env.key != "" {
		missing = env.nameName
	}
	p.message += ", and the environment has no " + missing
	p.hint = "set " + missing + ", or " + p.hint
	return p
}
