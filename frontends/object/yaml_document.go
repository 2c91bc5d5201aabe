package object

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// document is one document of a text, and where its values are. It is the Locator
// of the places in its tree; a token is an index of tokens.
type document struct {
	yamltext.Document
	loc    TextLocator
	tokens []yamltext.Token
	// printed says that the document is read as Helm prints it: without the blank
	// lines around it, and with one line feed at its end.
	printed bool
}

// parse makes the document's tree; nil where the document is empty.
func (d *document) parse() (*Node, []Note, *source.Error) {
	root, err := parseYAML(d.Text[d.Start:d.End], d.printed)
	if err != nil {
		return nil, nil, d.syntax(err)
	}
	if root == nil {
		return nil, nil, nil
	}
	values, keys := count(root)
	d.tokens = make([]yamltext.Token, 0, values+keys)
	b := &builder{doc: d, slab: make([]Node, values), bangs: hasBang(d.Text[d.Start:d.End])}
	tree, err := b.node(root)
	if err != nil {
		return nil, nil, d.fault(err)
	}
	if tree.Kind == Null {
		return nil, nil, nil
	}
	if rest := d.ignored(); rest >= 0 {
		place := Ref{By: lineOf{d}, Token: rest}
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

// hasBang reports whether a text may hold the tag "!", which makes any scalar a text.
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
			err = fmt.Errorf("the YAML parser failed: %v", fault)
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

func (d *document) place(n *yaml.Node) Ref {
	d.tokens = append(d.tokens, yamltext.TokenOf(n))
	return Ref{By: d, Token: len(d.tokens) - 1}
}

// Locate implements Locator.
func (d *document) Locate(token int) source.Origin {
	if token < 0 || token >= len(d.tokens) {
		return source.Origin{Reason: "the place was not found in the document"}
	}
	start, end, found := d.Span(d.tokens[token])
	o := d.loc.Origin(start, end)
	if !found {
		o.Exact, o.Reason = false, "the value was found only by its line"
	}
	return o
}

// Written is the text of a token in the document, without quotes and escapes but
// as it was spelled: 0644 for the number 420.
func (d *document) Written(token int) string {
	if token < 0 || token >= len(d.tokens) || d.tokens[token].Inner {
		return ""
	}
	return d.tokens[token].Value
}

// lineOf locates lines of a document by the offset of their start.
type lineOf struct{ doc *document }

// Locate implements Locator.
func (l lineOf) Locate(start int) source.Origin {
	return l.doc.loc.Origin(start, yamltext.LineEnd(l.doc.Text[:l.doc.End], start))
}

// ignored returns the offset of text behind the document's end mark "...", which
// Helm and Kubernetes do not read; -1 where there is none.
func (d *document) ignored() int {
	text := d.Text[:d.End]
	i := strings.Index(text[d.Start:], "\n...")
	if i < 0 {
		return -1
	}
	at := d.Start + i + 4
	if at < len(text) && !strings.ContainsRune(blanks, rune(text[at])) {
		return -1
	}
	for at = yamltext.LineEnd(text, at); at < len(text); at = yamltext.LineEnd(text, at+1) {
		line := strings.TrimSpace(text[at+1 : yamltext.LineEnd(text, at+1)])
		if line != "" && line[0] != '#' && line[0] != '%' {
			return at + 1
		}
	}
	return -1
}

// fault is the error of a document that is YAML, but none that JSON can hold.
func (d *document) fault(err error) *source.Error {
	e := &source.Error{What: err.Error(), Unread: true}
	var at *syntaxError
	if errors.As(err, &at) {
		start, end, _ := d.Span(yamltext.TokenOf(at.at))
		e.At = d.loc.Origin(start, end).Span
	}
	return e
}

// parserLine is how the parser's message begins: the line in it is often that of the
// construct around the fault.
var parserLine = regexp.MustCompile(`^yaml: (?:line \d+: )?`)

// anchor is what the parser repeats of a document in a message: the name of an alias,
// which is a value to whoever forgot to put it in quotes.
var anchor = regexp.MustCompile(`anchor '[^']*'`)

// syntax is the error of a document that is no YAML, at the line where it stops being YAML;
// of a file that is to be JSON, where it stops being that.
func (d *document) syntax(err error) *source.Error {
	text := d.Text[d.Start:d.End]
	what := "invalid YAML: " + anchor.ReplaceAllString(parserLine.ReplaceAllString(err.Error(), ""), "anchor …")
	file := d.loc.Origin(d.Start, d.Start).Span.File
	offset, isJSON := 0, file != nil && path.Ext(file.Name()) == ".json"
	if isJSON {
		var fault string
		if fault, offset, isJSON = yamltext.JSONFault([]byte(text)); isJSON {
			what, offset = "invalid JSON: "+fault, strings.LastIndexByte(text[:offset], '\n')+1
		}
	}
	if !isJSON {
		offset, _ = yamltext.FaultOffset(text)
	}
	start := d.Start + offset
	end := yamltext.LineEnd(d.Text[:d.End], start)
	start += len(d.Text[start:end]) - len(strings.TrimLeft(d.Text[start:end], " \t"))
	end = start + len(strings.TrimRight(d.Text[start:end], " \t\r"))
	return &source.Error{What: what, At: d.loc.Origin(start, end).Span, Unread: true, Err: err}
}
