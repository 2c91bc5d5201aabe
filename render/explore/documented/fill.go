package documented

import "strings"

// filled is the empty setting whose value a fragment is: the one above it, or the one
// below it. done says that nothing else is to be tried: there is one, or it
// cannot be told which one it is.
func (b *block) filled(f *fragment) (e *entry, done bool) {
	if b.inside(f) {
		if e := b.prev.entry; e != nil && e.kind() != stringKind && (e.empty() || f.list != nil && e.kind() == listKind) {
			return e, true
		}
		return nil, true
	}
	above, below := b.fillsPrev(f), b.fillsNext(f)
	switch {
	case above == no && below == no:
		return nil, false
	case above == yes && (below != yes || f.begins && f.lead > 1):
		return b.prev.entry, true
	case below == yes && (above == no || above == perhaps && !f.begins):
		return b.next.entry, true
	}
	return nil, true
}

// maxAbove is how many lines above a fragment are read as the text about it.
const maxAbove = 64

// answer is how sure it is that a fragment is the value of a setting.
type answer uint8

const (
	no answer = iota
	perhaps
	yes
)

// inside reports whether a fragment can only be the value of the setting above, since it
// stands deeper.
func (b *block) inside(f *fragment) bool {
	p, col := b.prev, b.lines[0].col
	if p == nil || !b.below || b.next != nil && b.next.in.owner == p {
		return false
	}
	if col > p.col {
		return true
	}
	return col == 0 && f.lead >= p.col+2 && b.touchesPrev && (f.begins || !b.touchesNext)
}

// fillsPrev reports whether a fragment in the column of the setting above is its value.
func (b *block) fillsPrev(f *fragment) answer {
	p, col := b.prev, b.lines[0].col
	if p == nil || p.entry == nil || !b.touchesPrev || !p.entry.empty() {
		return no
	}
	if col != p.col && (col != 0 || f.lead != p.col && f.lead != p.col+1) {
		return no
	}
	kind := p.entry.kind()
	switch {
	case f.list != nil && kind == listKind:
		return yes
	case f.list != nil && kind == anyKind && f.begins:
		return yes
	case f.list == nil && kind == mapKind && (f.whole || f.example || f.begins && f.lead > 1 && col == p.col || b.mentions(f.first)):
		return yes
	case f.list == nil && kind == mapKind && (f.begins || !b.describes(f)):
		return perhaps // it could be a key beside it as well
	case f.list == nil && kind == anyKind && f.begins && (f.whole || f.lead > 1 && col == p.col):
		return yes
	}
	return no
}

// fillsNext reports whether a fragment is the value of the setting below.
func (b *block) fillsNext(f *fragment) answer {
	n := b.next
	if !b.touchesNext || n.entry == nil || !n.entry.empty() || b.lines[0].col != n.col {
		return no
	}
	kind := n.entry.kind()
	switch {
	case f.list != nil && kind == listKind:
		return yes
	case f.list != nil && kind == anyKind && f.example:
		return yes
	case f.list == nil && (kind == mapKind && (f.example || f.deeper || f.whole) || kind == anyKind && f.example):
		return yes
	case f.list == nil && kind == mapKind && f.end == len(b.lines):
		return perhaps
	}
	return no
}

// describes reports whether the text above a fragment is about its key: it is one, called as
// settings are.
func (b *block) describes(f *fragment) bool {
	if f.first == 0 || b.lines[f.first-1].text == "" || f.bad {
		return false
	}
	if len(f.keys) == 1 {
		return !strings.ContainsAny(f.keys[0].name, "./-")
	}
	for i := f.first - 1; i >= max(0, f.first-maxAbove) && b.lines[i].text != ""; i-- {
		if strings.HasPrefix(b.lines[i].text, "-- ") {
			return true
		}
	}
	return false
}

// mentions reports whether the text in front of a line names the setting above.
func (b *block) mentions(before int) bool {
	if b.mentioned == 0 { // not looked for yet
		b.mentioned = len(b.lines) + 1
		name := b.prev.name
		quoted, apart, marked := "'"+name+"'", "'"+name+":'", "`"+name+"`"
		for i, c := range b.lines {
			if strings.Contains(c.text, quoted) || strings.Contains(c.text, apart) || strings.Contains(c.text, marked) {
				b.mentioned = i + 1
				break
			}
		}
	}
	return b.mentioned <= before
}
