package columns

import "testing"

func TestTextIsCutBetweenCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"short":                            "short",
		"exactly ten":                      "exactly t…",
		"数据库服务器":                           "数据库服…", // each takes two columns
		"e\u0301tat e\u0301tat e\u0301tat": "e\u0301tat e\u0301tat…",
	} {
		if got := Fit(text, 10); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := Of("数据e\u0301"); got != 5 {
		t.Errorf("5 columns are counted as %d", got)
	}
}

func TestColoursAreTakenOff(t *testing.T) {
	if got := WithoutColours("\x1b[1;31mred\x1b[0m and \x1b[2Jnot"); got != "red and \x1b[2Jnot" {
		t.Errorf("got %q", got)
	}
}
