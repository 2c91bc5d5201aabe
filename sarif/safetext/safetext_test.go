package safetext

import "testing"

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":               "plain",
		"a\nb\tc\rd":          "a b c d",
		"\x1b[31mred\x1b[0m":  "�[31mred�[0m",
		"\u202eabc\u2066":     "�abc�",
		"日本 é":                "日本 é",
		"👩\u200d💻":            "👩�💻",
		"\xff\xfe":            "��",
		"a\u2028b\u0085c":     "a�b�c",
		"soft\u00adhyphen":    "soft�hyphen",
		"bom\ufeffzero\u200b": "bom�zero�",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := CleanLine("\ta\x1b"); got != "\ta�" {
		t.Errorf("CleanLine keeps %q", got)
	}
}
