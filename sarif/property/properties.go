// Package property is what logs of mesh-check say beyond SARIF's own members: a struct
// for each of SARIF's property bags that mesh-check fills, and the one place where the
// names of these members are spelled.
//
// In: such a struct, or a bag that JSON was read into. Out: a bag of go-sarif, whose
// struct Read gives back, and the JSON of go-sarif's structs. Every text in a struct is
// clean. What is of another shape in a log that somebody else wrote is taken for missing.
//
// The fields of a struct are in the order of their names, in which a log has them.
package property

import "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

// Run is what a run says. Build and Merge write it, and nearly every method of a log
// reads some of it.
type Run struct {
	// Configurations are the configuration files, and IgnoreComments the files with
	// ignore comments, that the run used, each once and sorted by their names.
	Configurations []Configuration `json:"configurations,omitempty"`
	IgnoreComments []Comments      `json:"ignoreComments,omitempty"`
	// Inputs are what the run looked at, in its order.
	Inputs []Input `json:"inputs"`
	// LeftOut counts what the log does not hold: findings that count by their severity,
	// open questions, errors and notes of inputs; none of them 0.
	LeftOut map[string]int `json:"leftOut,omitempty"`
	// Shard is set in the log of a part of a run.
	Shard *Shard `json:"shard,omitempty"`
	// Suppressed is the number of suppressed findings that are not among the results.
	Suppressed int `json:"suppressed"`
	// Undecided are the open questions, sorted.
	Undecided []Question `json:"undecided"`
}

// Shard says that a run is of every Parts-th input, from the Part-th (1-based) on.
type Shard struct {
	Part  int `json:"part"`
	Parts int `json:"parts"`
}

// Input is a chart, Terraform root, plan or manifest.
type Input struct {
	// Coverage is nil for other inputs than charts, and for charts that were not rendered.
	Coverage *Coverage `json:"coverage,omitempty"`
	// EmptyTemplates are how many of the Templates of a chart rendered nothing with any
	// values set; nil where Templates is 0.
	EmptyTemplates *int `json:"emptyTemplates,omitempty"`
	// Environments are those of values sets, by the set; not every set has one.
	Environments map[string]string `json:"environments,omitempty"`
	Kind         string            `json:"kind"`
	Objects      int               `json:"objects"`
	Path         string            `json:"path"` // relative to the root
	Result       string            `json:"result"`
	Templates    int               `json:"templates,omitempty"`
	ValuesSets   []string          `json:"valuesSets"`
}

// Coverage is how many lines of the templates of a chart there are that write something, and
// how many of them were rendered with any values set.
type Coverage struct {
	// Dropped is how many findings of exploring are not reported: they need too many settings,
	// or were not found again with these alone.
	Dropped int `json:"dropped,omitempty"`
	// Explored is how many lines were rendered with any values set or while exploring; nil where
	// the chart was not explored.
	Explored *int `json:"explored,omitempty"`
	Lines    int  `json:"lines"`
	Reached  int  `json:"reached"`
	Renders  int  `json:"renders,omitempty"` // of exploring
	// Stopped is why exploring ended early; empty where it did not.
	Stopped string `json:"stopped,omitempty"`
}

// Valid is the coverage where it says something, and nil for others, nil among them. What it
// says of exploring is left out where that cannot be.
func (c *Coverage) Valid() *Coverage {
	if c == nil || c.Lines <= 0 || c.Reached < 0 || c.Reached > c.Lines {
		return nil
	}
	if e := c.Explored; e == nil || *e < c.Reached || *e > c.Lines || c.Renders < 0 || c.Dropped < 0 {
		return &Coverage{Lines: c.Lines, Reached: c.Reached}
	}
	return c
}

// Question is a value that is not known, with the number of the questions that depend on
// it. ID, Object, Addresses, Path and Location are of the first of them.
type Question struct {
	Addresses []string `json:"addresses,omitempty"`
	// Checks are the ids of all checks that ask, sorted.
	Checks    []string `json:"checks"`
	Hint      string   `json:"hint,omitempty"`
	ID        string   `json:"id"`
	Input     string   `json:"input"`
	Location  *Place   `json:"location,omitempty"`
	Object    Object   `json:"object"`
	Objects   int      `json:"objects"` // how many
	Path      string   `json:"path"`
	Questions int      `json:"questions"`
	Reason    string   `json:"reason"`
}

// Place is a location of SARIF where SARIF knows of none. Nothing in it is cleaned.
type Place struct{ sarif.Location }

// Configuration is a configuration file, for which inputs it is, the number of findings
// that it ignores, and what else it changes.
type Configuration struct {
	Disabled []string `json:"disabled,omitempty"`
	File     string   `json:"file"` // relative to the root
	// Idle are the ignore rules that ignored nothing that the run looked at.
	Idle    []Position `json:"idle,omitempty"`
	Ignored int        `json:"ignored"`
	Inputs  []string   `json:"inputs"`
	Mesh    []string   `json:"mesh,omitempty"`
	// Settings are what it sets for some inputs, and exclude.
	Settings []string `json:"settings,omitempty"`
	// Severities are levels by the ids of checks.
	Severities map[string]string `json:"severities,omitempty"`
}

// Comments is a file with ignore comments, and the number of findings that they ignore.
type Comments struct {
	// Faults are comments that do not hold, or not in full; Idle those that hold and
	// ignore nothing. Both are sorted.
	Faults  []Position `json:"faults,omitempty"`
	File    string     `json:"file"` // relative to the root
	Idle    []Position `json:"idle,omitempty"`
	Ignored int        `json:"ignored"`
}

