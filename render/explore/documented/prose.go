package documented

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// readProse finds values in the text of a block: what it lists, and defaults.
func (r *reader) readProse(b *block, named []namedPath, fragments []*fragment) {
	// The example of a setting that repeats its name does not end the text about it.
	repeats := 0
	if n := len(fragments); n > 0 && b.next != nil && slices.ContainsFunc(fragments[n-1].keys, func(k fragmentKey) bool { return k.name == b.next.name }) {
		repeats = 1
	}
	for i := 0; i < len(b.lines); {
		if len(fragments) > 0 && fragments[0].first <= i {
			i = max(i+1, fragments[0].end)
			fragments = fragments[1:]
			continue
		}
		end := i + 1
		for end < len(b.lines) && (len(fragments) == 0 || end < fragments[0].first) &&
			b.lines[end].text != "" && b.lines[end].text[0] != '@' && b.lines[end].text[0] != '-' {
			end++
		}
		e, names := about(named, i)
		last := len(fragments) <= repeats
		if !names && last && b.touchesNext && b.lines[0].col == b.next.col {
			e, names = b.next.entry, true
		}
		if names && e != nil {
			r.readText(e, b.lines[i:end])
		}
		i = end
	}
}

// readBeside reads the comment behind a setting.
func (r *reader) readBeside(k *key) {
	if k.comment == "" || k.entry == nil || strings.Contains(k.comment, "\n") {
		return
	}
	text := strings.TrimLeft(k.comment, "#")
	line := k.line
	if k.value.Line > 0 {
		line = k.value.Line - 1
	}
	c := comment{line: line, text: strings.TrimSpace(text), value: text}
	b := &block{lines: []comment{c}, budget: &r.beside}
	_, isKey := keyed(c.text)
	if kind := k.entry.kind(); k.entry.empty() && (isKey && kind == mapKind || isItem(c.text) && kind == listKind) {
		for _, f := range b.fragments() {
			r.fill(k.entry, f)
		}
		return
	}
	if words, alone := besides(c.text); k.entry.kind() != anyKind && !k.entry.empty() && (alone || len(words) > 1 && r.possible(k.entry, words)) {
		r.note(k.entry, words, c.line, rankAllowed)
		return
	}
	r.readText(k.entry, b.lines)
}

// besides are the literals that a comment behind a value consists of: all of them, or, after
// an "or", the others alone.
func besides(text string) (words []word, alone bool) {
	if first, rest, _ := strings.Cut(text, " "); first == "or" {
		text, alone = rest, true
	}
	words = listed(text)
	if w, rest := firstWord(text); alone && len(words) == 0 && w.text != "" && strings.TrimSpace(rest) == "" {
		words = []word{w}
	}
	var length int
	for _, w := range words {
		length += len(w.text) + 8 // its quotes, and what stands between two
	}
	if length < len(text) {
		return nil, false // more is said
	}
	return words, alone && len(words) > 0
}

// note notes the literals that have the type of a setting.
func (r *reader) note(e *entry, words []word, line, rank int) {
	for _, w := range words {
		if v, ok := w.value(e.kind()); ok && fits(v, e) {
			e.add(v, r.lineNumber(line), rank)
		}
	}
}

// itemsPattern is how the text above a list of the values that a setting may have ends.
var itemsPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:values|options|one\s+of|choices|modes|types)\b[^.]{0,40}:$`)
})

// takeListed takes a list whose items are the values that the scalar below may have.
func (r *reader) takeListed(b *block, f *fragment) bool {
	if !b.touchesNext || b.next.entry == nil || b.lines[0].col != b.next.col || !itemsPattern().MatchString(f.above) {
		return false
	}
	e := b.next.entry
	if kind := e.kind(); kind == listKind || kind == mapKind {
		return false
	}
	var words []word
	for _, item := range f.list.Content {
		if item.Kind != yaml.ScalarNode {
			return true
		}
		words = append(words, word{item.Value, item.Style != 0})
	}
	if len(words) > 1 && r.possible(e, words) {
		for i, w := range words {
			r.note(e, []word{w}, f.list.Content[i].Line-1, rankAllowed)
		}
	}
	return true
}
