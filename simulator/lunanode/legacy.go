package lunanode

import (
	"net/http"
	"strings"
)

// isLegacy tells the unsigned API's addresses from the signed one's (spec section
// 9). Where it is switched off they are paths like any other that is wrong.
func (s *Server) isLegacy(r *http.Request) bool {
	return s.config.Legacy && (r.URL.Path == "/api.php" || strings.TrimSuffix(r.URL.Path, "/") == "/api")
}

// serveLegacy answers a call whose fields all stand side by side in the query or
// the form: the id, the whole key, category, action, parameters.
func (s *Server) serveLegacy(w http.ResponseWriter, r *http.Request) {
	if !s.readForm(w, r) {
		return
	}
	ps := make(params, len(r.Form))
	for name, values := range r.Form {
		ps[name] = param{text: values[0]}
	}
	if !s.knowsKey(ps["api_id"].text, ps["api_key"].text) || !s.fromAllowedAddress(r) {
		s.fail(w, http.StatusOK, errAuthentication)
		return
	}
	for _, field := range []string{"category", "action"} {
		if !ps[field].given() {
			s.fail(w, http.StatusOK, notSet(field))
			return
		}
	}
	name := actionName{ps["category"].text, ps["action"].text}
	for _, field := range []string{"api_id", "api_key", "category", "action"} {
		delete(ps, field)
	}
	s.serveCall(w, r, name, ps)
}

func (s *Server) knowsKey(id, key string) bool {
	return equal(id, s.config.APIID) && equal(key, s.APIKey())
}
