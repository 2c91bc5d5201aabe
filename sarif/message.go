package sarif

import (
	"fmt"
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
		s = cut(s, maxClean)
	}
	return cleaned(s, "")
}

func clean(s string) string { return Clean(s) }

// CleanLine is Clean for a line of a file, of any length: it keeps tabs, whose width a
// view needs.
func CleanLine(s string) string { return cleaned(s, "\t") }

func cleanLine(s string) string { return CleanLine(s) }

// CleanText is Clean for a text of any length and any number of lines: its line ends and
// tabs stay. It is for outputs that escape them.
func CleanText(s string) string { return cleaned(s, "\t\n\r") }

// cleaned cleans a text but for some of its tabs and line ends.
func cleaned(s, keep string) string {
	if plain(s) {
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

func plain(s string) bool {
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

// cut shortens a text to a number of code points.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit-1]) + "…"
}
