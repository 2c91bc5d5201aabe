package checktest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// want is one expectation: something is said about a line of a file.
type want struct {
	what what
	file string
	line int // 1-based
	text string
	re   *regexp.Regexp
	met  bool
}

// what is the word of a comment.
type what string

// The words of comments, and what is at their line.
const (
	wantFinding   what = "want"        // a finding's own place
	wantValue     what = "want-value"  // where the value of a finding was written
	wantModule    what = "want-module" // a module call that leads to a finding
	wantUndecided what = "undecided"   // a question that stays open
)

func (w *want) String() string { return fmt.Sprintf("%s:%d: %s %s", w.file, w.line, w.what, w.text) }

// The forms of a comment: behind # in YAML and HCL, and inside a template comment,
// which renders to nothing.
var (
	wantComment = regexp.MustCompile(`(?:#|/\*)\s*(want(?:-value|-module)?|undecided)((?:\s+(?:[+-]\d+|"(?:[^"\\]|\\.)*"|` + "`[^`]*`" + `))+)`)
	wantPart    = regexp.MustCompile(`[+-]\d+|"(?:[^"\\]|\\.)*"|` + "`[^`]*`")
	wantMention = regexp.MustCompile(`(?:#|/\*)\s*(?:want\b|undecided\s*["+-])`)
)

// parseWants reads the comments of a file's raw text. A comment is one of the words, an
// optional distance in lines such as +1, and one or more quoted regular expressions.
func parseWants(file, text string) ([]*want, error) {
	var wants []*want
	for i, line := range strings.Split(text, "\n") {
		m := wantComment.FindStringSubmatch(line)
		if m == nil {
			if wantMention.MatchString(line) {
				return nil, fmt.Errorf("%s:%d: a want comment is want, an optional +N and quoted regular expressions", file, i+1)
			}
			continue
		}
		at := i + 1
		for _, part := range wantPart.FindAllString(m[2], -1) {
			if part[0] == '+' || part[0] == '-' {
				n, _ := strconv.Atoi(part)
				at = i + 1 + n
				continue
			}
			pattern, err := strconv.Unquote(part)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %s is not a quoted string: %w", file, i+1, part, err)
			}
			re, err := regexp.Compile(pattern)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, i+1, err)
			}
			wants = append(wants, &want{what: what(m[1]), file: file, line: at, text: part, re: re})
		}
	}
	return wants, nil
}
