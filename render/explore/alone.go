package explore

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// alone tries the settings of branches that were tried with others, and that nothing has reached, with what the branches
// around them need and nothing else, then with what their conditions were seen with first: one of the others may have hidden
// them, or may not go together with them.
func (x *search) alone() {
	if x.result.Stopped != "" {
		return
	}
	begun := x.renders
	defer func() { x.result.Alone = x.renders - begun }()
	for _, c := range x.shut() {
		last := c.next
		for i := range min(last, maxAlone) {
			for _, current := range [][]Setting{x.enclosing(c), c.base} {
				settings := with(current, c.alternatives[i]...)
				if _, known := x.tried[keyOf(settings)]; known || !c.open {
					continue
				}
				if x.over() {
					c.next = last
					return
				}
				c.next, c.deferred = i, false
				if next := x.attempt(current, []*candidate{c}); len(without(next, current)) > 0 {
					x.climb(next, added)
				}
			}
		}
		c.next = max(c.next, last)
	}
}

// shut are the candidates that are still open, though they were tried; those of the most lines first. Notes are not
// installed: they are worth no render more.
func (x *search) shut() []*candidate {
	all := slices.DeleteFunc(slices.Collect(maps.Values(x.candidates)), func(c *candidate) bool {
		return !c.open || c.next == 0 || strings.HasSuffix(c.path, "NOTES.txt")
	})
	slices.SortFunc(all, func(a, b *candidate) int { return cmp.Or(cmp.Compare(b.lines, a.lines), cmp.Compare(a.key, b.key)) })
	return all
}

// enclosing are the settings that the branches around a candidate hang on.
func (x *search) enclosing(c *candidate) (all []Setting) {
	r := x.ever[c.path]
	if r == nil {
		return nil
	}
	all = with(all, x.result.opened.parts[c.path]...)
	for _, outer := range slices.Backward(r.Template.Around(c.line)) {
		key := branchKey(c.path, outer)
		all = with(all, x.result.opened.branches[key].settings...)
		all = with(all, x.result.opened.beside[key]...)
	}
	return all
}
