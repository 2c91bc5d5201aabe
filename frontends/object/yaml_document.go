package object

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// document is one document of a text, and where its values stand. It is the Locator
// of the places in its tree; a token is an index of tokens.
type document struct {
	text       string
	start, end int // bytes of text
	loc        TextLocator
	tokens     []token
	// printed says that the document is read as Helm prints it: without the blank
	// lines around it, and with one line feed at its end.
	printed bool

	once  sync.Once
	lines []int         // offset in text of the start of each line, as the parser counts lines
	runes *source.Runes // of the document, where a line of it is long
}

// token is what is kept of a node of the parser: enough to find its bytes again when
// somebody asks. The nodes themselves are five times as large.
type token struct {
	value        string
	line, column int32 // 1-based, the column in code points
	kind, style  uint8
	anchored     bool
	// inner says that the token is that of the first key of a block mapping, where
	// the mapping begins.
	inner bool
}

// tokenOf is the token of a node: that of its first key where it is a block mapping.
func tokenOf(n *yaml.Node) token {
	inner := false
	for n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0 {
		n, inner = n.Content[0], true
	}
	return token{
		value: n.Value, line: int32(n.Line), column: int32(n.Column),
		kind: uint8(n.Kind), style: uint8(n.Style), anchored: n.Anchor != "", inner: inner,
	}
}

// parse makes the document's tree; nil where the document is empty.
func (d *document) parse() (*Node, []Note, *source.Error) {
	root, err := parseYAML(d.text[d.start:d.end], d.printed)
	if err != nil {
		return nil, nil, d.syntax(err)
	}
	if root == nil {
		return nil, nil, nil
	}
	values, keys := count(root)
	d.tokens = make([]token, 0, values+keys)
	b := &builder{doc: d, slab: make([]Node, values), bangs: hasBang(d.text[d.start:d.end])}
	tree, err := b.node(root)
	if err != nil {
		return nil, nil, d.fault(err)
	}
	if tree.Kind == Null {
		return nil, nil, nil
	}
	if rest := d.ignored(); rest >= 0 {
		place := Place{By: lineOf{d}, Token: rest}
		b.notes = append(b.notes, Note{Text: "what follows the end of the document (...) is ignored", Place: place})
	}
	return tree, b.notes, nil
}

// count is how many values and keys there are below a node, so that a file of
// thousands of documents takes no more memory than it needs. What aliases stand for
// is shared.
func count(n *yaml.Node) (values, keys int) {
	values = 1
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			keys++
			continue
		}
		v, k := count(c)
		values, keys = values+v, keys+k
	}
	return values, keys
}

// hasBang says whether a text may hold the tag "!", which makes any scalar a text.
func hasBang(text string) bool {
	for i := 0; ; i++ {
		next := strings.IndexByte(text[i:], '!')
		if next < 0 {
			return false
		}
		if i += next; i+1 == len(text) || strings.IndexByte(blanks+",]}", text[i+1]) >= 0 {
			return true
		}
	}
}

// parseYAML returns the content of the first document; nil where there is none. printed
// asks for a line feed behind the text. A parser that gives up in a panic is an error of
// the text.
func parseYAML(text string, printed bool) (root *yaml.Node, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the YAML parser gives up: %v", fault)
		}
	}()
	var doc yaml.Node
	data := append(make([]byte, 0, len(text)+1), text...)
	if printed {
		data = append(data, '\n')
	}
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

func (d *document) place(n *yaml.Node) Place {
	d.tokens = append(d.tokens, tokenOf(n))
	return Place{By: d, Token: len(d.tokens) - 1}
}

// Locate implements Locator.
func (d *document) Locate(token int) source.Origin {
	if token < 0 || token >= len(d.tokens) {
		return source.Origin{Reason: "the document has no such place"}
	}
	start, end, found := d.span(d.tokens[token])
	o := d.loc.Origin(start, end)
	if !found {
		o.Exact, o.Reason = false, "the value was found by its line alone"
	}
	return o
}

