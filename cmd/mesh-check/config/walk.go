package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// walker reads one file and collects its faults.
type walker struct {
	file   *source.File
	faults []*source.Error
}

// Parse reads a configuration. Either the File is valid, or there is at least one
// fault; faults come in the order of the text, each with its place.
func Parse(text *source.File) (*File, []*source.Error) {
	w := &walker{file: text}
	root := w.document()
	f := &File{Source: text}
	if root != nil {
		w.top(f, root)
	}
	if len(w.faults) == 0 {
		return f, nil
	}
	slices.SortStableFunc(w.faults, func(a, b *source.Error) int { return cmp.Compare(a.At.Start, b.At.Start) })
	if more := len(w.faults) - maxFaults; more > 0 {
		w.faults = append(w.faults[:maxFaults], &source.Error{
			What: fmt.Sprintf("%d more errors after these", more), At: w.faults[maxFaults].At,
		})
	}
	return nil, w.faults
}

// fault records a fault at a place of the file.
func (w *walker) fault(at source.Span, do, format string, args ...any) {
	w.faults = append(w.faults, &source.Error{What: fmt.Sprintf(format, args...), Do: do, At: at})
}

// document is the one document of the file; nil where there is none to read, and then
// a fault says so.
func (w *walker) document() *yaml.Node {
	data := w.file.Data
	if len(data) > maxBytes {
		w.fault(w.line(1), "", "has more than %d bytes", maxBytes)
		return nil
	}
	if at := notText(data); at >= 0 {
		w.fault(source.Span{File: w.file, Start: at, End: at}, "write it in UTF-8 with ordinary line endings", "is not plain text")
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var root *yaml.Node
	for {
		var doc yaml.Node
		if err := decode(dec, &doc); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			w.syntax(err)
			return nil
		}
		switch {
		case doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 || nothing(doc.Content[0]):
		case root != nil:
			w.fault(w.at(doc.Content[0]), "remove it", "there is a second document")
			return nil
		default:
			root = doc.Content[0]
		}
	}
	if root == nil {
		w.fault(w.line(1), "write version: 1", "the configuration is empty")
		return nil
	}
	w.references(root)
	if len(w.faults) > 0 {
		return nil // what is behind a reference cannot be analyzed
	}
	return root
}

// decode reads a document; a parser that gives up in a panic is an error of the text.
// Behind the last document the error is io.EOF.
func decode(dec *yaml.Decoder, doc *yaml.Node) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the YAML parser failed: %v", p)
		}
	}()
	return dec.Decode(doc)
}

// notText is the offset of the first byte that is no UTF-8, or of a line break that
// YAML takes for one and editors do not, so that lines would be reported wrong; -1 for none.
func notText(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1, r == '\u0085', r == '\u2028', r == '\u2029', r == 0,
			r == '\r' && (i+1 == len(data) || data[i+1] != '\n'):
			return i
		}
		i += size
	}
	return -1
}

// references refuses anchors and aliases: with them a few lines can stand for millions
// of values.
func (w *walker) references(n *yaml.Node) {
	if n.Anchor != "" || n.Kind == yaml.AliasNode {
		w.fault(w.at(n), "write the value out", "anchors and aliases are not supported here")
		return
	}
	for _, c := range n.Content {
		w.references(c)
	}
}

// syntax is the fault of a text that is no YAML, at the line at which it stops being that.
func (w *walker) syntax(err error) {
	line, text := 1, string(w.file.Data)
	for start := 0; ; { // of a document
		if at, bad := yamltext.FaultOffset(text[start:]); bad {
			line = w.file.Position(start + at).Line
			break
		}
		next := strings.Index(text[start:], "\n---")
		if next < 0 {
			break
		}
		start += next + 1
	}
	what := strings.TrimPrefix(err.Error(), "yaml: ")
	if named, rest, found := strings.Cut(what, ": "); found && strings.HasPrefix(named, "line ") {
		what = rest
	}
	w.fault(w.line(line), "", "is not valid YAML: %s", strings.Trim(quoted(what), `"`))
}

// line is the text of a 1-based line, without the blanks around it.
func (w *walker) line(n int) source.Span {
	text := w.file.Line(n)
	start := w.file.Offset(source.Position{Line: n, Column: 1})
	start += len(text) - len(strings.TrimLeft(text, " \t"))
	return source.Span{File: w.file, Start: start, End: start + len(strings.TrimSpace(text))}
}

// at is where a node begins: the rest of its line.
func (w *walker) at(n *yaml.Node) source.Span {
	start := w.file.Offset(source.Position{Line: max(n.Line, 1), Column: max(n.Column, 1)})
	end := source.Span{File: w.file, Start: start, End: len(w.file.Data)}.OneLine().End
	return source.Span{File: w.file, Start: start, End: end}
}

// entry is one key of a mapping with its value.
type entry struct {
	name       string
	key, value *yaml.Node
}

// mapping is the entries of a mapping; keys that are no words or are there twice are
// faults. ok is false where the node is no mapping at all.
func (w *walker) mapping(n *yaml.Node, what, do string) (entries []entry, ok bool) {
	if n.Kind != yaml.MappingNode || custom(n) {
		w.fault(w.at(n), do, "%s must be a mapping, not %s", what, kind(n))
		return nil, false
	}
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode || custom(k) {
			w.fault(w.at(k), "", "a key must be a string, not %s", kind(k))
			continue
		}
		if line := first[k.Value]; line > 0 {
			w.fault(w.at(k), "keep one of them", "%s is defined twice, first in line %d", quoted(k.Value), line)
			continue
		}
		first[k.Value] = k.Line
		entries = append(entries, entry{k.Value, k, v})
	}
	return entries, true
}

// unknown is the fault of a key that is not known.
func (w *walker) unknown(e entry, of string, known ...string) {
	do := strings.TrimPrefix(DidYouMean(e.name, known, "use one of "+strings.Join(known, ", ")), "; ")
	w.fault(w.at(e.key), do, "unknown key %s%s", quoted(e.name), of)
}

// text is a scalar as it is written; ok is false, and a fault recorded, for anything
// else and for nothing. Numbers and truths are words only where they may be.
func (w *walker) text(n *yaml.Node, what string, numbers bool) (string, bool) {
	switch {
	case n.Kind != yaml.ScalarNode || custom(n) || n.Tag == "!!null":
		w.fault(w.at(n), "", "%s must be a string, not %s", what, kind(n))
	case n.Tag != "!!str" && !(numbers && (n.Tag == "!!int" || n.Tag == "!!float")):
		w.fault(w.at(n), "put it in quotes", "%s must be a string, not %s", what, kind(n))
	case strings.TrimSpace(n.Value) == "":
		w.fault(w.at(n), "remove it, or give it a value", "%s is empty", what)
	default:
		return n.Value, true
	}
	return "", false
}

// truth is true or false.
func (w *walker) truth(n *yaml.Node, what string) (is, ok bool) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!bool" {
		if is, err := strconv.ParseBool(strings.ToLower(n.Value)); err == nil {
			return is, true
		}
	}
	w.fault(w.at(n), "", "%s must be true or false, not %s", what, kind(n))
	return false, false
}

// custom reports whether a node has a tag of its own, which would make something else of
// it.
func custom(n *yaml.Node) bool {
	return n.Style&yaml.TaggedStyle != 0
}

// kind is what a node is, in words.
func kind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	switch {
	case custom(n):
		return "a value with the tag " + quoted(n.Tag)
	case n.Tag == "!!null":
		return "nothing"
	case n.Tag == "!!str":
		return quoted(n.Value)
	}
	return "the value " + quoted(n.Value)
}
