package stdlib

import (
	"encoding/json"

	"github.com/cloudscript/cloudscript/runtime"
)

// requestBody is the text of a body: text as it is, anything else as JSON.
func requestBody(v any) (text string, isJSON bool, err error) {
	if s, ok := v.(string); ok {
		return s, false, nil
	}
	out, err := json.Marshal(v)
	if err != nil {
		return "", false, runtime.Errorf(runtime.Usage, "parameter \"body\": %w", err)
	}
	return string(out), true, nil
}
