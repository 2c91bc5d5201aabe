package chart

import (
	"strings"
	"testing"
)

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\n\tb  c ":            "a b c",
		"\x1b[31mred\x07\u009b":   "[31mred",
		"\u202eevil\u200b\u2066":  "evil",
		"ü😀":                      "ü😀",
		"bad\xff":                 "bad\ufffd",
		strings.Repeat("x", 1000): strings.Repeat("x", 300) + " …",
		"":                        "",
	} {
		if got := OneLine(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
