package coverage

import (
	"cmp"
	"slices"
	"strings"
)

// Gap is a part of a template that no render has come to, though it has come to what is
// around it.
type Gap struct {
	Kind Kind
	// First and Last are the lines from the first to the last one that counts; Lines is how
	// many count between them that were not reached. A gap that does nothing but refuse has
	// none, and the line of the refusal.
	First, Last, Lines int
	// Line is where the branch, or the definition, begins; Condition the condition of a
	// branch, as it is written.
	Line      int
	Condition string
	// Pos is where the condition begins in the template's source, in bytes.
	Pos int
	// Name is that of a definition.
	Name string
	// Shadowed says of a definition that another file defines the same name again.
	Shadowed bool
	// Unnamed says of a definition that no template includes it by its name. It is false
	// here: other files may.
	Unnamed bool
	// Left says that the part is behind a break or continue, which was reached each time.
	Left bool
	// Refuses says that it calls fail, with the text Refusal, in the line RefusalLine.
	Refuses     bool
	Refusal     string
	RefusalLine int
	// Otherwise is what is to be said of it in the place of how its condition came out, in whole words. It is
	// empty here: nothing is known but what renders have come to.
	Otherwise string
}

// Gaps are the outermost parts that were not reached, in the order of the file.
func (r *Reached) Gaps() []Gap {
	g := gaps{r: r, t: r.Template, reached: r.Lines(), entered: make([]bool, len(r.Template.blocks)), found: map[gapKey]*found{}}
	for i, run := range g.t.Runs {
		g.entered[run.block] = g.entered[run.block] || r.Runs[i]
	}
	for _, s := range g.t.segments {
		if !r.Runs[s.run] {
			f := g.of(s.run)
			f.add(g.t, int(s.first), int(s.last))
		}
	}
	for i, run := range g.t.Runs {
		if b := g.t.blocks[run.block]; b.refuses && !g.entered[run.block] && !r.Runs[i] {
			g.refusal(int32(i), b)
		}
	}
	var all []Gap
	for key, f := range g.found {
		if gap, is := g.gap(key, f); is {
			all = append(all, gap)
		}
	}
	slices.SortFunc(all, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Kind, b.Kind))
	})
	return all
}

type gaps struct {
	r       *Reached
	t       *Template
	reached Bits
	entered []bool // of each block
	found   map[gapKey]*found
}

// gapKey names a gap: the block that was not entered, or of one that was the run.
type gapKey struct{ block, run int32 }

// found is what is known of a gap.
type found struct {
	lines Bits
	own   block // that refuses
}

func (f *found) add(t *Template, first, last int) {
	if f.lines == nil {
		f.lines = make(Bits, len(t.Lines))
	}
	f.lines.addRange(t.Lines, first, last)
}

// of is the gap that a run belongs to that was not reached.
func (g *gaps) of(run int32) *found {
	key := gapKey{g.t.Runs[run].block, -1}
	for {
		if g.entered[key.block] {
			key.run = run
			break
		}
		outer := g.t.blocks[key.block].outer
		if outer < 0 {
			break
		}
		around := int32(g.t.RunAt(int(outer)))
		if around < 0 || g.r.Runs[around] {
			break
		}
		run, key.block = around, g.t.Runs[around].block
	}
	f := g.found[key]
	if f == nil {
		f = &found{}
		g.found[key] = f
	}
	return f
}

// refusal notes a block that refuses, where it is a gap of its own.
func (g *gaps) refusal(run int32, b block) {
	if b.outer < 0 {
		return
	}
	if around := g.t.RunAt(int(b.outer)); around < 0 || !g.r.Runs[around] {
		return
	}
	g.of(run).own = b
}

// gap is what was found, in words; is reports whether there is something to report.
func (g *gaps) gap(key gapKey, f *found) (gap Gap, is bool) {
	b := g.t.blocks[key.block]
	gap = Gap{Kind: b.kind, Line: g.lineOf(b.pos), Left: key.run >= 0}
	for line := range 64 * len(f.lines) {
		if f.lines.Has(line) && !g.reached.Has(line) {
			if gap.Lines++; gap.First == 0 {
				gap.First = line
			}
			gap.Last = line
		}
	}
	if f.own.refuses {
		gap.Refuses, gap.Refusal = true, strings.Join(strings.Fields(g.t.names[f.own.refusal]), " ")
		gap.RefusalLine = g.lineOf(f.own.at)
		if gap.First == 0 {
			gap.First, gap.Last = gap.RefusalLine, gap.RefusalLine
		}
	}
	switch b.kind {
	case File:
	case Define:
		gap.Name = g.t.names[b.name]
		gap.Shadowed = g.shadowed(key.block)
	default:
		gap.Condition, gap.Pos = condition(g.t.src, int(b.pos)), int(b.pos)
	}
	return gap, gap.Lines > 0 || gap.Refuses
}

// shadowed reports whether a definition is not the one that counts.
func (g *gaps) shadowed(block int32) bool {
	for i, run := range g.t.Runs {
		if run.block == block && g.r.Live[i] {
			return false
		}
	}
	return true
}

func (g *gaps) lineOf(pos int32) int { return 1 + strings.Count(g.t.src[:pos], "\n") }
