package yamltext

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// The parser's message names the line of the construct around a fault, and not that of the
// fault: the first brace of a file, for a comma that is missing at its end. So the place is
// found by how the parser goes on: from which line on nothing that can follow helps.

// FaultOffset is the offset of the line of a text from which on its first document cannot be
// continued to be YAML, the first such line. Of a text that ends before a collection does it
// is the last line, and before a quoted scalar does, that of its first quote. ok is false
// where the document is YAML.
func FaultOffset(text string) (offset int, ok bool) {
	t := faulty{text: text, lines: (&Document{Text: text, End: len(text)}).Lines()}
	given, err := t.read(len(t.lines), "")
	if err == nil {
		return 0, false
	}
	last, end, sure := min(given, len(t.lines)), t.lastLine(), given <= len(t.lines)
	if endInQuote.MatchString(err.Error()) {
		if at := unclosedQuote(text); at < len(t.lines) {
			last, end, sure = at+1, t.lines[at], false
		}
	}
	if !sure && !t.broken(last) { // only the end of the text is missing
		return end, true
	}
	// The parser reads some tokens beyond the fault, and there may be many lines between them.
	// With the first lines the text can go on, with the last ones it cannot.
	first := max(0, last-1)
	if first > 0 && t.broken(first) {
		last = first
		if at := named(err); at < last && t.broken(at) {
			last = at
		}
		first = max(0, last-1)
		for step := 2; first > 0 && t.broken(first); step *= 2 {
			last, first = first, max(0, first-step)
		}
	}
	n := first + 1 + sort.Search(last-first-1, func(i int) bool { return t.broken(first + 1 + i) })
	return t.lines[n-1], true
}

// faulty is a text that is not YAML, and where its lines start.
type faulty struct {
	text  string
	lines []int
}

// until is the offset of the end of the first n lines.
func (t *faulty) until(n int) int {
	if n >= len(t.lines) {
		return len(t.text)
	}
	return t.lines[n]
}

// lastLine is the offset of the last line that is not blank.
func (t *faulty) lastLine() int {
	for n := len(t.lines) - 1; n > 0; n-- {
		if strings.TrimSpace(t.text[t.lines[n]:t.until(n+1)]) != "" {
			return t.lines[n]
		}
	}
	return 0
}

// A parser gives up when it has seen a few tokens more than the one that does not fit. So
// what is put behind some lines has more tokens than that, none of which it can take for a
// part of the one before.
var (
	lists   = strings.Repeat("[],", 8) + "\n"
	padding = strings.Repeat("\n", 16)

	// inBrackets can follow what begins a YAML text and ends within a collection in
	// brackets, one of them at least; quoted what ends within a quoted scalar.
	inBrackets = []string{"," + lists, lists}
	quoted     = []string{`",` + lists, "'," + lists}
	// closing ends a quoted scalar of a block, and directives those in front of a document.
	closing    = []string{`"` + padding, "'" + padding}
	directives = []string{"---\n" + strings.Repeat("- []\n", 8)}
)

// broken reports whether nothing that follows the first n lines makes a YAML text of them.
func (t *faulty) broken(n int) bool {
	_, err := t.read(n, "")
	if err == nil {
		return false
	}
	open, whole := inBrackets, directives
	if endInQuote.MatchString(err.Error()) {
		open, whole = quoted, closing
	} else if !strings.Contains(t.text, "%YAML") && !strings.Contains(t.text, "%TAG") {
		whole = nil
	}
	for _, behind := range open {
		given, err := t.read(n, behind+padding)
		if err == nil || given > n && !endInQuote.MatchString(err.Error()) {
			return false
		}
	}
	for _, behind := range whole {
		if _, err := t.read(n, behind); err == nil {
			return false
		}
	}
	return true
}

// read parses the first n lines with what follows them, and tells how many lines the parser
// had asked for when it was through: n+1 where it asked for more than there is.
func (t *faulty) read(n int, behind string) (given int, err error) {
	r := &lineReader{faulty: t, n: n, behind: behind}
	err = decodeFirst(r)
	return r.given, err
}

// lineReader gives a parser one line of a text after the other, so that one knows how many it
// has asked for.
type lineReader struct {
	*faulty
	n, given int
	behind   string
	rest     string // of the line that was given last
}

// Read implements io.Reader.
func (r *lineReader) Read(into []byte) (int, error) {
	if r.rest == "" {
		if r.given < r.n {
			r.given++
			r.rest = r.text[r.lines[r.given-1]:r.until(r.given)]
			if r.given == r.n && r.behind != "" {
				r.rest += "\n" + r.behind // there may be no line break at the end of the text
			}
		}
		if r.rest == "" { // the last line of a text may be empty
			r.given = r.n + 1
			return 0, io.EOF
		}
	}
	n := copy(into, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// decodeFirst parses the first document of what a reader gives.
func decodeFirst(r io.Reader) (err error) {
	defer func() {
		if recover() != nil {
			err = errStopped
		}
	}()
	if err = yaml.NewDecoder(r).Decode(new(yaml.Node)); errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

var errStopped = errors.New("the YAML parser stopped")

// endInQuote is the message about a text that ends in a quoted scalar.
var endInQuote = regexp.MustCompile(`^yaml: (?:line \d+: )?found unexpected end of stream$`)

// unclosedQuote is the 0-based line of the first quote of the scalar in which a text ends.
// The parser leaves out the number of the first line, so the text is parsed below another one.
func unclosedQuote(text string) int {
	err := decodeFirst(strings.NewReader("\n" + strings.TrimPrefix(text, byteOrderMark)))
	return max(0, named(err)-2)
}

// namedLine is the line in a message of the parser.
var namedLine = regexp.MustCompile(`^yaml: line (\d+): `)

// named is that line, often of the construct around the fault; 1 where there is none.
func named(err error) int {
	if err == nil {
		return 1
	}
	m := namedLine.FindStringSubmatch(err.Error())
	if m == nil {
		return 1
	}
	line, _ := strconv.Atoi(m[1])
	return max(line, 1)
}

const byteOrderMark = "\ufeff"

// JSONFault is what is wrong with a text that is to be JSON, in the decoder's words, and the
// offset of the first byte that does not fit; ok is false where it is JSON.
func JSONFault(text []byte) (what string, offset int, ok bool) {
	from := len(text) - len(WithoutBOM(text))
	var wrong *json.SyntaxError
	if err := json.Unmarshal(text[from:], new(json.RawMessage)); !errors.As(err, &wrong) {
		return "", 0, false
	}
	// The decoder has counted the byte that does not fit; none is where the text ends.
	offset = max(0, int(wrong.Offset)-1)
	if end := len(bytes.TrimRight(text[from:], " \t\r\n")); offset >= end {
		offset = max(0, end-1)
	}
	return wrong.Error(), from + offset, true
}
