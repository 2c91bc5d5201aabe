package sarif

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// disclosure says how much of the line at a place a log repeats. A line of a values
// file or a manifest has neighbors in it that must not be shown, and a comment
// behind it may say anything: of no line more is repeated than its key and what is
// at the place.
type disclosure uint8

const (
	// showNothing repeats nothing of the line.
	showNothing disclosure = iota
	// showKey repeats the key: the value is secret, or other values went into what
	// the place is named for.
	showKey
	// showKeyAndActions is showKey, but repeats the actions of templates: what somebody wrote
	// for everybody to read.
	showKeyAndActions
	// showValue repeats the key and the value, if that is one scalar, one action of a
	// template or one expression without texts in it.
	showValue
)

// shows is what is repeated of the line of a field.
func shows(private bool) disclosure {
	if private {
		return showKey
	}
	return showValue
}

// stepShows is what is repeated of the line of a step of the trace: of a call nothing,
// and of what a text was computed from not the value, which may be in it or not.
func stepShows(s source.Step, private bool) disclosure {
	if s.Call() {
		return showNothing
	}
	return shows(private || s.Derived)
}

// primaryShows is what is repeated of a finding's own line, which may be a step of the
// trace.
func primaryShows(f *checks.Reported, step int) disclosure {
	if step >= 0 {
		return stepShows(f.Origin.Trace[step], f.Private)
	}
	return shows(f.Private)
}

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
	wholeEntry = lazily(`^\s*(?:- +)*(?:` + entryPattern + `)?$`)
	// nearEntry is the key in front of a value that has neighbours; parts of the same
	// scalar may be between.
	nearEntry = lazily(entryPattern + `(?:` + actionPattern + `|[-:/.@_])*$`)
	// wholeScalar is wholeEntry with parts of the same scalar behind it.
	wholeScalar = lazily(`^\s*(?:- +)*(?:` + entryPattern + `)?(?:` + actionPattern + `|[-:/.@_])*$`)
	ownKey      = lazily(`^(?:- +)*` + keyPattern + `\s*(?::|=)(?:\s+|$)`)
	// behindKey says that what is in front is a key.
	behindKey = lazily(`^["']?\s*(?::(?:\s|$)|=(?:[^=]|$))`)
	// scalarText is one scalar; texts with blanks in them are prose, and no port,
	// name, user or label.
	scalarText = lazily(`^["']?[^\s"'{}\[\],;]{0,100}["']?$`)
	// restOfScalar is what of the same scalar is behind an action.
	restOfScalar = lazily(`^(?:` + actionPattern + `|[^\s,\]}#"'{])*["']?`)
)

// snippet is the part of a line that is repeated: the text from a column (1-based) on
// to another one, and whether the text is there as it is.
type snippet struct {
	text     string
	from, to int
	verbatim bool
}

// snippetOf is what is repeated of the line that a span begins in.
func snippetOf(s source.Span, show disclosure) snippet {
	one := s.OneLine()
	l, at, till := around(one)
	if s.File.Blanked { // what is shown of it is the places, and around them are blanks
		return snippet{text: l.span, from: at + 1 + l.skipped, to: till + 1 + l.skipped, verbatim: true}
	}
	l.show = show
	cut := l.snippet(s, at, till, one.End < s.End)
	cut.from, cut.to = cut.from+l.skipped, cut.to+l.skipped
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
func (l lineParts) snippet(s source.Span, at, till int, cut bool) snippet {
	if template(s.File.Path) && l.inAction() {
		return l.action(at, till)
	}
	if cut { // a value of several lines
		l.show = showKey
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
	show                 disclosure
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
func (l lineParts) value(at, till int, plain bool) snippet {
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
	if l.show == showValue && plain {
		rest := ""
		if q := l.before; strings.HasSuffix(q, `"`) && strings.HasPrefix(l.behind, `"`) || strings.HasSuffix(q, "'") && strings.HasPrefix(l.behind, "'") {
			rest = l.behind[:1]
		}
		return l.cut(from, at, till+len(rest), l.span+rest, true)
	}
	if key := ownKey().FindString(l.span); key != "" && strings.TrimSpace(l.before) == "" { // the span is the whole entry
		return l.cut(from, at, till, key+hiddenValue, false)
	}
	return l.cut(from, at, till, hiddenValue, false)
}

// cut is a snippet from a column on whose text from the span on is given.
func (l lineParts) cut(from, at, to int, text string, verbatim bool) snippet {
	before := []rune(l.before)
	return snippet{text: string(before[from:at]) + text, from: from + 1, to: to + 1, verbatim: verbatim}
}

// inAction reports whether the span is in an action of a template.
func (l lineParts) inAction() bool {
	open := strings.LastIndex(l.before, "{{")
	return open >= 0 && !strings.Contains(l.before[open:], "}}")
}

// action is a span in an action of a template, which is repeated as a whole with the
// key of what it renders. What a secret is rendered by must have no texts in it.
func (l lineParts) action(at, till int) snippet {
	open := strings.LastIndex(l.before, "{{")
	inner := l.before[open:] + l.span
	rest := l.behind
	if i := strings.Index(rest, "}}"); i >= 0 {
		rest = rest[:i+len("}}")]
	}
	if l.show == showKey && strings.ContainsAny(inner+rest, "\"'`") {
		column := at - utf8.RuneCountInString(l.before[open:])
		l.behind, l.span = l.span+l.behind, ""
		return l.cutAction(start(l.before[:open], column), column, till)
	}
	if l.show == showValue {
		rest += restOfScalar().FindString(l.behind[min(len(rest), len(l.behind)):])
	}
	from := start(l.before[:open], at-utf8.RuneCountInString(l.before[open:]))
	return l.cut(from, at, till+utf8.RuneCountInString(rest), l.span+rest, true)
}

// cutAction is an action of which nothing is repeated but its key.
func (l lineParts) cutAction(from, open, till int) snippet {
	before := []rune(l.before)
	return snippet{text: string(before[from:open]) + hiddenValue, from: from + 1, to: till + 1}
}

// actions is a span with actions in it: the first is repeated, with the key in front.
func (l lineParts) actions(at, till int) snippet {
	open := strings.Index(l.span, "{{")
	head, tail := l.span[:open], l.span[open:]
	if i := strings.Index(tail, "}}"); i >= 0 {
		tail = tail[:i+len("}}")]
	}
	if !wholeScalar().MatchString(l.before+head) || l.show == showKey && strings.ContainsAny(tail, "\"'`") {
		return l.value(at, till, false)
	}
	text := head + tail
	verbatim := len(text) == len(l.span)
	if !verbatim {
		text += hiddenValue
	}
	return l.cut(start(l.before, at), at, till, text, verbatim)
}
