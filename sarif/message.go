package sarif

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/sarif/safetext"
)

func clean(s string) string { return safetext.Clean(s) }

// sentence makes a sentence of a message: with a final stop, as SARIF wants it.
func sentence(s string) string {
	s = strings.TrimRight(clean(s), " ")
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// capital writes the first letter of a sentence large.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// withoutLinks keeps a text from being read as one of SARIF's embedded links, which
// have the form [text](target); literally undoes it.
func withoutLinks(s string) string { return strings.ReplaceAll(s, "](", `\](`) }

func literally(s string) string { return strings.ReplaceAll(s, `\](`, "](") }

var linkText = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`)

// link is an embedded link to the related location of an id.
func link(text string, id int) string {
	return fmt.Sprintf("[%s](%d)", linkText.Replace(clean(text)), id)
}
