package documented

import (
	"regexp"
	"strings"
	"sync"
)

// listed reads the literals of a list in a text: `a`, `b` or `c`. They are all quoted, or
// none is and the list ends where the sentence does.
func listed(text string) []word {
	var words []word
	for {
		w, rest := firstWord(text)
		if w.text == "" || len(words) > 0 && w.quoted != words[0].quoted || len(words) == 32 {
			return nil
		}
		words = append(words, w)
		next, more := separator(rest)
		if !more {
			if w.quoted || ends(rest) {
				return words
			}
			return nil
		}
		text = next
	}
}

// firstWord reads the literal that a text begins with.
func firstWord(text string) (w word, rest string) {
	if text == "" {
		return word{}, text
	}
	if q := text[0]; q == '`' || q == '"' || q == '\'' {
		end := strings.IndexByte(text[1:min(len(text), 256)], q)
		if end < 0 || strings.ContainsRune(text[1:1+end], '\n') {
			return word{}, text
		}
		inner := text[1 : 1+end]
		if q == '`' && len(inner) > 1 && (inner[0] == '"' || inner[0] == '\'') && inner[len(inner)-1] == inner[0] {
			inner = inner[1 : len(inner)-1]
		}
		return word{inner, true}, text[end+2:]
	}
	end := 0
	for end < min(len(text), 256) && (text[end] >= 'a' && text[end] <= 'z' || text[end] >= 'A' && text[end] <= 'Z' || text[end] >= '0' && text[end] <= '9' || strings.IndexByte("_.-:", text[end]) >= 0) {
		end++
	}
	w.text = strings.TrimRight(text[:end], ".:-")
	return w, text[len(w.text):]
}

// separatorPattern is what comes between two literals of a list: with a word after a blank or
// a comma alone.
var separatorPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[ \n]*,[ \n]*(?:(?:or|and)[ \n]+)?|[ \n]+(?:or|and)[ \n]+|[ \n]*[|/][ \n]*)`)
})

// separator reads what comes between two literals of a list.
func separator(text string) (rest string, ok bool) {
	n := len(separatorPattern().FindString(text))
	return text[n:], n > 0
}

// ends reports whether a sentence, a line or what is in brackets ends here.
func ends(text string) bool {
	text = strings.TrimLeft(text, " ")
	if text == "" || text[0] == '\n' {
		// What goes on in the next line with a small letter is the same sentence.
		after := strings.TrimLeft(text, "\n")
		return after == "" || after[0] < 'a' || after[0] > 'z'
	}
	switch text[0] {
	case ')', ']', '}', ';':
		return true
	case '.':
		return len(text) == 1 || text[1] == ' ' || text[1] == '\n'
	}
	return false
}
