package explore

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
)

// candidate is a branch that nothing has reached, with the settings that may.
type candidate struct {
	key          string
	lines        int // that are in it
	alternatives [][]Setting
	next         int       // the alternative that is tried next
	base         []Setting // with which the branch was seen
	open         bool      // nothing has reached it yet
	deferred     bool      // it failed together with others
	noted        bool      // with what it was opened
	files        []string  // of a dependency: its templates
	path         string    // of a branch: its template, and a line in it
	line         int
	went, failed bool // a render with its settings
	guessed      bool // a value was left out that nobody has named
}

// now are the settings that are tried next; nil where none are left.
func (c *candidate) now() []Setting {
	if !c.open || c.next >= len(c.alternatives) {
		return nil
	}
	return c.alternatives[c.next]
}

// basis is the weakest one of the settings that are tried next.
func (c *candidate) basis() (b Basis) {
	for _, s := range c.now() {
		b = max(b, s.Basis)
	}
	return b
}

// learn takes from a render what the branches need that nothing has reached yet.
func (x *search) learn(t *explain.Trial, settings []Setting) {
	for _, c := range x.candidates {
		c.open = false
	}
	x.sources.values = t.Values()
	for _, path := range files(x.ever) {
		r := x.ever[path]
		for _, gap := range r.Gaps() {
			if gap.Lines == 0 || gap.Refuses || gap.Left {
				continue
			}
			want, isBranch := wants[gap.Kind]
			if !isBranch {
				continue
			}
			c := x.candidate(branchKey(path, coverage.Branch{Kind: gap.Kind, Pos: gap.Pos}), gap.Lines, settings)
			c.path, c.line = path, gap.First
			if d := t.Decision(r.File, gap.Pos); d != nil {
				x.offer(c, d, want)
			}
		}
	}
	x.dependencies(settings)
	x.note(settings)
}

// note keeps with which settings branches were opened.
func (x *search) note(settings []Setting) {
	for key, c := range x.candidates {
		if c.open || c.noted {
			continue
		}
		c.noted = true
		own := openedBranch{settings: partly(c.alternatives, settings), path: c.path, line: c.line, lines: c.lines}
		for _, way := range c.alternatives {
			if !slices.ContainsFunc(way, func(s Setting) bool { return !slices.ContainsFunc(settings, s.same) }) {
				own.settings, own.whole = way, true
				for _, file := range c.files {
					x.result.opened.parts[file] = append(x.result.opened.parts[file], way...)
				}
				break
			}
		}
		x.result.opened.branches[key] = own
	}
}

// partly are, of the way to a branch that shares most with some settings, those that it shares.
func partly(ways [][]Setting, settings []Setting) (most []Setting) {
	for _, way := range ways {
		shared := without(way, without(way, settings))
		if len(shared) > len(most) {
			most = shared
		}
	}
	return most
}

// wants is how the decision has to come out for a branch to be executed.
var wants = map[coverage.Kind]bool{
	coverage.If: true, coverage.Else: false, coverage.With: true, coverage.WithElse: false, coverage.Range: true, coverage.RangeElse: false,
}

func (x *search) candidate(key string, lines int, settings []Setting) *candidate {
	c := x.candidates[key]
	if c == nil {
		c = &candidate{key: key, base: settings}
		x.candidates[key] = c
	}
	c.open, c.lines = true, lines
	return c
}

// offer adds the ways in which a decision would come out differently.
func (x *search) offer(c *candidate, d *explain.Decision, want bool) {
	x.sources.guessed = false
	for _, seen := range d.Seen {
		r := newReader()
		r.ranges, r.pairs = d.Kind == coverage.Range, len(d.Pipe.Decl) == 2
		r.dots = r.ranges || d.Kind == coverage.With
		if want {
			r.body = d.Body
		}
		plans := r.plans(pipeline(d.Pipe), want, seen)
		if !want {
			plans = append(otherwise(plans, d.Else), plans...)
		}
		for _, p := range plans {
			for _, settings := range x.sources.alternatives(p) {
				x.add(c, settings)
			}
		}
	}
	c.guessed = c.guessed || x.sources.guessed
	rest := c.alternatives[min(c.next, len(c.alternatives)):]
	slices.SortStableFunc(rest, func(a, b []Setting) int { return cmp.Compare(weakest(a), weakest(b)) })
}

func weakest(all []Setting) (b Basis) {
	for _, s := range all {
		b = max(b, s.Basis)
	}
	return b
}

// maxOffered is how many alternatives one branch has.
const maxOffered = 12

func (x *search) add(c *candidate, settings []Setting) {
	known := func(old []Setting) bool { return keyOf(old) == keyOf(settings) }
	if len(settings) > 0 && len(c.alternatives) < maxOffered && !slices.ContainsFunc(c.alternatives, known) {
		c.alternatives = append(c.alternatives, settings)
	}
}

// dependencies offers to turn on what is left out as a whole.
func (x *search) dependencies(settings []Setting) {
	for _, p := range x.sources.parts {
		if len(p.Path) == 0 || p.Lines == 0 || len(p.Conditions) == 0 && len(p.Tags) == 0 || x.rendered(p) {
			continue
		}
		c := x.candidate("dependency:"+strings.Join(p.Path, "."), p.Lines, settings)
		c.files = p.Files
		for _, condition := range p.Conditions {
			if is, ok := chart.Lookup(x.sources.values, condition); ok && is == true {
				continue
			}
			if s, ok := set(condition, true, Switch); ok {
				x.add(c, []Setting{s})
			}
		}
		for _, tag := range p.Tags {
			if s, ok := set(chart.Path{"tags", tag}, true, Switch); ok {
				x.add(c, []Setting{s})
			}
		}
	}
}

// rendered reports whether something of a dependency was rendered.
func (x *search) rendered(p chart.Part) bool {
	return slices.ContainsFunc(p.Files, func(file string) bool { return x.ever[file] != nil })
}

// eligible are the candidates that are tried next with settings of one basis, the largest first.
func (x *search) eligible(basis Basis, with func(*candidate) bool) (all []*candidate) {
	for _, c := range x.candidates {
		if c.now() != nil && c.basis() <= basis && with(c) {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(a.basis(), b.basis()), cmp.Compare(b.lines, a.lines), cmp.Compare(a.key, b.key))
	})
	return all
}
