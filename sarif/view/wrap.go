package view

import "strings"

// leastProse is how many columns prose has, however narrow the terminal is.
const leastProse = 30

// wrapped is prose in lines of at most width columns, broken at blanks alone: a path or a
// name stays in one piece, to be copied. The first line begins behind used columns, each
// other one behind hang of them. No line begins with what a CI takes for a command. A
// width of 0 is no terminal: one line, which programs read.
func wrapped(prose string, used, hang, width int) []string {
	if width == 0 {
		return []string{prose}
	}
	var lines []string
	var line strings.Builder
	used = min(used, max(0, width-leastProse)) // a long name in front may go over the edge
	at, start := used, used
	for _, word := range words(prose) {
		long := widthOf([]rune(strings.TrimRight(word, " ")))
		if at > start && at+long > max(width, start+leastProse) && !commandLike(word) {
			lines = append(lines, strings.TrimRight(line.String(), " "))
			line.Reset()
			at, start = hang, hang
		}
		line.WriteString(word)
		at += long + len(word) - len(strings.TrimRight(word, " "))
	}
	return append(lines, line.String())
}

// words are the words of a text with the blanks behind each; what is in front of the
// first belongs to it.
func words(prose string) []string {
	var list []string
	for _, piece := range strings.SplitAfter(prose, " ") {
		if n := len(list); n > 0 && (strings.TrimSpace(piece) == "" || strings.TrimSpace(list[n-1]) == "") {
			list[n-1] += piece
			continue
		}
		list = append(list, piece)
	}
	return list
}

// commandLike reports whether a line that begins with the word is a command to a CI.
func commandLike(word string) bool {
	return strings.HasPrefix(word, "::") || strings.HasPrefix(word, "##")
}
