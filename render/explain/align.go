package explain

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/mesh-check/mesh-check/render/chart"
)

// stretch pairs a range of Helm's text with the range of the tracing engine's
// text that is the same thing.
type stretch struct {
	from, to       int // of Helm's text
	ownFrom, ownTo int
	exact          bool // proven: the same bytes, or bytes of the same random function
}

// alignment pairs two texts, in the order of Helm's; nil where they are equal.
type alignment []stretch

// find returns the tracing engine's range for a range of Helm's text.
func (a alignment) find(start, end int) (from, to int, exact bool) {
	if a == nil {
		return start, end, true
	}
	from, exact = a.at(start, false)
	to, exactEnd := a.at(end, true)
	return from, max(from, to), exact && exactEnd
}

// at maps an offset; end says that it is the end of a range, which belongs to
// the byte before it.
func (a alignment) at(offset int, end bool) (int, bool) {
	i := sort.Search(len(a), func(i int) bool { return a[i].to > offset || end && a[i].to == offset })
	if i == len(a) {
		if i == 0 {
			return 0, false
		}
		return a[i-1].ownTo, a[i-1].exact && a[i-1].to == offset
	}
	s := a[i]
	switch {
	case offset < s.from:
		return s.ownFrom, false
	case s.to-s.from == s.ownTo-s.ownFrom:
		return s.ownFrom + offset - s.from, s.exact
	case end:
		return s.ownTo, s.exact
	}
	return s.ownFrom, s.exact
}

// compare reports whether the tracing engine rendered what Helm did; where the
// two differ, it pairs what is the same.
func (m *Manifest) compare(own *traced, err error) {
	m.Exact, m.Reason, m.explain, m.aligned = false, "", nil, nil
	switch {
	case err != nil:
		m.Reason = "the tracing engine failed: " + chart.OneLine(err.Error())
		return
	case own == nil:
		m.Reason = "the tracing engine did not render this file"
		return
	}
	m.explain = own
	if own.text == m.Text {
		m.Exact = true
		return
	}
	whole := stretch{0, len(m.Text), 0, len(own.text), false}
	if _, ok := m.pairRandom(whole); ok {
		m.settle()
		return
	}
	if m.aligned, m.Exact = m.pairDocuments(); m.Exact {
		m.settle()
	} else {
		at := 0
		for at < len(m.Text) && at < len(own.text) && m.Text[at] == own.text[at] {
			at++
		}
		m.Reason = fmt.Sprintf("the tracing engine rendered line %d differently", strings.Count(m.Text[:at], "\n")+1)
	}
}

// settle takes the tracing engine's text for Helm's, from which it differs in
// nothing but what differs between two runs of Helm: random bytes and the order of
// documents. What is reported of the manifest is then the same in every run.
func (m *Manifest) settle() {
	m.Exact, m.Text, m.aligned = true, m.explain.text, nil
}

// pairRandom pairs two ranges that differ only in bytes of random functions.
func (m *Manifest) pairRandom(s stretch) (alignment, bool) {
	text, own := m.Text[s.from:s.to], m.explain.text[s.ownFrom:s.ownTo]
	head := commonPrefix(text, own)
	tail := commonSuffix(text[head:], own[head:])
	// Whole lines: a random text may begin as the other one does.
	head = strings.LastIndexByte(text[:head], '\n') + 1
	if i := strings.IndexByte(text[len(text)-tail:], '\n'); i >= 0 {
		tail -= i
	} else {
		tail = 0
	}
	runs := m.e.fixedAndRandom(m.explain, s.ownFrom+head, s.ownTo-tail)
	sizes, ok := match(runs, own[head:len(own)-tail], text[head:len(text)-tail])
	if !ok {
		return nil, false
	}
	at, ownAt := s.from+head, s.ownFrom+head
	out := alignment{{s.from, at, s.ownFrom, ownAt, true}}
	for i, r := range runs {
		out = append(out, stretch{at, at + sizes[i], ownAt, ownAt + r.size, true})
		at += sizes[i]
		ownAt += r.size
	}
	return append(out, stretch{at, s.to, ownAt, s.ownTo, true}), true
}

// match finds how long each run of own is in text: where nothing but random
// bytes of the same length differs, as long as in own; else as the fixed runs
// between them are in text.
func match(runs []run, own, text string) (sizes []int, ok bool) {
	sizes = make([]int, len(runs))
	same := len(own) == len(text)
	var pattern strings.Builder
	pattern.WriteString(`(?s)\A`)
	at := 0
	for i, r := range runs {
		fixed := own[at : at+r.size]
		sizes[i] = r.size
		same = same && (r.random || text[at:at+r.size] == fixed)
		at += r.size
		if r.random {
			pattern.WriteString(`(.*?)`)
		} else {
			pattern.WriteString(`(` + regexp.QuoteMeta(fixed) + `)`)
		}
	}
	if same {
		return sizes, true
	}
	if !utf8.ValidString(own) || !utf8.ValidString(text) {
		return nil, false
	}
	exp, err := regexp.Compile(pattern.String() + `\z`)
	if err != nil {
		return nil, false
	}
	found := exp.FindStringSubmatchIndex(text)
	if found == nil {
		return nil, false
	}
	for i := range sizes {
		sizes[i] = found[2*i+3] - found[2*i+2]
	}
	return sizes, true
}

