package simulator

import (
	"github.com/cloudscript/cloudscript/simulator/cloudservers"
	"github.com/cloudscript/cloudscript/simulator/lunanode"
)

// BaseURL is http://host:port, "" unless the simulator was started.
func (s *Simulator) BaseURL() string { return s.base }

// AuthURL is where to log in.
func (s *Simulator) AuthURL() string { return s.base + "/v1.0" }

// LunaNodeURL is the base of the category/action API.
func (s *Simulator) LunaNodeURL() string { return s.base + lunaNodePath }

// lunaNodePath is where the category/action API lives.
const lunaNodePath = "/api"

// CloudServers is the first cloud's service, to call it without a network.
func (s *Simulator) CloudServers() *cloudservers.Service { return s.cloudservers }

// LunaNode is the category/action API's service, for its own controls.
func (s *Simulator) LunaNode() *lunanode.Server { return s.lunanode }

// LunaNodeAPIID is the 16 characters of the category/action API's id.
func (s *Simulator) LunaNodeAPIID() string { return s.lunanode.APIID() }

// LunaNodeAPIKey is the 128 characters of the category/action API's key.
func (s *Simulator) LunaNodeAPIKey() string { return s.lunanode.APIKey() }

// Env is the endpoints and credentials as environment variables NAME=value, for
// exec.Cmd.Env and, since no value has a character that a shell minds, for eval.
// A configured user name or key can have such a character.
func (s *Simulator) Env() []string {
	return []string{
		"CLOUDSCRIPT_AUTH_URL=" + s.AuthURL(),
		"CLOUDSCRIPT_USERNAME=" + s.Username(),
		"CLOUDSCRIPT_API_KEY=" + s.APIKey(),
		"CLOUDSCRIPT_LUNANODE_URL=" + s.LunaNodeURL(),
		"CLOUDSCRIPT_LUNANODE_API_ID=" + s.LunaNodeAPIID(),
		"CLOUDSCRIPT_LUNANODE_API_KEY=" + s.LunaNodeAPIKey(),
	}
}
