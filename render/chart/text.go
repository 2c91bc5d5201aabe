package chart

import (
	"strconv"
	"strings"
	"unicode"
)

// maxMessage is how many characters of a text from a chart reach a message: a
// recursion in templates alone makes Helm write 90,000.
const maxMessage = 300

// Hidden is in messages for a value, which may be a secret.
const Hidden = "…"

// OneLine is a text that came from a chart, fit for one line of a message:
// without control characters, escape codes and characters that turn the
// direction of writing or are not seen.
func OneLine(s string) string {
	var b strings.Builder
	blank, n := false, 0
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		if unicode.IsSpace(r) {
			blank = n > 0
			continue
		}
		if !unicode.IsPrint(r) {
			continue
		}
		if blank {
			b.WriteByte(' ')
			n++
			blank = false
		}
		if n++; n > maxMessage {
			b.WriteString(" …")
			break
		}
		b.WriteRune(r)
	}
	return b.String()
}

// quoted is a name from a chart in quotes, fit for a message.
func quoted(s string) string { return strconv.Quote(OneLine(s)) }

// pathText is a path from a chart, whose names may hold anything, fit for one
// line of a message. A path of printable characters stays as it is.
func pathText(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '\ufffd'
	}, s)
}

// Grouped is a number with commas.
func Grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