// run is a number of bytes that are all random, or all not.
type run struct {
	size   int
	random bool
}

// fixedAndRandom splits a range of the tracing engine's text. What functions
// add between random bytes, such as the indentation of a key's lines, counts as
// random: how much of it there is depends on the random text.
func (e *tracer) fixedAndRandom(x *traced, from, to int) []run {
	r := resolver{e: e, left: len(x.text) + 1}
	r.pieces(x.pieces, from, to, nil)
	seen := map[*returned]bool{}
	kinds := make([]bool, len(r.out))
	for i, l := range r.out {
		clear(seen)
		kinds[i] = r.random(l, seen)
	}
	var out []run
	add := func(n int, random bool) {
		if k := len(out); k > 0 && out[k-1].random == random {
			out[k-1].size += n
		} else if n > 0 {
			out = append(out, run{n, random})
		}
	}
	for i := 0; i < len(r.out); i++ {
		size, random := r.out[i].n, kinds[i]
		for i+1 < len(r.out) && r.out[i+1].n == 0 { // more of what the same bytes spell
			i++
			random = random || kinds[i]
		}
		if r.out[i].kind == leafMade && len(out) > 0 && out[len(out)-1].random {
			next := i + 1
			for next < len(r.out) && r.out[next].kind == leafMade {
				next++
			}
			random = next < len(r.out) && kinds[next]
		}
		add(size, random)
	}
	return out
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// pairDocuments pairs the documents of the two texts: equal ones first, then
// those of the same kind and name, then in their order. exact says that all are
// equal but for random bytes: Helm renders such a file in another order each
// time.
func (m *Manifest) pairDocuments() (out alignment, exact bool) {
	docs, own := documents(m.Text), documents(m.explain.text)
	pairs := make([]int, len(docs))
	taken := make([]bool, len(own))
	for i := range pairs {
		pairs[i] = -1
	}
	for _, same := range []func(a, b string) bool{
		func(a, b string) bool { return strings.TrimSpace(a) == strings.TrimSpace(b) },
		func(a, b string) bool { return identity(a) != "" && identity(a) == identity(b) },
		func(string, string) bool { return true },
	} {
		for i, d := range docs {
			for j, o := range own {
				if pairs[i] < 0 && !taken[j] && same(m.Text[d[0]:d[1]], m.explain.text[o[0]:o[1]]) {
					pairs[i], taken[j] = j, true
				}
			}
		}
	}
	exact = len(docs) == len(own)
	for i, d := range docs {
		if pairs[i] < 0 {
			exact = false
			continue
		}
		o := own[pairs[i]]
		a, b := strings.TrimSpace(m.Text[d[0]:d[1]]), strings.TrimSpace(m.explain.text[o[0]:o[1]])
		s := stretch{from: d[0] + strings.Index(m.Text[d[0]:d[1]], a), ownFrom: o[0] + strings.Index(m.explain.text[o[0]:o[1]], b)}
		s.to, s.ownTo = s.from+len(a), s.ownFrom+len(b)
		if a == b {
			s.exact = true
			out = append(out, s)
		} else if random, ok := m.pairRandom(s); ok {
			out = append(out, random...)
		} else {
			exact = false
			out = append(out, m.pairLines(s)...)
		}
	}
	return out, exact
}

// documents returns the ranges of the documents of a text.
func documents(text string) (out [][2]int) {
	start := 0
	for _, m := range separator.FindAllStringIndex(text, -1) {
		if strings.TrimSpace(text[start:m[0]]) != "" {
			out = append(out, [2]int{start, m[0]})
		}
		start = m[0]
	}
	return append(out, [2]int{start, len(text)})
}

var (
	separator = regexp.MustCompile(`(?m)^---`)
	kindLine  = regexp.MustCompile(`(?m)^(?:apiVersion|kind):.*$`)
	nameLine  = regexp.MustCompile(`(?m)^metadata:(?:\r?\n[ #].*)*?\r?\n {1,8}name:(.*)$`)
)

// identity is the kind and name of a document as they are written; empty where
// it has none.
func identity(doc string) string {
	name := nameLine.FindStringSubmatch(doc)
	if name == nil {
		return ""
	}
	kinds := kindLine.FindAllString(doc, -1)
	slices.Sort(kinds)
	return strings.Join(kinds, " ") + name[1]
}
