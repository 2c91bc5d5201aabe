package documented

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// reader reads the comments of a values.yaml into entries.
type reader struct {
	*layout
	root   *entry
	beside int // how much more is parsed of the comments behind settings
}

func readValues(data []byte, root *entry) {
	l := readLayout(data, root)
	if l == nil {
		return
	}
	r := &reader{l, root, maxFragments}
	for _, b := range l.blocks() {
		r.readBlock(b)
	}
	for _, k := range l.keys {
		r.readBeside(k)
	}
}

// readBlock finds what a block says. Where it names paths, what follows a path is about it.
func (r *reader) readBlock(b *block) {
	named := b.namedPaths(r.root)
	fragments := b.fragments()
	for _, f := range fragments {
		if e, names := about(named, f.first); names {
			r.takeNamed(e, f)
			continue
		}
		r.takeFragment(b, f)
	}
	r.readProse(b, named, fragments)
}

// number is the line of an editor for one of the parser, 0-based.
func (r *reader) lineNumber(line int) int {
	if line < 0 || line >= len(r.number) {
		return 0
	}
	return r.number[line]
}

// takeNamed takes an example that follows a path that the comment itself names.
func (r *reader) takeNamed(e *entry, f *fragment) {
	if e == nil {
		return
	}
	if f.list != nil {
		if e.kind() == listKind && (f.example || e.empty()) {
			e.take(f.list, r.lineNumber, rankExample)
		}
		return
	}
	if len(f.keys) == 1 && f.keys[0].name == e.name && !f.bad {
		e.take(f.keys[0].value, r.lineNumber, rankExample)
	} else if f.example && e.kind() == mapKind && e.empty() {
		r.takeMap(e, f)
	}
}

// takeFragment finds the setting that a fragment is about, the surest way first.
func (r *reader) takeFragment(b *block, f *fragment) {
	if f.list != nil && r.takeListed(b, f) {
		return
	}
	sibling := r.mapAt(b, f)
	var rest []fragmentKey
	for _, k := range f.keys {
		switch e := r.repeated(b, f, sibling, k); {
		case e != nil:
			e.take(k.value, r.lineNumber, rankExample)
		default:
			rest = append(rest, k)
		}
	}
	if f.list == nil && len(rest) == 0 || len(rest) < len(f.keys) && f.example {
		return
	}
	if e, done := b.filled(f); done {
		r.fill(e, f)
		return
	}
	if sibling == nil || sibling.entry == nil || f.example || f.list != nil {
		return
	}
	for _, k := range rest {
		if e := sibling.entry.child(k.name); e != nil && !e.exists && !placeholder(k.name) {
			if e.line == 0 {
				e.line = r.lineNumber(k.line)
			}
			e.take(k.value, r.lineNumber, rankExample)
		}
	}
}

// fill takes a fragment as the value of a setting.
func (r *reader) fill(e *entry, f *fragment) {
	if e == nil {
		return
	}
	if f.list != nil {
		if kind := e.kind(); kind == listKind || kind == anyKind {
			e.take(f.list, r.lineNumber, rankExample)
		}
	} else if kind := e.kind(); kind == mapKind || kind == anyKind {
		r.takeMap(e, f)
	}
}

// misnamed reports whether a fragment has one key whose name ends in that of the setting: it
// was meant for it, or for another one of that kind.
func misnamed(e *entry, f *fragment) bool {
	return len(f.keys) == 1 && f.keys[0].name != e.name && strings.HasSuffix(strings.ToLower(f.keys[0].name), strings.ToLower(e.name))
}

// takeMap takes all keys of a fragment as one map. Keys that cannot be read leave only the
// others.
func (r *reader) takeMap(e *entry, f *fragment) {
	if misnamed(e, f) {
		return
	}
	m := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	seen := map[string]bool{}
	for _, k := range f.keys {
		if m.Line == 0 {
			m.Line = k.line + 1
		}
		if seen[k.name] {
			f.bad = true // alternatives
		}
		seen[k.name] = true
		m.Content = append(m.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: k.name, Line: k.line + 1}, k.value)
	}
	if !f.bad {
		e.take(m, r.lineNumber, rankExample)
		return
	}
	for _, k := range f.keys {
		if child := e.child(k.name); child != nil && !placeholder(k.name) {
			if child.line == 0 {
				child.line = r.lineNumber(k.line)
			}
			child.take(k.value, r.lineNumber, rankExample)
		}
	}
}

// mapAt is the map that the keys of a fragment would continue, were it uncommented: by
// deleting the mark, or the mark and a blank. nil where that is not YAML, or where the
// fragment stands deeper than a commented key does.
func (r *reader) mapAt(b *block, f *fragment) *mapping {
	col := b.lines[0].col
	if f.whole || col > b.shallow {
		return nil
	}
	if len(r.keys) == 0 && col == 0 && f.lead < 2 {
		return &mapping{entry: r.root} // there is nothing but comments
	}
	if col > 0 {
		if f.lead > 1 {
			return nil
		}
		return b.open(col)
	}
	if m := b.open(f.lead); m != nil && (f.lead == 0 || m.col > 0) {
		return m
	}
	if f.lead > 0 {
		return b.open(f.lead - 1)
	}
	return nil
}

// open is the block mapping that a key in a column would continue at the place of the block.
func (b *block) open(col int) *mapping {
	if b.next != nil && b.next.col == col && (b.prev == nil || b.next.in.owner == b.prev) {
		return b.next.in
	}
	if b.next != nil && b.next.col > col {
		return nil
	}
	for k := b.prev; k != nil; k = k.in.owner {
		if k.in.col == col {
			return k.in
		}
		if k.in.col < col {
			return nil
		}
	}
	return nil
}

// repeated is the setting whose name a key of a fragment repeats: the next one, or one of the
// map that the fragment would continue, or the map itself.
func (r *reader) repeated(b *block, f *fragment, sibling *mapping, k fragmentKey) *entry {
	if f.whole {
		return nil
	}
	if b.touchesNext && b.next.name == k.name && b.lines[0].col <= b.next.col {
		return b.next.entry
	}
	if b.touchesPrev && b.prev.name == k.name && len(f.keys) == 1 && b.prev.entry.empty() {
		return b.prev.entry
	}
	if sibling == nil || sibling.entry == nil {
		return nil
	}
	if e := sibling.entry.children[k.name]; e != nil && e.exists {
		return e
	}
	if sibling.owner != nil && sibling.owner.name == k.name && k.value.Kind == yaml.MappingNode {
		return sibling.entry
	}
	return nil
}
