package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// writer collects the lines of the table; equal nodes and rules are one line.
type writer struct {
	sentences map[string]sentence
	used      map[string]bool
	missing   map[string]string // rules without a sentence, by hash
	sources   []source
	nodes     lines
	rulesOf   lines
}

// lines are different lines in the order in which they came, counted from 1.
type lines struct {
	all    [][]byte
	number map[string]int
}

func (l *lines) add(v any) int {
	text := encode(v)
	if n, ok := l.number[string(text)]; ok {
		return n
	}
	if l.number == nil {
		l.number = map[string]int{}
	}
	l.all = append(l.all, text)
	l.number[string(text)] = len(l.all)
	return len(l.all)
}

func (w *writer) number(n *node) int { return w.nodes.add(n) }
func (w *writer) rule(r rule) int    { return w.rulesOf.add(r) }

// api are the kinds of one API.
type api struct {
	kinds    map[string]*kind
	releases []string
	newest   int
}

func newWriter(sentences string) (*writer, error) {
	known, err := readSentences(sentences)
	return &writer{sentences: known, used: map[string]bool{}, missing: map[string]string{}}, err
}

// head is the first line of the table.
type head struct {
	Releases []string `json:"releases"`
	Kinds    int      `json:"kinds"`
	Rules    int      `json:"rules"`
	Nodes    int      `json:"nodes"`
}

// kindLine is the line of the versions of a kind that have one schema.
type kindLine struct {
	Group    string            `json:"group"`
	Kind     string            `json:"kind"`
	Versions map[string]string `json:"versions"` // and the release since which each is served
	Root     int               `json:"root"`
}

func (w *writer) write(apis ...api) ([]byte, error) {
	var kinds [][]byte
	for _, a := range apis {
		m := merger{w, a.releases}
		for _, key := range slices.Sorted(maps.Keys(a.kinds)) {
			for _, versions := range a.kinds[key].versionsAlike() {
				line, err := m.kind(a.kinds[key], versions, a.newest)
				if err != nil {
					return nil, err
				}
				kinds = append(kinds, encode(line))
			}
		}
	}
	if err := w.complete(); err != nil {
		return nil, err
	}
	h := head{apis[0].releases, len(kinds), len(w.rulesOf.all), len(w.nodes.all)}
	all := slices.Concat([][]byte{encode(h)}, kinds, w.rulesOf.all, w.nodes.all, [][]byte{encode(map[string]any{"sources": w.sources})})
	return append(bytes.Join(all, []byte("\n")), '\n'), nil
}

func (m *merger) kind(k *kind, versions []string, newest int) (*kindLine, error) {
	line := &kindLine{k.group, k.name, map[string]string{}, 0}
	v := make(views, len(m.releases))
	for _, version := range versions {
		served := k.versions[version]
		if slices.Max(served) != newest {
			return nil, fmt.Errorf("%s: %s is not served any more: the table has no word for that", k.name, version)
		}
		line.Versions[version] = ""
		if first := slices.Min(served); first > 0 {
			line.Versions[version] = m.releases[first]
		}
		for release, root := range k.roots[version] {
			v[release] = root
		}
	}
	var err error
	line.Root, err = m.add(v, k.name)
	return line, err
}

// complete fails where a rule has no sentence, or a sentence no rule.
func (w *writer) complete() error {
	var faults []string
	for _, hash := range slices.Sorted(maps.Keys(w.missing)) {
		faults = append(faults, "no sentence for "+hash+" | | | "+w.missing[hash])
	}
	for hash := range w.sentences {
		if !w.used[hash] {
			faults = append(faults, "no rule for the sentence "+hash)
		}
	}
	if len(faults) > 0 {
		return fmt.Errorf("sentences.txt:\n%s", strings.Join(faults, "\n"))
	}
	return nil
}
