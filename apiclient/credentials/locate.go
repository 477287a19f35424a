package credentials

import (
	"os"
	"path/filepath"
)

// The environment's names. The first says where the file is, the others
// override single values of any profile.
const (
	EnvFile           = "CLOUDSCRIPT_CREDENTIALS"
	EnvAuthURL        = "CLOUDSCRIPT_AUTH_URL"
	EnvUsername       = "CLOUDSCRIPT_USERNAME"
	EnvAPIKey         = "CLOUDSCRIPT_API_KEY"
	EnvLunaNodeURL    = "CLOUDSCRIPT_LUNANODE_URL"
	EnvLunaNodeAPIID  = "CLOUDSCRIPT_LUNANODE_API_ID"
	EnvLunaNodeAPIKey = "CLOUDSCRIPT_LUNANODE_API_KEY"
)

// Path is where the file is looked for, whether or not there is one.
func (s *Source) Path() (string, error) {
	if s.config.Path != "" {
		return s.config.Path, nil
	}
	if path := s.config.Getenv(EnvFile); path != "" {
		return path, nil
	}
	dir := s.config.ConfigDir
	if dir == "" {
		var err error
		if dir, err = os.UserConfigDir(); err != nil {
			return "", problem{
				message: "the user's configuration directory is unknown: " + err.Error(),
				hint:    "name the file with --credentials FILE or " + EnvFile,
				cause:   err,
			}
		}
	}
	return filepath.Join(dir, "cloudscript", "credentials.toml"), nil
}
