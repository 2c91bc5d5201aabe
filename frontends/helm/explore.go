package helm

import (
	"slices"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/frontends/object/example"
	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/explain"
	"github.com/mesh-check/mesh-check/render/explore"
	"github.com/mesh-check/mesh-check/render/source"
)

// Setting is one flag of helm template; see explore.Setting.
type Setting = explore.Setting

// DefaultBudget is how many renders exploring has where nothing else is said.
const DefaultBudget = explore.DefaultBudget

// ExploreOptions say how far a chart is explored.
type ExploreOptions struct {
	All    bool // guessed values too
	Budget int  // renders; 0: DefaultBudget
	Prove  bool // has Helm render Sets, which are needed for FindFiles and CIValues
	// Found, where it is set, is called with sets of settings that reach more, and with what the tracing
	// engine renders then: Render is for what Helm has to say.
	Found func(*ExploredSet, *Rendered)
}

// Explored is what exploring a chart has come to.
type Explored struct {
	Renders int
	Stopped string         // why exploring ended early; empty where it did not
	Sets    []*ExploredSet // few that reach all that is reached, each rendered by Helm; none where nobody asked for them
	Broken  []BrokenBranch
	Files   []ExploredFile // after FindFiles
	Refused []Refusal      // settings that the chart itself refuses (fail, required)
	Failed  []Refusal      // settings of which each alone makes a template fail, maybe since it needs others
	// Lines is how many lines are reached by the given values sets or by exploring, as Coverage
	// counts them: as far as the tracing engine knows, where Helm was not asked to prove it.
	Lines int

	chart *Chart
	found *explore.Explored
	base  chart.Options
	// attempts are those at which a template failed.
	attempts []Refusal
	again    int // how many of them were tried once more
	asked    int // how many renders it took to find out what the chart refuses
	// faults are what cannot be read of renders, by their settings.
	faults map[string]map[faultKey]*source.Error
	// culprits are settings that break what is rendered, if they are there together.
	culprits [][]Setting
}

// ExploredSet is settings that reach lines which nothing before them does.
type ExploredSet struct {
	Settings []Setting
	Reached  int // how many lines

	set *explore.Set
}

// Explore searches for settings with which the chart renders what its values sets leave out,
// which are rendered already. It goes on from the first of them that renders. The errors say why
// that cannot be explored.
func (c *Chart) Explore(o ExploreOptions) (*Explored, []*source.Error) {
	e := &Explored{chart: c, base: c.exploredBase()}
	var faults []fault
	sets := map[*explore.Set]*ExploredSet{}
	found, err := explore.Explore(c.chart, e.base, explore.Options{
		All: o.All, Budget: o.Budget, Prove: o.Prove, Example: example.Value, Reached: c.covered, Unwanted: leavesMesh, Hides: usesHost, Examples: examplesOf(c.options.Tree, c.chart.Root),
		Found: func(set *explore.Set, result *explain.Result) {
			own := &ExploredSet{Settings: set.Settings, set: set}
			sets[set] = own
			r := &Rendered{}
			errs := r.read(c, result.Manifests)
			faults = faultsOf(faults, own, errs)
			if o.Found != nil {
				o.Found(own, r)
			}
		},
	})
	e.found, e.Renders, e.Stopped = found, found.Renders, found.Stopped
	for _, set := range found.Sets {
		own := sets[set]
		if own == nil { // another one that reached as much was looked at
			own = &ExploredSet{Settings: set.Settings, set: set}
		}
		own.Reached = set.Lines
		e.Sets = append(e.Sets, own)
	}
	e.findRefusals(o.Prove)
	given := c.covered
	c.covered = found.Reached
	_, e.Lines = c.Coverage()
	c.covered = given
	if err != nil {
		return e, c.errors(err)
	}
	e.Broken = append(e.broken(faults), e.failures()...)
	return e, nil
}

// exploredBase is how the chart is rendered without settings: with the first values set that renders.
func (c *Chart) exploredBase() chart.Options {
	base := c.base()
	of := c.options.of(base.release)
	return chart.Options{
		ReleaseName: of.ReleaseName, Namespace: of.Namespace, KubeVersion: of.KubeVersion, APIVersions: of.APIVersions,
		IsUpgrade: of.IsUpgrade, Layers: base.layers, Sequential: true, Began: of.Began, Deadline: of.Deadline, Took: of.Took,
	}
}

