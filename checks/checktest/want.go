package checktest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// want is one expectation: a finding at a line of a file.
type want struct {
	file string
	line int // 1-based
	text string
	re   *regexp.Regexp
	// value says that the line is where the value was written, and not the
	// finding's own place.
	value bool
	met   bool
}

func (w *want) String() string { return fmt.Sprintf("%s:%d: want %s", w.file, w.line, w.text) }

// The forms of a want: behind # in YAML, and inside a template comment, which
// renders to nothing.
var (
	wantComment = regexp.MustCompile(`(?:#|/\*)\s*want(-value)?((?:\s+(?:[+-]\d+|"(?:[^"\\]|\\.)*"|` + "`[^`]*`" + `))+)`)
	wantPart    = regexp.MustCompile(`[+-]\d+|"(?:[^"\\]|\\.)*"|` + "`[^`]*`")
	wantMention = regexp.MustCompile(`(?:#|/\*)\s*want\b`)
)

// parseWants reads the want comments of a file's raw text. A comment is want, an
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
				return nil, fmt.Errorf("%s:%d: %s is no quoted text: %w", file, i+1, part, err)
			}
			re, err := regexp.Compile(pattern)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, i+1, err)
			}
			wants = append(wants, &want{file: file, line: at, text: part, re: re, value: m[1] != ""})
		}
	}
	return wants, nil
}
