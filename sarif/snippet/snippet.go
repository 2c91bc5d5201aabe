// Package snippet decides how much of the line at a place a log repeats. A line of a
// values file or a manifest has neighbours in it that are nobody's business, and a comment
// behind it may say anything: of no line more is repeated than its key and what is at
// the place.
package snippet

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/render/source"
)

// Redaction says what is left of the line at a place.
type Redaction uint8

const (
	// ShowNothing repeats nothing of the line.
	ShowNothing Redaction = iota
	// ShowKey repeats the key: the value is secret, or other values went into what
	// the place is named for.
	ShowKey
	// ShowKeyAndActions is ShowKey, but repeats the actions of templates: what somebody wrote
	// for everybody to read.
	ShowKeyAndActions
	// ShowValue repeats the key and the value, if that is one scalar, one action of a
	// template or one expression without texts in it.
	ShowValue
)

// hiddenValue is what stands for a value that is not repeated.
const hiddenValue = "…"

// The pieces of a line. A key is a word or a quoted text; a template may write one by
// an action.
const (
	keyPattern   = `(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:` + actionPattern + `|[^\s"'{}\[\],:=#&*!|>%@` + "`" + `])+)`
	entryPattern = keyPattern + `\s*(?::|=)\s*(?:[&!]\S+\s+)*["']?`
	// actionPattern is one action of a template without texts in it, and no comment.
	actionPattern = `\{\{-? *[^-\s/{}"'` + "`" + `][^{}"'` + "`" + `]*\}\}`
)

var (
	// wholeEntry is what is in front of a value that has its line for itself.
	wholeEntry = lazyregexp.New(`^\s*(?:- +)*(?:` + entryPattern + `)?$`)
	// nearEntry is the key in front of a value that has neighbours; parts of the same
	// scalar may be between.
	nearEntry = lazyregexp.New(entryPattern + `(?:` + actionPattern + `|[-:/.@_])*$`)
	// wholeScalar is wholeEntry with parts of the same scalar behind it.
	wholeScalar = lazyregexp.New(`^\s*(?:- +)*(?:` + entryPattern + `)?(?:` + actionPattern + `|[-:/.@_])*$`)
	ownKey      = lazyregexp.New(`^(?:- +)*` + keyPattern + `\s*(?::|=)(?:\s+|$)`)
	// behindKey says that what is in front is a key.
	behindKey = lazyregexp.New(`^["']?\s*(?::(?:\s|$)|=(?:[^=]|$))`)
	// scalarText is one scalar; texts with blanks in them are prose, and no port,
	// name, user or label.
	scalarText = lazyregexp.New(`^["']?[^\s"'{}\[\],;]{0,100}["']?$`)
	// restOfScalar is what of the same scalar is behind an action.
	restOfScalar = lazyregexp.New(`^(?:` + actionPattern + `|[^\s,\]}#"'{])*["']?`)
)

// Snippet is the part of a line that is repeated: the text from a column (1-based) on to
// another one, in code points.
type Snippet struct {
	Text     string
	From, To int
	// Verbatim says that the text is there as it is.
	Verbatim bool
}

// Of is what is repeated of the line that a span begins in.
func Of(s source.Span, show Redaction) Snippet {
	one := s.OneLine()
	l, at, till := around(one)
	if s.File.Blanked { // what is shown of it is the places, and around them are blanks
		return Snippet{Text: l.span, From: at + 1 + l.skipped, To: till + 1 + l.skipped, Verbatim: true}
	}
	l.show = show
	cut := l.snippet(s, at, till, one.End < s.End)
	cut.From, cut.To = cut.From+l.skipped, cut.To+l.skipped
	return cut
}

// neighbourhood is how many bytes of a line on either side of a span are analyzed:
// keys and what is beside them are far shorter, and some lines hold a whole file.
// An action of a template may begin farther away.
const (
	neighbourhood = 1024
	longAction    = 64 << 10
)

// around is the line of a span of one line, near the span; the span is between the
// columns at and till (from 0) of that part.
func around(one source.Span) (l lineParts, at, till int) {
	data, begin := one.File.Data, one.Begin()
	rest := one
	rest.End = len(data)
	lineStart, lineEnd := one.File.Offset(source.Position{Line: begin.Line, Column: 1}), rest.OneLine().End
	from, to := max(lineStart, one.Start-neighbourhood), min(lineEnd, one.End+neighbourhood)
	if template(one.File.Path) && from > lineStart {
		far := data[max(lineStart, one.Start-longAction):one.Start]
		if open := bytes.LastIndex(far, []byte("{{")); open >= 0 && !bytes.Contains(far[open:], []byte("}}")) {
			from = min(from, one.Start-len(far[open:]))
			from = max(lineStart, from-neighbourhood) // the key in front of it
		}
		behind := data[one.End:min(lineEnd, one.End+longAction)]
		if end := bytes.Index(behind, []byte("}}")); end >= 0 {
			to = min(lineEnd, max(to, one.End+end+neighbourhood))
		}
	}
	for from > lineStart && !utf8.RuneStart(data[from]) {
		from--
	}
	for to < lineEnd && !utf8.RuneStart(data[to]) {
		to++
	}
	start, end := min(one.Start, to), min(one.End, to)
	l = lineParts{before: string(data[from:max(from, start)]), span: string(data[start:end]), behind: string(data[end:to])}
	at = utf8.RuneCountInString(l.before)
	l.skipped = max(0, begin.Column-1-at)
	return l, at, at + utf8.RuneCountInString(l.span)
}

