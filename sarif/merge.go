package sarif

import (
	"cmp"
	"fmt"
	"math"
	"sync"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// MergeOptions says how logs are merged.
type MergeOptions struct {
	// Version is the version of mesh-check that all logs must have; empty: that of
	// the first.
	Version string
	// Suite and Help are as in Options: the rules of these checks are described anew,
	// those of other checks are taken from the logs. Without a suite all rules are the
	// logs' own.
	Suite []*checks.Check
	Help  func(*checks.Check) Help
	// ShowSuppressed is as in Options, for what ApplyBaseline adds.
	ShowSuppressed bool
	// Written says that the merged log will be written (Write): its rules, most of the bytes
	// of a small log, are written while others make the logs.
	Written bool
	// Names are what errors call the logs; without, they are numbered from 1.
	Names []string
	// Distinct makes an input that is in two logs an error.
	Distinct bool
}

// Merge makes one log of logs that mesh-check wrote about different inputs: the log
// that one run over all of them would have written, byte for byte. Its inputs and
// notifications are in the order of the logs, those of shards (MarkShard) in the order
// of their run. The logs are not to be used after.
//
// A log of another tool, of another version of mesh-check, or with members that
// mesh-check does not write is an error that names it.
func Merge(logs []*Log, o MergeOptions) (*Log, error) {
	m := NewMerger(o)
	for i, l := range logs {
		if err := m.Add(i, l); err != nil {
			return nil, err
		}
	}
	return m.Log()
}

// Merger is Merge for logs that come one at a time: it holds no more of them than the
// merged log will.
type Merger struct {
	MergeOptions
	shards        []property.Shard // of each log
	inputs        map[string]int   // the log that has an input
	told          map[string]bool  // notes of repositories
	list          []entry
	results       []placed
	questions     []openQuestion
	failures      []placedNotification
	notes         []placedNotification
	rules         [][]*sarif.ReportingDescriptor // of each log
	index         map[string]int                 // of a rule in the merged log, by id
	described     func() []*sarif.ReportingDescriptor
	written       property.Written
	graphs        []placedGraph
	suppressed    int
	configured    []property.Configuration
	comments      []property.Comments
	left          omitted
	notSuccessful bool
	size          int // of what was added, in bytes, at most as far as maxBytes; -1: not known
	unshed        int // of what was added since the last call of shed
}

// NewMerger returns a Merger of no logs. The rules of the suite are described while others
// make the logs, which takes longer.
func NewMerger(o MergeOptions) *Merger {
	m := &Merger{
		MergeOptions: o, left: omitted{}, inputs: map[string]int{}, told: map[string]bool{}, index: map[string]int{},
	}
	m.described = sync.OnceValue(m.describeSuite)
	go func() {
		defer func() { _ = recover() }() // who asks for them has the panic again
		m.described()
	}()
	return m
}

// Log is the log of all that was added.
func (m *Merger) Log() (*Log, error) {
	if err := m.wholeRun(); err != nil {
		return nil, err
	}
	m.configured = mergeConfigurations(m.configured)
	m.inRunOrder()
	report := sarif.NewReport()
	report.AddRun(m.run())
	return &Log{report: report, showSuppressed: m.ShowSuppressed, fits: true, written: m.written}, nil
}

// placed is a result and where it is.
type placed struct {
	order  order
	log    int
	result *sarif.Result
	size   int // see sizeOf; 0: not analyzed
}

// spot is where something about an input is: the place of the input in the run that
// shards are of, the log, and where in it.
type spot struct{ position, log, index int }

func (a spot) compare(b spot) int {
	return cmp.Or(cmp.Compare(a.position, b.position), cmp.Compare(a.log, b.log), cmp.Compare(a.index, b.index))
}

func (m *Merger) name(i int) string {
	if i < len(m.Names) {
		return m.Names[i]
	}
	return fmt.Sprintf("log %d", i+1)
}

// Add takes the i-th log (from 0): they may come in any order. The log is not to be
// used after.
func (m *Merger) Add(i int, l *Log) error {
	if err := m.add(i, l); err != nil {
		return fmt.Errorf("%s: %w", m.name(i), err)
	}
	m.shed()
	return nil
}

func (m *Merger) add(i int, l *Log) error {
	run, err := l.ownRun()
	if err != nil {
		return err
	}
	version := deref(driver(run).Version)
	if m.Version == "" {
		m.Version = version
	}
	if version != m.Version {
		return fmt.Errorf("was written by mesh-check %s, the others by %s; write all of them with one version", version, m.Version)
	}
	part, err := shardOf(run)
	if err != nil {
		return err
	}
	for len(m.shards) <= i {
		m.shards, m.rules = append(m.shards, property.Shard{}), append(m.rules, nil)
	}
	m.shards[i], m.rules[i] = part, driver(run).Rules
	m.weigh(l)
	position := map[string]int{} // of an input in the run of all shards
	own := ownProperties(run)
	for k, in := range own.Inputs {
		which := in.Path + "\x00" + in.Kind // a directory can be a Terraform root and have manifests
		if first, twice := m.inputs[which]; twice && m.Distinct {
			return fmt.Errorf("has the input %s, which is also in %s; put each input in one log", in.Path, m.name(first))
		}
		m.inputs[which] = i
		position[in.Path] = k*part.Parts + part.Part
		m.list = append(m.list, entry{spot{position[in.Path], i, k}, in})
	}
	for _, q := range own.Undecided {
		m.questions = append(m.questions, openQuestion{bare(questionPlace(run, q)), q})
	}
	for _, r := range run.Results {
		if r != nil {
			m.results = append(m.results, placed{orderIn(run, r), i, r, 0})
		}
	}
	for k, g := range run.Graphs {
		if g != nil {
			m.graphs = append(m.graphs, placedGraph{spot{position[property.Read(g.Properties, property.Graph{}).Input], i, k}, g})
		}
	}
	m.suppressed += own.Suppressed
	m.configured, m.comments = append(m.configured, own.Configurations...), append(m.comments, own.IgnoreComments...)
	m.left.add(omittedOf(run))
	inv := run.Invocations[0]
	m.notSuccessful = m.notSuccessful || !deref(inv.ExecutionSuccessful)
	for k, n := range inv.ToolExecutionNotifications {
		if n == nil || countsOmitted(n) {
			continue
		}
		told := property.Read(n.Properties, property.Notification{})
		at := position[told.Input]
		if told.Repository { // each shard tells it
			if m.told[told.Input+"\x00"+told.Message] {
				continue
			}
			m.told[told.Input+"\x00"+told.Message], at = true, math.MaxInt
		}
		where := spot{at, i, k}
		if n.Level == "error" {
			m.failures = append(m.failures, placedNotification{where, n})
		} else {
			m.notes = append(m.notes, placedNotification{where, n})
		}
	}
	return nil
}

// run puts the parts together.
func (m *Merger) run() *sarif.Run {
	run := newRun(m.Version)
	m.describe(run.Tool.Driver)
	m.hold()
	for _, p := range m.results {
		p.result.RuleIndex = -1
		if at, ok := m.index[deref(p.result.RuleID)]; ok {
			p.result.RuleIndex = at
		}
		run.AddResult(p.result)
	}
	run.AddInvocation(sarif.NewInvocation().WithExecutionSuccessful(!m.notSuccessful).
		WithToolExecutionNotifications(append(notifications(m.failures), notifications(m.notes)...)))
	run.Graphs = graphsOf(truncateGraphs(m.graphs, m.left))
	p := &property.Run{
		Suppressed: m.suppressed, Configurations: m.configured, IgnoreComments: truncateComments(mergeComments(m.comments), m.left),
	}
	for _, e := range m.list {
		p.Inputs = append(p.Inputs, e.input)
	}
	finish(run, p, m.questions, m.left)
	return run
}
