package helm

import (
	"sync"
	"time"

	"github.com/mesh-check/mesh-check/render"
	"github.com/mesh-check/mesh-check/render/chart"
	"github.com/mesh-check/mesh-check/render/coverage"
	"github.com/mesh-check/mesh-check/render/source"
)

// Options say how charts are rendered. Their meaning is that of the flags of
// `helm template`; the zero Options are those of a plain `helm template CHART`.
type Options struct {
	// Tree is where charts and values files are; nil is the disk.
	Tree source.Tree

	ReleaseName string   // default: the chart's name
	Namespace   string   // default: "default"
	KubeVersion string   // such as 1.34.0; default: the newest known
	APIVersions []string // added to the default capabilities
	IsUpgrade   bool     // .Release.IsUpgrade instead of .IsInstall
	// Layers are the values of flags: -f files, then --set. Where there are some,
	// the chart is rendered with them, and not with its default values and those
	// of ci/.
	Layers []chart.Layer
	// ValuesSets are rendered besides.
	ValuesSets []ValuesSet
	// NoCI leaves out the values of ci/, and NoExplored those of them that CIValues makes.
	NoCI, NoExplored bool

	// Sequential, Began and Deadline are those of render.Options.
	Sequential bool
	Began      func(template string)
	Deadline   time.Time
	// Took is that of render.Options, and also receives how long it took to decode
	// the manifests.
	Took func(step string, took time.Duration)
}

// Cluster are the options that say what a cluster is like, and how charts are read, without
// those of one release.
func (o Options) Cluster() Options {
	o.ReleaseName, o.Namespace, o.Layers, o.ValuesSets = "", "", nil, nil
	return o
}

// Abandoned is the number of Helm's engines that still run though Render has
// returned; see render.Abandoned.
func Abandoned() int { return render.Abandoned() }

// ValuesSet is a set of values that a chart is rendered with.
type ValuesSet struct {
	Name string
	// Files are the paths of values files; the later one wins.
	Files []string
	// Release, where it is set, says how else the chart is rendered; its values come behind
	// those of Files.
	Release *Release
}

// Release is how a chart is installed under a name: what is empty is as in Options.
type Release struct {
	Name, Namespace, KubeVersion string
	APIVersions                  []string
	Layers                       []chart.Layer
}

// The names of values sets that no file gives a name.
const (
	DefaultSet = "default" // the chart's own values
	CustomSet  = "custom"  // Options.Layers
)

// Chart is a chart with its values sets. It is safe for use by several goroutines.
type Chart struct {
	path    string
	chart   *chart.Chart
	options Options
	sets    []valuesSet

	mu      sync.Mutex
	covered coverage.Coverage // by all sets that were rendered
	seen    map[renderingKey]*Rendered
	noted   map[string]bool // notes that were reported
	renders map[string]bool // values sets that were rendered
}

// Until sets the deadline of what is rendered from now on; see render.Options. It must
// not be called while something is.
func (c *Chart) Until(deadline time.Time) { c.options.Deadline = deadline }

// Forget gives back what was rendered: no later set is the same as an earlier one.
func (c *Chart) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.seen)
}

// Load reads a chart from a directory or an archive, and the files of its values
// sets. The error is a *source.Error. A values file that cannot be read is an error
// of its set, which Render gives.
func Load(path string, o Options) (*Chart, error) {
	o.Tree = source.Or(o.Tree)
	c, err := chart.LoadFrom(o.Tree, path)
	if err != nil {
		return nil, err
	}
	sets, err := setsOf(c, o)
	if err != nil {
		return nil, err
	}
	return &Chart{path: path, chart: c, options: o, sets: sets, seen: map[renderingKey]*Rendered{}, noted: map[string]bool{}, renders: map[string]bool{}}, nil
}

// Name is the chart's name in Chart.yaml.
func (c *Chart) Name() string { return c.chart.Name }

// Problems are the faults that do not stop the rendering: files that were left out,
// dependencies that are declared and missing.
func (c *Chart) Problems() []*source.Error { return c.chart.Problems }

// Files are the files that a rendering with a values set reads, as people wrote them: the
// chart's own and its sub-charts', and the values files of the set.
func (c *Chart) Files(set string) []*source.File {
	files := c.chart.Files()
	for _, s := range c.sets {
		for _, l := range s.layers {
			if s.name == set && l.File != nil {
				files = append(files, l.File)
			}
		}
	}
	return files
}

// Sets are the names of the values sets in the order of their rendering.
func (c *Chart) Sets() []string {
	names := make([]string, len(c.sets))
	for i, s := range c.sets {
		names[i] = s.name
	}
	return names
}
