package meshcheck

import (
	"cmp"
	"maps"
	"regexp"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/render/explore"
	"github.com/mesh-check/mesh-check/render/source"
)

const (
	// maxSettings is how many settings a finding may need: with more, nobody has the chart so.
	maxSettings = 4
	// maxSmallest is how many renders, for one chart, finding the fewest settings may take.
	maxSmallest = 100
)

// exploring finds what there is to report of a chart with settings that its values sets do not have.
type exploring struct {
	*chartRun

	explored *helm.Explored
	given    map[findingKey]bool // that values sets have
	found    map[findingKey]*exploredFinding
	// known are the findings of renders, by their settings: not themselves, since each would keep
	// all of its render.
	known   map[string]map[findingKey]bool
	renders int // for the fewest settings
	places  map[findingKey]setPlaces
	report  *checks.Explored
}

// exploredFinding is a finding: the settings with which it was found first, and those that
// opened the branches around it.
type exploredFinding struct {
	settings, likely []helm.Setting
	// old says that a version of Kubernetes was left out of them on which no Istio of today runs.
	old bool
}

// setPlaces are where a finding is that was found with a set of settings.
type setPlaces struct {
	set    *helm.ExploredSet
	places []source.Span
}

// findingKey is the same for one finding in several renders.
type findingKey struct {
	check    string
	file     string
	start    int
	path     string // without the numbers of elements, which others may come before
	kind     string
	fallback string // the object, where the place is not known
}

var elementNumber = regexp.MustCompile(`\[\d+\]`)

func keyOf(f *checks.Finding, at source.Origin) findingKey {
	key := findingKey{check: f.Check.ID, start: at.Span.Start, path: elementNumber.ReplaceAllString(f.Field.Path(), "[]")}
	if o := f.Field.Object(); o != nil {
		key.kind = o.Kind
		if !at.Span.Valid() {
			key.fallback = o.String()
		}
	}
	if at.Span.Valid() {
		key.file = at.Span.File.Path
	}
	return key
}

func compareKeys(a, b findingKey) int {
	return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.start, b.start), cmp.Compare(a.check, b.check), cmp.Compare(a.path, b.path),
		cmp.Compare(a.kind, b.kind), cmp.Compare(a.fallback, b.fallback))
}

// explore reports what the chart has beyond its values sets.
func (c *chartRun) explore() {
	if c.explores == nil || c.isSkipped(c.input, Exploring) || c.canceled() || c.chart.Rendered() == 0 {
		return
	}
	drawn := c.graph
	c.graph = false // the picture is of the values sets: none is drawn for each try
	defer func() { c.graph = drawn }()
	c.set = Exploring
	share := c.setDeadline(2) // the rest is for a worker that begins anew, without exploring
	c.chart.Until(share)
	c.extend(share)
	c.checkpoint(Exploring, "")
	c.result.guard("", func() {
		x := &exploring{chartRun: c, given: map[findingKey]bool{}, found: map[findingKey]*exploredFinding{}, known: map[string]map[findingKey]bool{}, places: map[findingKey]setPlaces{}}
		for _, p := range c.result.parts {
			for _, f := range p.outcome.Findings {
				x.given[keyOf(f, f.Field.Origin())] = true
			}
		}
		x.run()
	})
}

func (x *exploring) run() {
	o := *x.explores
	o.Found = x.take
	var errs []*source.Error
	x.explored, errs = x.chart.Explore(o)
	x.result.fail("", errs...)
	x.report = &checks.Explored{Lines: x.explored.Lines, Renders: x.explored.Renders, Stopped: x.explored.Stopped}
	x.result.input.Explored = x.report
	x.result.parts = append(x.result.parts, x.brokenBranches()...)
	x.alone(x.explored.Left(max(o.Budget, helm.DefaultBudget)))
	x.settle()
}

// alone looks at branches with the settings alone that open them, since what others render may hide
// what there is to find: in at most so many renders, of those that the search has left.
func (x *exploring) alone(left int) {
	for _, settings := range x.explored.Opened() {
		if left--; left < 0 || x.explored.Late() {
			return
		}
		if len(settings) > maxSettings || len(today(settings)) < len(settings) || x.known[explore.KeyOf(settings)] != nil {
			continue
		}
		for key := range x.findings(settings, x.sound(x.explored.Try(settings))) {
			if !x.given[key] && x.found[key] == nil {
				x.found[key] = &exploredFinding{settings: settings, likely: settings}
			}
		}
	}
}

// take notes what is found in a render that reaches more than those before.
func (x *exploring) take(set *helm.ExploredSet, r *helm.Rendered) {
	for key, f := range x.findings(set.Settings, r) {
		if !x.given[key] && x.found[key] == nil {
			settings := today(set.Settings)
			x.found[key] = &exploredFinding{settings: settings, old: len(settings) < len(set.Settings)}
			places := placesOf(f.Field.Origin())
			for _, r := range f.Related {
				places = append(places, placesOf(r.Field.Origin())...)
			}
			x.places[key] = setPlaces{set, places}
		}
	}
}

