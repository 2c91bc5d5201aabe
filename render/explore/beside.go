package explore

import (
	"slices"

	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/explain"
	"github.com/mesh-check/mesh-check/render/source"
)

// besides keeps of each branch that a render has reached before any had come to its condition, on which of the
// settings that condition hangs: it opened together with what is around it, so that nobody has tried to open it.
func (x *search) besides(t *explain.Trial, now coverage.Coverage, settings []Setting) {
	for path, r := range now {
		lines := r.Lines()
		if old := x.ever[path]; old != nil {
			lines = lines.Without(old.Lines())
		}
		for line := range 64 * len(lines) {
			if !lines.Has(line) {
				continue
			}
			for _, b := range r.Template.Around(line) {
				key := branchKey(path, b)
				if _, known := x.result.opened.beside[key]; known || x.candidates[key] != nil {
					continue
				}
				x.result.opened.beside[key] = hangsOn(t.Decision(r.File, b.Pos), wants[b.Kind], settings)
			}
		}
	}
}

// Beside are the settings of a set on which those branches around a place hang that opened together with others: what
// Likely does not have.
func (e *Explored) Beside(set *Set, at source.Span) (all []Setting) {
	r := set.Coverage[at.File.Path]
	if r == nil {
		return nil
	}
	for _, b := range r.Template.Around(at.Begin().Line) {
		for _, s := range e.opened.beside[branchKey(at.File.Path, b)] {
			if slices.ContainsFunc(set.Settings, s.same) {
				all = with(all, s)
			}
		}
	}
	return all
}

// hangsOn are the settings without which a decision may not come out as it has.
func hangsOn(d *explain.Decision, is bool, settings []Setting) []Setting {
	if d == nil {
		return nil
	}
	var paths []chart.Path
	for _, seen := range d.Seen {
		paths = append(paths, waysOf(explain.Stop{Pipe: d.Pipe, Seen: seen})...)
		for _, p := range newReader().plans(pipeline(d.Pipe), !is, seen) {
			for _, n := range p {
				if n.path != nil {
					paths = append(paths, n.path)
				}
			}
		}
	}
	return touching(settings, paths)
}
