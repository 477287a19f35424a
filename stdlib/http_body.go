package stdlib

import (
	"encoding/json"

	"github.com/cloudscript/cloudscript/runtime"
)

const (
	longestTable   = 2 << 20 // about how many bytes of a table the library makes JSON of at one go
	longestHeaders = 1 << 20 // bytes of all headers
)

// requestBody is the text of a body: text as it is, anything else as JSON.
func requestBody(v any) (text string, isJSON bool, err error) {
	if s, ok := v.(string); ok {
		return s, false, nil
	}
	if shownSize(v, longestTable) > longestTable {
		e := runtime.Errorf(runtime.Usage, "parameter \"body\": the table is longer than %d MiB", longestTable>>20)
		e.Hint = "send json.encode of it, with the header Content-Type"
		return "", false, e
	}
	out, err := json.Marshal(v)
	if err != nil {
		return "", false, runtime.Errorf(runtime.Usage, "parameter \"body\": %w", err)
	}
	return string(out), true, nil
}

// checkHeaders refuses headers that take long to look at.
func checkHeaders(headers map[string]string) error {
	size := 0
	for name, value := range headers {
		size += len(name) + len(value)
	}
	if size > longestHeaders {
		return runtime.Errorf(runtime.Usage, "parameter \"headers\": expected at most %d bytes in all, got %d", longestHeaders, size)
	}
	return nil
}