// Position is a rule or a comment, 1-based, and what is wrong with it.
type Position struct {
	Column int    `json:"column"`
	Line   int    `json:"line"`
	What   string `json:"what,omitempty"`
}

// Result is what a result says that views need.
type Result struct {
	Addresses  []string `json:"addresses,omitempty"`
	Advice     string   `json:"advice,omitempty"`
	Change     string   `json:"change,omitempty"`     // of a plan
	Dependency string   `json:"dependency,omitempty"` // the vendored sub-chart that owns the place
	// Environment is the one in which the finding is, where the input has others in which
	// it is not.
	Environment string `json:"environment,omitempty"`
	// Exact says that the place is proven, which a log that does not say so means.
	Exact bool   `json:"exact"`
	Input string `json:"input"`
	// Kind is what is at the place; nil where the frontend knew no place.
	Kind *string `json:"kind,omitempty"`
	// Message is without its final stop and without what is appended for SARIF.
	Message string `json:"message"`
	Object  Object `json:"object"`
	// Objects are all objects of a finding that is about several, Object being the first.
	Objects []Object `json:"objects,omitempty"`
	// Origins are the trace behind the place, nearest first, and then what other instances
	// and releases have besides.
	Origins []Step `json:"origins"`
	// OriginsLeftOut is how many of those of others are not among Origins.
	OriginsLeftOut int    `json:"originsLeftOut,omitempty"`
	Path           string `json:"path"`
	Reason         string `json:"reason,omitempty"` // why it is not Exact
	Rendered       string `json:"rendered,omitempty"`
	// Settings are those of exploring without which the finding is not there; see Settings.
	Settings   []string `json:"settings,omitempty"`
	ValuesSets []string `json:"valuesSets"`
}

// Object names a Kubernetes object.
type Object struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	// Location is, of a further object of a result, the id of the related location where
	// it is; 0: none is.
	Location  int    `json:"location,omitempty"`
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
}

// Step is one step of a trace: a call, or where the value was written.
type Step struct {
	Derived bool   `json:"derived,omitempty"`
	Flag    string `json:"flag,omitempty"`
	// Location is the id of the related location of the step; 0: it has none.
	Location int    `json:"location,omitempty"`
	Name     string `json:"name"`
	Other    bool   `json:"other,omitempty"`   // of another instance or release than the first
	Primary  bool   `json:"primary,omitempty"` // its place is the result's own
	Role     string `json:"role"`
}

// Notification is what an error or a note of an input says. The note that counts what was
// left out has LeftOut.
type Notification struct {
	Advice  string `json:"advice,omitempty"`
	Input   string `json:"input"`
	LeftOut bool   `json:"leftOut,omitempty"`
	Message string `json:"message"`
	// Repository says that a note is about the repository of several inputs.
	Repository bool   `json:"repository,omitempty"`
	ValuesSet  string `json:"valuesSet,omitempty"`
}

// Rule is what GitHub reads of a rule. Tags have a field of their own in go-sarif's bag
// when a log was read; Read finds them.
type Rule struct {
	Precision       string   `json:"precision"`
	ProblemSeverity string   `json:"problem.severity"`
	Tags            []string `json:"tags,omitempty"`
}

// Location is what is meant of the thing that a location names.
type Location struct {
	Part string `json:"part"`
}

// Artifact is the file in an archive that an artifact's location means.
type Artifact struct {
	Member string `json:"member"`
}

// Graph is what a graph of a run is of.
type Graph struct {
	// Environments are those that its values sets belong to.
	Environments []string `json:"environments,omitempty"`
	Input        string   `json:"input"`
	// LeftOut is how many nodes the graph has no room for.
	LeftOut int `json:"leftOut,omitempty"`
	// LostEdges is how many edges between its nodes it has no room for.
	LostEdges int `json:"lostEdges,omitempty"`
	// OtherSets is, of the first graph of an input, how many more values sets have one that is not here.
	OtherSets int `json:"otherSets,omitempty"`
	// Together says that the graph is of all inputs, which are one cluster.
	Together bool `json:"together,omitempty"`
	// ValuesSets are those that give this graph; none where it is of no set in particular.
	ValuesSets []string `json:"valuesSets,omitempty"`
}

// Node is what a node of a graph is. MTLS, Mesh and Ports are empty where there is nothing to say.
type Node struct {
	Lane string `json:"lane"` // gateway, route, service or workload
	Mesh string `json:"mesh,omitempty"`
	// Missing says that nothing in the input is what it stands for.
	Missing bool   `json:"missing,omitempty"`
	MTLS    string `json:"mtls,omitempty"`
	Object  Object `json:"object"`
	Ports   []Port `json:"ports,omitempty"`
	Unknown bool   `json:"unknown,omitempty"` // the value that names it is not known; the name of Object says why
}

// Port is a port with the protocol that Istio takes it for.
type Port struct {
	MTLS     string `json:"mtls,omitempty"` // how it accepts traffic, where that is not how the workload does on its other ports
	Name     string `json:"name"`
	Protocol string `json:"protocol"` // empty for a port of a workload
}

// Edge is what an edge of a graph says.
type Edge struct {
	Path   string `json:"path,omitempty"`   // of the field that says so
	Unsure bool   `json:"unsure,omitempty"` // a value that decides it is not known
}