// findings are those of a render, without those whose value a setting has brought. A render is
// remembered by what is found.
func (x *exploring) findings(settings []helm.Setting, r *helm.Rendered) map[findingKey]*checks.Finding {
	all, known := map[findingKey]*checks.Finding{}, map[findingKey]bool{}
	if r != nil {
		outcome := x.check(r.Objects, "", nil)
		if len(outcome.Bugs) > 0 && x.result.bug == nil {
			x.result.fail("", outcome.Bugs[0].Fault(x.result.input.Path))
		}
		for _, f := range outcome.Findings {
			at := f.Field.Origin()
			if f.Suppressed == "" && !brought(f.Field, settings) {
				key := keyOf(f, at)
				all[key], known[key] = f, true
			}
		}
	}
	x.known[explore.KeyOf(settings)] = known
	return all
}

// settle finds the fewest settings of each finding, and reports those that are found with the
// same ones together: first of those that are there with the settings that opened the branches
// around them, then with what another finding of the same check needs besides, at last of those
// that need some of all settings, which the rest of that check learns from at once.
func (x *exploring) settle() {
	left := slices.SortedFunc(maps.Keys(x.found), compareKeys)
	fewest := map[findingKey][]helm.Setting{}
	learned := map[string][]helm.Setting{} // by check
	for _, key := range left {
		f := x.found[key]
		if at, ok := x.places[key]; ok {
			f.likely = today(x.explored.Likely(at.set, at.places...))
		}
		if f.old { // as a whole, they were not rendered: what is known to break that is left out
			f.settings = x.explored.Valid(f.settings)
		}
	}
	try := func(find func(findingKey, *exploredFinding) ([]helm.Setting, bool)) {
		left = slices.DeleteFunc(left, func(key findingKey) bool {
			found, ok := find(key, x.found[key])
			if ok && len(found) <= maxSettings {
				fewest[key] = found
				learned[key.check] = explore.With(learned[key.check], found...)
			}
			return ok
		})
	}
	try(func(key findingKey, f *exploredFinding) ([]helm.Setting, bool) {
		return explore.Fewest(f.likely, x.wish(key))
	})
	try(func(key findingKey, f *exploredFinding) ([]helm.Setting, bool) {
		return explore.Fewest(explore.With(learned[key.check], f.likely...), x.wish(key))
	})
	try(func(key findingKey, f *exploredFinding) ([]helm.Setting, bool) {
		if some, ok := explore.Fewest(explore.With(learned[key.check], f.likely...), x.wish(key)); ok {
			return some, ok
		}
		return explore.Smallest(x.explored.NearestFirst(f.settings, key.file), f.likely, x.wish(key))
	})
	x.report.Dropped = len(x.found) - len(fewest)
	for _, key := range left {
		if x.found[key].old {
			x.report.Dropped-- // nobody misses it
		}
	}
	if x.explored.Late() { // else what the time has cost is taken for too many settings
		x.report.Stopped = explore.StoppedTime
	}
	x.reportLater(fewest)
}

// wish is that a finding is there.
func (x *exploring) wish(key findingKey) func([]helm.Setting) bool {
	return func(some []helm.Setting) bool { return x.isFound(key, some) }
}

// reportLater has findings made once more when they are reported, those with the same settings at once.
func (x *exploring) reportLater(fewest map[findingKey][]helm.Setting) {
	with := map[string]map[findingKey]bool{}
	var sets [][]helm.Setting
	for _, key := range slices.SortedFunc(maps.Keys(fewest), compareKeys) {
		id := explore.KeyOf(fewest[key])
		if with[id] == nil {
			with[id], sets = map[findingKey]bool{}, append(sets, fewest[key])
		}
		with[id][key] = true
	}
	rendered := x.explored.RenderEach(sets)
	for i, settings := range sets {
		keys := with[explore.KeyOf(settings)]
		x.result.parts = append(x.result.parts, setOutcome{later: func() checks.Outcome { return x.outcomeWith(settings, keys, x.sound(rendered(i))) }})
	}
}

// isFound reports whether a finding is there with some settings, as far as the tracing engine knows:
// outcomeWith has Helm render those that are reported.
func (x *exploring) isFound(key findingKey, settings []helm.Setting) bool {
	known, is := x.known[explore.KeyOf(settings)]
	if is {
		return known[key]
	}
	if x.renders++; x.renders > maxSmallest || x.explored.Late() {
		return false
	}
	x.findings(settings, x.sound(x.explored.Try(settings)))
	return x.known[explore.KeyOf(settings)][key]
}

// sound is a render; nil where that has failed, or breaks something: what is found beside it may
// come of that.
func (x *exploring) sound(rendered *helm.Rendered, errs []*source.Error) *helm.Rendered {
	if len(errs) > 0 && !x.explored.AreGiven(errs) {
		return nil
	}
	return rendered
}

// outcomeWith are some of the findings with some settings: those whose settings these are.
func (x *exploring) outcomeWith(settings []helm.Setting, keys map[findingKey]bool, rendered *helm.Rendered) (out checks.Outcome) {
	out.Settings = x.typed(settings)
	found := x.findings(settings, rendered)
	for key, f := range found {
		if keys[key] {
			out.Findings = append(out.Findings, f)
		}
	}
	slices.SortFunc(out.Findings, func(a, b *checks.Finding) int {
		return compareKeys(keyOf(a, a.Field.Origin()), keyOf(b, b.Field.Origin()))
	})
	x.report.Dropped += len(keys) - len(out.Findings)
	return out
}
