package ignore

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// marker is what every ignore comment begins with.
const marker = "mesh-check:"

// The words behind the marker.
const (
	wordLine = "ignore"
	wordFile = "ignore-file"
)

// form is how an ignore comment is written, for messages.
const form = "write mesh-check:ignore ID -- reason"

// maxReason bounds a reason, in code points: reports repeat it. Ignore rules of a
// configuration have the same bound.
const maxReason = 300

// maxQuoted bounds what a message repeats of a comment, in code points.
const maxQuoted = 40

// headLines are the first lines of a file, in which a comment may be for all of it.
const headLines = 20

// written is what is in an ignore comment, and what is wrong with it.
type written struct {
	names  []string // of checks, as they are written
	reason string
	until  string // the last day on which it holds, as 2026-12-31; empty: it does not end
	file   bool   // it is for the whole file
	// fault is why it does not hold, as it goes on behind "this ignore comment"; empty: it
	// does.
	fault string
}

// parse reads one line of a comment, without the signs that make it one. ok is false for
// a line that is no ignore comment.
func parse(line string) (w written, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), marker)
	if !ok {
		return w, false
	}
	word, rest := cutWord(rest)
	switch {
	case word == wordLine:
	case word == wordFile:
		w.file = true
	case strings.HasPrefix(word, "ignor"):
		w.fault = "begins with " + quoted(marker+word) + ", which is not known; " + form + ", or mesh-check:ignore-file for the file"
		return w, true
	case word == "" && strings.HasPrefix(strings.TrimSpace(rest), "ignor"):
		w.fault = "has a space after " + marker + "; " + form
		return w, true
	default: // prose
		return w, false
	}
	names, reason, reasoned := cutReason(rest)
	w.reason = strings.TrimSpace(reason)
	w.selectors(names)
	switch {
	case w.fault != "":
	case !reasoned || w.reason == "":
		w.fault = "has no reason and ignores nothing; write -- and the reason after the checks"
	case len(w.names) == 0:
		w.fault = "names no check and ignores nothing; " + form
	case slices.ContainsFunc(strings.Fields(w.reason), func(word string) bool { return strings.HasPrefix(word, "until=") }):
		w.fault = "has until= in its reason, where it has no effect, and ignores nothing; write it before --"
	case utf8.RuneCountInString(w.reason) > maxReason:
		w.fault = fmt.Sprintf("has a reason of more than %d characters and ignores nothing; shorten it", maxReason)
	}
	return w, true
}

// cutWord cuts a text behind its first word.
func cutWord(s string) (word, rest string) {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// cutReason cuts a text around the two hyphens, a word of their own, that the reason
// is behind.
func cutReason(s string) (names, reason string, found bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], "--")
		if i < 0 {
			return s, "", false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+2:])
		if (i == 0 || unicode.IsSpace(before)) && (i+2 == len(s) || unicode.IsSpace(after)) {
			return s[:i], s[i+2:], true
		}
		from = i + 2
	}
}

// selectors reads what is in front of the reason: checks between commas, and a date.
func (w *written) selectors(text string) {
	var words []string
	for _, word := range strings.Fields(text) {
		date, is := strings.CutPrefix(word, "until=")
		if !is {
			words = append(words, word)
			continue
		}
		if _, err := time.Parse(time.DateOnly, date); err != nil || w.until != "" {
			w.fault = "has " + quoted(word) + ", which is not a day, and ignores nothing; write until=2026-12-31"
		}
		w.until = date
	}
	for name := range strings.SplitSeq(strings.Join(words, " "), ",") {
		if name = strings.TrimSpace(name); name != "" {
			w.names = append(w.names, name)
		}
	}
}

// quoted is a text out of a comment as a message repeats it.
func quoted(s string) string {
	r := []rune(strings.ToValidUTF8(s, "\ufffd"))
	if len(r) > maxQuoted {
		r = append(r[:maxQuoted:maxQuoted], '…')
	}
	return fmt.Sprintf("%q", string(r))
}
