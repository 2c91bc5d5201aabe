package helm

import (
	"slices"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explore"
	"github.com/mesh-check/mesh-check/render/source"
)

// ExploredFile is a template file of which exploring reaches more than the given values sets.
type ExploredFile struct {
	File    *source.File
	Reached int // lines, with exploring too
	Ranges  []ExploredRange
	Gaps    []Gap // what exploring does not reach either
}

// ExploredRange is lines that only exploring reaches.
type ExploredRange struct {
	First, Last, Lines int
	// Settings are the fewest that reach them; empty where that was not worked out.
	Settings []Setting
}

// Left is how many renders of a budget the search has left for those who look at what was opened. What it has tried alone
// at its end does not count, which would take them away from what was found before.
func (e *Explored) Left(budget int) int { return budget - e.Renders + e.found.Alone }

// maxReaches is how many renders finding the fewest settings may take.
const maxReaches = 100

// FindFiles fills in Files, with the fewest settings that reach each part: these are rendered
// once more each.
func (e *Explored) FindFiles() {
	e.base.Deadline = e.chart.options.Deadline
	r := &reaches{e: e, known: map[string]coverage.Coverage{}, helm: map[string]coverage.Coverage{}}
	var all [][]reachedLine // of each of Files
	for t, now := range e.chart.exploredTemplates(e.found) {
		given := coverage.Bits(nil)
		if before := e.chart.covered[t.File.Path]; before != nil {
			given = before.Lines()
		}
		lines := now.Lines()
		if lines.Count() <= given.Count() {
			continue
		}
		f := ExploredFile{File: t.File, Reached: lines.Count(), Gaps: now.Gaps()}
		e.chart.unnamed(f.Gaps)
		var more []reachedLine
		for line := range 64 * len(lines) {
			if lines.Has(line) && !given.Has(line) {
				more = append(more, reachedLine{line, r.fewest(t.File, line, false)})
			}
		}
		e.Files, all = append(e.Files, f), append(all, more)
	}
	for i, lines := range all { // with the renders that are left
		f := &e.Files[i]
		for _, l := range lines {
			if l.settings == nil {
				l.settings = r.fewest(f.File, l.line, true)
			}
			f.add(l.line, l.settings)
		}
	}
}

// reachedLine is a line and the fewest settings that reach it.
type reachedLine struct {
	line     int
	settings []Setting
}

// add takes in a line that settings reach.
func (f *ExploredFile) add(line int, settings []Setting) {
	if n := len(f.Ranges); n > 0 {
		if last := &f.Ranges[n-1]; explore.KeyOf(last.Settings) == explore.KeyOf(settings) {
			last.Last = line
			last.Lines++
			return
		}
	}
	f.Ranges = append(f.Ranges, ExploredRange{line, line, 1, settings})
}

// exploredTemplates are the templates with what exploring has come to.
func (c *Chart) exploredTemplates(found *explore.Explored) func(yield func(chart.Template, *coverage.Reached) bool) {
	return func(yield func(chart.Template, *coverage.Reached) bool) {
		for _, t := range c.chart.Templates() {
			if r := found.Reached[t.File.Path]; r != nil && !t.Library && !yield(t, r) {
				return
			}
		}
	}
}

// reaches finds the fewest settings that reach lines, and remembers what settings reach.
type reaches struct {
	e     *Explored
	known map[string]coverage.Coverage // as far as the tracing engine knows
	tried [][]Setting                  // those of known, in their order
	helm  map[string]coverage.Coverage // Helm too
	made  int                          // renders

	learned []Setting // with which lines were reached for which the likely ones are not enough
	spare   int       // renders that the line may take which is looked at
	spent   bool      // it would have taken more
}