// snippet is what is repeated of the line of a span; cut says that the span goes on
// behind the line.
func (l lineParts) snippet(s source.Span, at, till int, cut bool) Snippet {
	if template(s.File.Path) && l.inAction() {
		return l.action(at, till)
	}
	if cut { // a value of several lines
		l.show = ShowKey
	}
	switch {
	case template(s.File.Path) && strings.Contains(l.span, "{{"):
		return l.actions(at, till)
	case isHCL(s.File.Path):
		return l.hcl(at, till)
	}
	return l.value(at, till, scalarText().MatchString(l.span))
}

func template(name string) bool {
	return path.Ext(name) == ".tpl" || strings.Contains("/"+name, "/templates/")
}

func isHCL(name string) bool {
	return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tfvars")
}

// lineParts are a line around a span.
type lineParts struct {
	before, span, behind string
	skipped              int // code points of the line in front of before
	show                 Redaction
}

// start is the column, counted from 0, at which what is repeated of a line begins: at
// the key in front of the column at. The text up to at is the key's.
func start(before string, at int) int {
	if wholeEntry().MatchString(before) || wholeScalar().MatchString(before) {
		return 0
	}
	if key := nearEntry().FindStringIndex(before); key != nil {
		return at - utf8.RuneCountInString(before[key[0]:])
	}
	return at
}

// value is a span in a text: a scalar, a key, or something that has parts.
func (l lineParts) value(at, till int, plain bool) Snippet {
	if m := behindKey().FindString(l.behind); m != "" && plain { // the span is a key
		quote := 0
		if n := len(l.before); n > 0 && (l.before[n-1] == '"' || l.before[n-1] == '\'') {
			quote = 1
		}
		mark := strings.TrimRight(m[:strings.IndexAny(m, ":=")+1], " ")
		from := start(l.before[:len(l.before)-quote], at-quote)
		return l.cut(from, at, till+utf8.RuneCountInString(mark), l.span+mark, true)
	}
	from := start(l.before, at)
	if l.show == ShowValue && plain {
		rest := closingQuote(l.before, l.behind)
		if strings.HasPrefix(l.behind, "{{") { // which renders the rest of the scalar
			rest = restOfScalar().FindString(l.behind)
		}
		return l.cut(from, at, till+utf8.RuneCountInString(rest), l.span+rest, true)
	}
	if key := ownKey().FindString(l.span); key != "" && strings.TrimSpace(l.before) == "" { // the span is the whole entry
		return l.cut(from, at, till, key+hiddenValue, false)
	}
	return l.cut(from, at, till, hiddenValue, false)
}

// cut is a snippet from a column on whose text from the span on is given.
func (l lineParts) cut(from, at, to int, text string, verbatim bool) Snippet {
	before := []rune(l.before)
	return Snippet{Text: string(before[from:at]) + text, From: from + 1, To: to + 1, Verbatim: verbatim}
}

// inAction reports whether the span is in an action of a template.
func (l lineParts) inAction() bool {
	open := strings.LastIndex(l.before, "{{")
	return open >= 0 && !strings.Contains(l.before[open:], "}}")
}

// action is a span in an action of a template, which is repeated as a whole with the
// key of what it renders. What a secret is rendered by must have no texts in it.
func (l lineParts) action(at, till int) Snippet {
	open := strings.LastIndex(l.before, "{{")
	inner := l.before[open:] + l.span
	rest := l.behind
	if i := strings.Index(rest, "}}"); i >= 0 {
		rest = rest[:i+len("}}")]
	}
	if l.show == ShowKey && strings.ContainsAny(inner+rest, "\"'`") {
		column := at - utf8.RuneCountInString(l.before[open:])
		l.behind, l.span = l.span+l.behind, ""
		return l.cutAction(start(l.before[:open], column), column, till)
	}
	if behind := l.behind[len(rest):]; l.show == ShowValue {
		rest += restOfScalar().FindString(behind)
	} else {
		rest += closingQuote(l.before[:open], behind)
	}
	from := start(l.before[:open], at-utf8.RuneCountInString(l.before[open:]))
	return l.cut(from, at, till+utf8.RuneCountInString(rest), l.span+rest, true)
}

// closingQuote is the quote behind a scalar, where one opens in front of it: without it, a line would look as if it were missing.
func closingQuote(before, behind string) string {
	if strings.HasSuffix(before, `"`) && strings.HasPrefix(behind, `"`) || strings.HasSuffix(before, "'") && strings.HasPrefix(behind, "'") {
		return behind[:1]
	}
	return ""
}

// cutAction is an action of which nothing is repeated but its key.
func (l lineParts) cutAction(from, open, till int) Snippet {
	before := []rune(l.before)
	return Snippet{Text: string(before[from:open]) + hiddenValue, From: from + 1, To: till + 1}
}

// actions is a span with actions in it: the first is repeated, with the key in front.
func (l lineParts) actions(at, till int) Snippet {
	open := strings.Index(l.span, "{{")
	head, tail := l.span[:open], l.span[open:]
	if i := strings.Index(tail, "}}"); i >= 0 {
		tail = tail[:i+len("}}")]
	}
	if !wholeScalar().MatchString(l.before+head) || l.show == ShowKey && strings.ContainsAny(tail, "\"'`") {
		return l.value(at, till, false)
	}
	text := head + tail
	verbatim := len(text) == len(l.span)
	if !verbatim {
		text += hiddenValue
	}
	return l.cut(start(l.before, at), at, till, text, verbatim)
}
