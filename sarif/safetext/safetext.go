// Package safetext makes texts that others wrote safe to repeat: what a chart, a
// manifest or the log of another tool says must not reach a terminal, nor the lines of a
// report, as anything but text.
package safetext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxClean is how many code points of one text that others wrote a log repeats: names
// and paths have fewer, and messages that a person reads.
const maxClean = 4096

// Clean makes a text that others wrote safe for a terminal and one line long:
// line ends and tabs become blanks, other control characters, escape codes, marks
// that turn the direction of writing and characters that show nothing become U+FFFD.
// Every code point becomes exactly one, so that columns stay right; what is absurdly
// long is cut.
func Clean(s string) string {
	if len(s) > maxClean {
		s = Cut(s, maxClean)
	}
	return cleaned(s, "")
}

// CleanAll is Clean for each of a list; never nil.
func CleanAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = Clean(s)
	}
	return out
}

// CleanLine is Clean for a line of a file, of any length: it keeps tabs, whose width a
// view needs.
func CleanLine(s string) string { return cleaned(s, "\t") }

// CleanText is Clean for a text of any length and any number of lines: its line ends and
// tabs stay. It is for outputs that escape them.
func CleanText(s string) string { return cleaned(s, "\t\n\r") }

// cleaned cleans a text but for some of its tabs and line ends.
func cleaned(s, keep string) string {
	if Plain(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune(keep, r):
			b.WriteRune(r)
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case hidden(r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Plain reports whether a text has printable ASCII alone.
func Plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// hidden reports whether a character shows nothing or changes what others show. Joiners are
// among them: a name with one looks like another name.
func hidden(r rune) bool {
	const lineSeparator, paragraphSeparator, brailleBlank = '\u2028', '\u2029', '\u2800'
	if r == lineSeparator || r == paragraphSeparator || r == brailleBlank {
		return true
	}
	return unicode.Is(unicode.C, r) && !unicode.Is(unicode.Co, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// Cut shortens a text to a number of code points.
func Cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit-1]) + "…"
}
