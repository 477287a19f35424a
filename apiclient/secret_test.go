package apiclient

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestASecretNeverRendersItsText(t *testing.T) {
	const text = "5f0c2b7e9d134a68"
	secret := Secret(text)
	type holder struct {
		Key Secret
		Ptr *Secret
	}
	holding := holder{secret, &secret}

	rendered := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%T %v", "%10s", "% x", "%c", "%U"} {
		rendered[verb] = fmt.Sprintf(verb, secret)
		rendered["struct "+verb] = fmt.Sprintf(verb, holding)
		rendered["slice "+verb] = fmt.Sprintf(verb, []Secret{secret})
		rendered["map "+verb] = fmt.Sprintf(verb, map[Secret]Secret{secret: secret})
	}
	inJSON, err := json.Marshal(map[string]any{"holding": holding, "alone": secret})
	if err != nil {
		t.Fatal(err)
	}
	rendered["json"] = string(inJSON)
	var logged bytes.Buffer
	slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "key", secret, "holder", holding)
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "key", secret, "holder", holding)
	rendered["slog"] = logged.String()
	rendered["print"] = fmt.Sprint(secret, " ", &secret)
	rendered["error"] = fmt.Errorf("x: %w", fmt.Errorf("%v", secret)).Error()

	hex := fmt.Sprintf("%x", text)
	for how, out := range rendered {
		if strings.Contains(out, text) || strings.Contains(strings.ToLower(out), hex) {
			t.Errorf("%s shows the secret: %s", how, out)
		}
	}
	if got := fmt.Sprintf("%s", secret); got != "[redacted]" {
		t.Errorf("got %q", got)
	}
	if got := fmt.Sprintf("%q|%#v", secret, secret); got != `"[redacted]"|"[redacted]"` {
		t.Errorf("got %s", got)
	}
}

func TestAnEmptySecretRendersAsNothing(t *testing.T) {
	if got := fmt.Sprintf("%s|%v|%q", Secret(""), Secret(""), Secret("")); got != `||""` {
		t.Errorf("got %s", got)
	}
}

func TestRevealGivesTheText(t *testing.T) {
	if got := Secret("abc").Reveal(); got != "abc" {
		t.Errorf("got %q", got)
	}
}