// leavesMesh reports whether a value has an annotation or label of Istio, as examples in comments
// have: pods that such a one takes out of the mesh have no findings.
func leavesMesh(value any) bool {
	switch v := value.(type) {
	case string:
		return strings.Contains(v, "istio.io/")
	case []any:
		return slices.ContainsFunc(v, leavesMesh)
	case map[string]any:
		for key, below := range v {
			if leavesMesh(key) || leavesMesh(below) {
				return true
			}
		}
	}
	return false
}

// usesHost reports whether a switch moves pods into the network of their node, where Istio leaves them alone.
func usesHost(path []string) bool {
	return len(path) > 0 && strings.EqualFold(path[len(path)-1], "hostNetwork")
}

// Rendered is how many values sets were rendered.
func (c *Chart) Rendered() int { return len(c.renders) }

// Base is the values set that exploring goes on from.
func (c *Chart) Base() string { return c.base().name }

func (c *Chart) base() valuesSet {
	return c.sets[max(slices.IndexFunc(c.sets, func(s valuesSet) bool { return c.renders[s.name] }), 0)]
}

// BaseFiles are the values files of Base as settings: those of ci/ by their paths in the chart. There are none where
// they are no news to the user, who gave them for the chart, and of releases, which have more than files.
func (c *Chart) BaseFiles() (all []Setting) {
	base := c.base()
	if base.name == DefaultSet || base.name == CustomSet || base.release != nil {
		return nil
	}
	for _, l := range base.layers {
		file := l.File.Path
		if strings.HasPrefix(base.name, "ci/") && strings.HasSuffix(file, "/"+base.name) {
			file = base.name // else the user has named a set so
		}
		all = append(all, Setting{Flag: "values", Text: file})
	}
	return all
}

// Render renders with settings, as a values set is rendered. A chart that does not render is nil.
func (e *Explored) Render(settings []Setting) (*Rendered, []*source.Error) {
	return e.read(e.trial(settings).Confirm())
}

// RenderEach is Render for each of several settings, by their number, from 0 on: while somebody looks at
// one, Helm's engine is at the next.
func (e *Explored) RenderEach(sets [][]Setting) func(i int) (*Rendered, []*source.Error) {
	begun := make([]*explain.Trial, len(sets))
	begin := func(i int) {
		if i < len(sets) && begun[i] == nil {
			begun[i] = e.trial(sets[i])
			begun[i].Begin()
		}
	}
	return func(i int) (*Rendered, []*source.Error) {
		begin(i)
		begin(i + 1)
		t := begun[i]
		begun[i] = nil
		return e.read(t.Confirm())
	}
}

// Try is Render without Helm's engine, which takes most of the time: it is for searches. Of what they
// come to, nothing counts that Render does not render.
func (e *Explored) Try(settings []Setting) (*Rendered, []*source.Error) {
	return e.read(e.trial(settings).Expected())
}

// trial renders with the tracing engine.
func (e *Explored) trial(settings []Setting) *explain.Trial {
	return explore.Trial(e.chart.chart, e.base, settings)
}

// read reads what was rendered.
func (e *Explored) read(result *explain.Result, err error) (*Rendered, []*source.Error) {
	if err != nil {
		return nil, e.chart.errors(err)
	}
	r := &Rendered{}
	return r, r.read(e.chart, result.Manifests)
}

// Likely are the settings of a set that have most likely led to what is at some places.
func (e *Explored) Likely(set *ExploredSet, places ...source.Span) []Setting {
	return e.found.Likely(set.set, places...)
}

// NearestFirst are settings in another order: first those of the chart that has a template file, as a
// dependency has those below its name, and flags that are no values.
func (e *Explored) NearestFirst(settings []Setting, file string) []Setting {
	parts := map[string]bool{}
	for _, t := range e.chart.chart.Templates() {
		parts[partOf(t.File.Path)] = true
	}
	own := partOf(file)
	far := func(s Setting) int {
		if len(s.Path) > 0 {
			if key, _ := s.Path[0].(string); key != own && (own != "" || parts[key]) {
				return 1
			}
		}
		return 0
	}
	settings = slices.Clone(settings)
	slices.SortStableFunc(settings, func(a, b Setting) int { return far(a) - far(b) })
	return settings
}

// partOf is the name of the dependency that has a file; empty for the chart itself.
func partOf(file string) string {
	if below, ok := strings.CutPrefix(file, "charts/"); ok {
		name, _, _ := strings.Cut(below, "/")
		return name
	}
	return ""
}

// Opened are the settings that open branches, each once, those of the most lines first.
func (e *Explored) Opened() [][]Setting { return e.found.Opened() }

// Late reports whether the time is over.
func (e *Explored) Late() bool { return !e.base.Deadline.IsZero() && time.Now().After(e.base.Deadline) }
