package ignore

import (
	"bytes"
	"strings"

	"github.com/mesh-check/mesh-check/render/source"
)

// found is an ignore comment in a file.
type found struct {
	written
	at   source.Span // of its line in the comment
	line int         // that it is for, from 1 on
}

// inFile are the ignore comments of a file in their order, at most one more than are read
// of an input.
func inFile(f *source.File, l language) (all []found) {
	comments := l.comments(f.Data)
	var targets []int
	for i, c := range comments {
		for at := c.start; at < c.end; {
			end := min(lineEnd(f.Data, at), c.end)
			line := f.Data[at:end]
			if !bytes.Contains(line, []byte(marker)) {
				at = end + 1
				continue
			}
			if w, ok := parse(uncommented(string(line))); ok {
				if targets == nil {
					targets = targetsOf(f.Data, comments)
				}
				blanks := len(line) - len(bytes.TrimLeft(line, " \t"))
				all = append(all, found{written: w, at: source.Span{File: f, Start: at + blanks, End: end}, line: targets[i]})
			}
			if at = end + 1; len(all) > maxComments {
				return all
			}
		}
	}
	return all
}

// uncommented is a line of a comment without the signs that make it one.
func uncommented(line string) string {
	line = strings.TrimLeft(strings.TrimSpace(line), "{-#/* \t")
	if rest, ok := strings.CutSuffix(line, "}}"); ok {
		if rest = strings.TrimRight(rest, "- \t"); strings.HasSuffix(rest, "*/") {
			line = rest
		}
	}
	return strings.TrimRight(strings.TrimSuffix(line, "*/"), " \t\r")
}

// targetsOf are the lines that the comments of a text are for: each one's own where
// something else is there, else the next one that is not all comment.
func targetsOf(text []byte, comments []span) []int {
	first, last, code := linesOf(text, comments)
	targets := make([]int, len(comments))
	for i := len(comments) - 1; i >= 0; i-- {
		switch next := last[i] + 1; {
		case code[first[i]]:
			targets[i] = first[i]
		case code[last[i]]:
			targets[i] = last[i]
		case i+1 < len(comments) && first[i+1] <= next && !code[first[i+1]]:
			targets[i] = targets[i+1] // both are for what is below the lower one
		default:
			targets[i] = next
		}
	}
	return targets
}

// linesOf are the lines on which comments begin and end, and whether a line has anything
// but comments, all from 1 on.
func linesOf(text []byte, comments []span) (first, last []int, code []bool) {
	first, last = make([]int, len(comments)), make([]int, len(comments))
	code = make([]bool, bytes.Count(text, []byte("\n"))+2)
	rest, line := comments, 1
	for at := 0; at <= len(text); at++ {
		i := len(comments) - len(rest)
		if len(rest) > 0 && at == rest[0].start {
			first[i] = line
		}
		for len(rest) > 0 && at >= rest[0].end {
			last[i], rest = line, rest[1:]
			if i++; len(rest) > 0 && at == rest[0].start {
				first[i] = line
			}
		}
		switch {
		case at == len(text):
		case text[at] == '\n':
			line++
		case isBlank(text[at]), len(rest) > 0 && at >= rest[0].start:
		case at < len(bom) && bytes.HasPrefix(text, []byte(bom)):
		default:
			code[line] = true
		}
	}
	return first, last, code
}