// fewest are the fewest settings that reach a line; nil where that takes too long. Mostly those that opened the branches
// around it do; where they do not, more looks among all settings that were tried with them.
func (r *reaches) fewest(file *source.File, line int, more bool) []Setting {
	start := file.Offset(source.Position{Line: line, Column: 1})
	at := source.Span{File: file, Start: start, End: start}
	for _, set := range r.e.Sets {
		reached := set.set.Coverage[file.Path]
		if reached == nil || !reached.Lines().Has(line) {
			continue
		}
		smallest := r.fewestOf(set, at, line, more)
		if smallest == nil || !r.proven(smallest, file.Path, line) {
			return nil
		}
		smallest = slices.Clone(smallest)
		slices.SortStableFunc(smallest, func(a, b Setting) int {
			return slices.IndexFunc(set.Settings, same(a)) - slices.IndexFunc(set.Settings, same(b))
		})
		return smallest
	}
	return nil
}

// fewestOf are the fewest settings of a set that reach a line.
func (r *reaches) fewestOf(set *ExploredSet, at source.Span, line int, more bool) []Setting {
	path := at.File.Path
	wish := func(some []Setting) bool { return r.reaches(some, path, line) }
	r.spare, r.spent = maxMore, false
	likely := r.e.Likely(set, at)
	wide := explore.With(likely, r.e.found.Beside(set.set, at)...)
	if more {
		likely = explore.With(explore.Without(r.learned, explore.Without(r.learned, set.Settings)), wide...)
		if smallest, ok := explore.Smallest(set.Settings, likely, wish); ok && !r.spent && len(smallest) <= maxShownSettings {
			r.learned = explore.With(r.learned, smallest...)
			return smallest
		}
		return r.triedBefore(path, line)
	}
	all := likely
	if len(likely) == 0 {
		likely, all = nil, set.Settings
	}
	smallest, ok := explore.Smallest(all, likely, wish)
	if !ok && len(likely) > 0 && len(wide) > len(likely) {
		smallest, ok = explore.Smallest(wide, wide, wish)
	}
	if ok && len(smallest) <= maxShownSettings {
		return smallest
	}
	return r.triedBefore(path, line)
}

// triedBefore are the fewest settings that reach a line and were tried for others, where none of them can be
// left out; nil where there are none.
func (r *reaches) triedBefore(path string, line int) (fewest []Setting) {
	for _, some := range r.tried {
		if len(some) <= maxShownSettings && (fewest == nil || len(some) < len(fewest)) && r.needsAll(some, path, line) {
			fewest = some
		}
	}
	return fewest
}

// needsAll reports whether settings reach a line, and are known not to reach it without any one of them.
func (r *reaches) needsAll(some []Setting, path string, line int) bool {
	if len(some) == 0 || !hasLine(r.known[explore.KeyOf(some)], path, line) {
		return false
	}
	for i := range some {
		less, known := r.known[explore.KeyOf(slices.Delete(slices.Clone(some), i, i+1))]
		if len(some) > 1 && (!known || hasLine(less, path, line)) {
			return false
		}
	}
	return true
}

// maxMore is how many of the renders one line may take.
const maxMore = 25

// maxShownSettings is how many settings are of use to a person.
const maxShownSettings = 4

func same(a Setting) func(Setting) bool {
	return func(b Setting) bool { return a.String() == b.String() }
}

func (r *reaches) reaches(settings []Setting, path string, line int) bool {
	key := explore.KeyOf(settings)
	c, known := r.known[key]
	if !known {
		if r.made >= maxReaches || r.spare <= 0 || r.e.Late() {
			r.spent = true
			return false
		}
		r.made++
		r.spare--
		r.tried = append(r.tried, settings)
		c = explore.Try(r.e.chart.chart, r.e.base, settings)
		r.known[key] = c
	}
	return hasLine(c, path, line)
}

// proven reports whether Helm, too, renders a line with settings.
func (r *reaches) proven(settings []Setting, path string, line int) bool {
	key := explore.KeyOf(settings)
	c, known := r.helm[key]
	if !known {
		if r.e.Late() {
			return false
		}
		c = explore.Reach(r.e.chart.chart, r.e.base, settings)
		r.helm[key] = c
	}
	return hasLine(c, path, line)
}

func hasLine(c coverage.Coverage, path string, line int) bool {
	reached := c[path]
	return reached != nil && reached.Lines().Has(line)
}