// Written is the text of a token in the document, without quotes and escapes but
// as it was spelled: 0644 for the number 420.
func (d *document) Written(token int) string {
	if token < 0 || token >= len(d.tokens) || d.tokens[token].inner {
		return ""
	}
	return d.tokens[token].value
}

// lineOf locates lines of a document by the offset of their start.
type lineOf struct{ doc *document }

// Locate implements Locator.
func (l lineOf) Locate(start int) source.Origin {
	return l.doc.loc.Origin(start, lineEnd(l.doc.text[:l.doc.end], start))
}

// ignored returns the offset of text behind the document's end mark "...", which
// Helm and Kubernetes do not read; -1 where there is none.
func (d *document) ignored() int {
	text := d.text[:d.end]
	i := strings.Index(text[d.start:], "\n...")
	if i < 0 {
		return -1
	}
	at := d.start + i + 4
	if at < len(text) && !strings.ContainsRune(blanks, rune(text[at])) {
		return -1
	}
	for at = lineEnd(text, at); at < len(text); at = lineEnd(text, at+1) {
		line := strings.TrimSpace(text[at+1 : lineEnd(text, at+1)])
		if line != "" && line[0] != '#' && line[0] != '%' {
			return at + 1
		}
	}
	return -1
}

func lineEnd(text string, from int) int {
	from = min(from, len(text))
	if i := strings.IndexByte(text[from:], '\n'); i >= 0 {
		return from + i
	}
	return len(text)
}

// fault is the error of a document that is YAML, but none that JSON can hold.
func (d *document) fault(err error) *source.Error {
	e := &source.Error{What: err.Error(), Unread: true}
	var at *syntaxError
	if errors.As(err, &at) {
		start, end, _ := d.span(tokenOf(at.at))
		e.At = d.loc.Origin(start, end).Span
	}
	return e
}

// parserLine is the line that the parser's message names: often that of the
// construct around the fault, and one too small.
var parserLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// anchor is what the parser repeats of a document in a message: the name of an alias,
// which is a value to whoever forgot to put it in quotes.
var anchor = regexp.MustCompile(`anchor '[^']*'`)

// syntax is the error of a document that is no YAML, at the line where it stops
// being YAML.
func (d *document) syntax(err error) *source.Error {
	what := err.Error()
	from := 0
	if m := parserLine.FindStringSubmatch(what); m != nil {
		from, _ = strconv.Atoi(m[1])
		what = what[len(m[0]):]
	}
	what = anchor.ReplaceAllString(what, "anchor …")
	line := d.faultyLine(max(0, from-2))
	lines := d.lineStarts()
	start := lines[line]
	end := lineEnd(d.text[:d.end], start)
	start += len(d.text[start:end]) - len(strings.TrimLeft(d.text[start:end], " \t"))
	end = start + len(strings.TrimRight(d.text[start:end], " \t\r"))
	return &source.Error{What: "this is no YAML: " + what, At: d.loc.Origin(start, end).Span, Unread: true, Err: err}
}

// faultyLine returns the 0-based line from which on the document cannot be parsed:
// the one behind the longest run of lines that can. A cut through a value of
// several lines fails too, so the search goes on for a while behind the first
// border that it finds.
func (d *document) faultyLine(from int) int {
	const further = 40
	lines := d.lineStarts()
	parses := func(n int) bool {
		end := d.end
		if n < len(lines) {
			end = lines[n]
		}
		_, err := parseYAML(d.text[d.start:end], false)
		return err == nil
	}
	good, bad := min(from, len(lines)-1), len(lines)
	for bad-good > 1 {
		if mid := (good + bad) / 2; parses(mid) {
			good = mid
		} else {
			bad = mid
		}
	}
	for n := good + 2; n <= good+further && n < len(lines); n++ {
		if parses(n) {
			good = n
		}
	}
	return good
}
