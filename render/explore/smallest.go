package explore

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// opened says of each branch that exploring has reached with which settings it did.
type opened struct {
	branches map[string]openedBranch // by the key of a candidate
	beside   map[string][]Setting    // what branches hang on that opened together with those around them
	parts    map[string][]Setting    // of dependencies, by the Paths of their templates
}

// openedBranch is a branch that was opened with settings, and where it is.
type openedBranch struct {
	settings []Setting
	whole    bool // they are all that its condition needs
	path     string
	line     int // in it
	lines    int // that it has
}

func newOpened() opened {
	return opened{map[string]openedBranch{}, map[string][]Setting{}, map[string][]Setting{}}
}

func branchKey(path string, b coverage.Branch) string {
	return fmt.Sprintf("%s:%d:%s", path, b.Pos, b.Kind)
}

// Likely are the settings that have opened the branches around some places: most likely all that
// a set needs for what is there to be rendered.
func (e *Explored) Likely(set *Set, places ...source.Span) (likely []Setting) {
	add := func(settings []Setting) {
		for _, s := range settings {
			if slices.ContainsFunc(set.Settings, s.same) && !slices.ContainsFunc(likely, s.same) {
				likely = append(likely, s)
			}
		}
	}
	for _, at := range places {
		if !at.Valid() {
			continue
		}
		add(e.opened.parts[at.File.Path])
		r := set.Coverage[at.File.Path]
		if r == nil {
			continue
		}
		for _, b := range r.Template.Around(at.Begin().Line) {
			add(e.opened.branches[branchKey(at.File.Path, b)].settings)
		}
	}
	return likely
}

// Opened are the settings with which branches were opened, and those around them: each once, those
// of the most lines first.
func (e *Explored) Opened() (all [][]Setting) {
	byKey, lines := map[string][]Setting{}, map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(e.opened.branches)) {
		b := e.opened.branches[name]
		settings := e.around(b)
		if len(settings) == 0 {
			continue
		}
		key := keyOf(settings)
		if byKey[key] == nil {
			byKey[key] = settings
		}
		if b.whole {
			lines[key] += b.lines
		}
	}
	keys := slices.SortedFunc(maps.Keys(byKey), func(a, b string) int {
		return cmp.Or(cmp.Compare(lines[b], lines[a]), cmp.Compare(a, b))
	})
	for _, key := range keys {
		all = append(all, byKey[key])
	}
	return all
}

// around are the settings of a branch and of those around it, its own in the place of others.
func (e *Explored) around(b openedBranch) (all []Setting) {
	if r := e.Reached[b.path]; r != nil {
		all = with(all, e.opened.parts[b.path]...)
		for _, outer := range slices.Backward(r.Template.Around(b.line)) {
			all = with(all, e.opened.branches[branchKey(b.path, outer)].settings...)
		}
	}
	return with(all, b.settings...)
}

// Smallest are settings, of some, with which a wish still comes true, and none of which can be left
// out: it tries the likely ones, then, where these do not do, adds what they lack. ok is false where
// the wish does not come true, or where that takes too many tries. wish is asked once for
// the same settings, in whatever order, by those who remember.
func Smallest(all, likely []Setting, wish func([]Setting) bool) (smallest []Setting, ok bool) {
	left := maxTries
	holds := func(some []Setting) bool {
		if left <= 0 {
			return false
		}
		left--
		return wish(some)
	}
	likely = slices.DeleteFunc(slices.Clone(likely), func(s Setting) bool { return !slices.ContainsFunc(all, s.same) })
	current := likely
	if len(likely) == 0 || !holds(likely) {
		if !holds(all) {
			return nil, false
		}
		if current = narrowed(all, likely, holds); current == nil {
			current = halved(all, likely, holds)
		}
	}
	current = fewer(current, holds)
	return current, left > 0 || len(current) == 1
}

// Fewest are settings, of some with all of which a wish comes true, of which none can be left out.
// ok is false where it does not come true with all of them.
func Fewest(all []Setting, wish func([]Setting) bool) (fewest []Setting, ok bool) {
	if len(all) == 0 || !wish(all) {
		return nil, false
	}
	return fewer(all, wish), true
}

// fewer leaves out what it can of settings, one by one.
func fewer(current []Setting, holds func([]Setting) bool) []Setting {
	for i := len(current) - 1; i >= 0 && len(current) > 1; i-- {
		if less := slices.Delete(slices.Clone(current), i, i+1); holds(less) {
			current = less
		}
	}
	return current
}

// maxTries is how often a wish is asked about for one set of settings.
const maxTries = 50

// narrowed adds to the likely settings what they lack of all, one by one: the last of the shortest
// beginning of the rest with which the wish holds is one of them. The wish holds with all. It is nil where each
// setting seems to be needed, as it does where a setting hides what others show again.
func narrowed(all, likely []Setting, holds func([]Setting) bool) []Setting {
	rest := without(all, likely)
	needed := slices.Clone(likely)
	for lasts := 0; len(rest) > 0 && lasts < maxLasts; {
		fails, does := 0, len(rest)
		for does-fails > 1 {
			if middle := (fails + does) / 2; holds(slices.Concat(needed, rest[:middle])) {
				does = middle
			} else {
				fails = middle
			}
		}
		if does == len(rest) && does > 1 {
			lasts++
		}
		needed, rest = append(needed, rest[does-1]), rest[:does-1]
		if holds(needed) {
			return needed
		}
	}
	return nil
}

// maxLasts is how often the last of many settings is taken for one that is needed.
const maxLasts = 2

// halved leaves out what it can of settings, with all of which the wish holds, in halves.
func halved(all, likely []Setting, holds func([]Setting) bool) []Setting {
	rest := without(all, likely)
	current := slices.Concat(likely, rest)
	for size := (len(rest) + 1) / 2; size > 0 && len(current) > 1; size /= 2 {
		for at := len(current) - size; at >= 0; at -= size {
			if less := slices.Delete(slices.Clone(current), at, at+size); len(less) > 0 && holds(less) {
				current = less
			}
		}
	}
	return current
}

// KeyOf is the same for the same settings, in whatever order.
func KeyOf(all []Setting) string { return keyOf(all) }
