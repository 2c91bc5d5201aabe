package pages

import "testing"

func TestPlain(t *testing.T) {
	for page, want := range map[string]string{
		"":                                  "",
		"one `word`\nand **more**":          "one word and more",
		"one\n\ntwo\n":                      "one\n\ntwo\n",
		"list:\n- a\n  b\n* c":              "list:\n- a   b\n* c",
		"see [the\npage](https://x.y) é\né": "see the page é é",
		"a\nb\nc":                           "a b c",
	} {
		if got := Plain(page); got != want {
			t.Errorf("Plain(%q) = %q, want %q", page, got, want)
		}
	}
}
