package sarif

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// Primary says which place is a finding's own where its value is written elsewhere.
type Primary string

// The primary places.
const (
	// Template is the line of the template that renders the value: the default.
	Template Primary = "template"
	// Value is where the value was written, if that is a file.
	Value Primary = "value"
)

// Options says how a log is made.
type Options struct {
	// Version is the version of mesh-check.
	Version string
	// Root is the absolute directory that URIs are relative to (the repository's
	// root), and Dir the absolute directory that the report's names are relative to
	// (the working directory). With either empty, names are taken as they are.
	Root, Dir string
	// Suite are the checks that the log describes, in the order of the log; a check
	// of a finding that is not among them is added behind.
	Suite []*checks.Check
	// Help gives the page of a check; may be nil.
	Help func(*checks.Check) Help
	// Release gives the names that come from installing an input and not from its
	// text: the release's and the chart's name. They are no part of fingerprints.
	// May be nil.
	Release func(input string) []string
	// Primary is the place that a finding is shown at; empty: Template.
	Primary Primary
	// ShowSuppressed keeps suppressed results in the log.
	ShowSuppressed bool
	// Configurations are the configuration files that the run used.
	Configurations []Configuration
	// Comments are the files of each input that have ignore comments.
	Comments []Commented
}

// builder is one run of Build.
type builder struct {
	Options
	ignorers    []*ignorer
	ignoredBy   map[*checks.Reported]ignoredBy
	inputs      map[string]bool
	sets        map[string][]string     // the values sets of inputs
	names       map[*source.File]string // as the log names them
	files       map[*source.File]string // relative to the root, or absolute
	inputNames  map[string]string       // the same of inputs
	hashes      map[*source.File][]string
	occurrences map[string]int // of the same fingerprint
	unignored   *unignored
	commented   map[string]int // findings that comments of a file ignore
	rules       map[string]int // index by check id
	driver      *sarif.ToolComponent
}

var semantic = lazily(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

// Build makes the log of a finished report.
func Build(r *checks.Report, o Options) *Log {
	run := newRun(o.Version)
	b := &builder{
		Options: o, inputs: map[string]bool{}, sets: map[string][]string{}, names: map[*source.File]string{}, files: map[*source.File]string{},
		inputNames: map[string]string{}, hashes: map[*source.File][]string{},
		occurrences: map[string]int{}, commented: map[string]int{}, rules: map[string]int{}, driver: run.Tool.Driver,
	}
	for _, in := range r.Inputs {
		b.inputs[in.Path], b.sets[in.Path] = true, in.ValuesSets
	}
	b.describe(r)
	kept, suppressed, left := b.keep(b.ignore(r.Findings))
	for _, k := range kept {
		run.AddResult(b.result(k, r.Inputs))
	}
	run.AddInvocation(b.invocation(r, left))
	comments := truncateComments(b.comments(), left)
	finish(run, b.inputList(r.Inputs), b.undecided(r.Causes()), suppressed, left)
	setConfigurations(run, b.configurations(r.Inputs))
	setComments(run, comments)
	report := sarif.NewReport()
	report.AddRun(run)
	return &Log{report: report, showSuppressed: o.ShowSuppressed}
}

// newRun is the frame of every run that mesh-check writes.
func newRun(version string) *sarif.Run {
	run := sarif.NewRunWithInformationURI(toolName, "https://github.com/mesh-check/mesh-check")
	if version != "" {
		run.Tool.Driver.WithVersion(version)
	}
	if semantic().MatchString(version) {
		run.Tool.Driver.WithSemanticVersion(version)
	}
	return run.WithColumnKind("unicodeCodePoints").
		WithOriginalUriBaseIds(map[string]sarif.ArtifactLocation{
			srcRoot: *sarif.NewArtifactLocation().WithDescription(text("The root of the repository.")),
		})
}

// finish gives a run its properties: inputs, open questions in their order, the number
// of suppressed findings that it does not hold, and what is left out.
func finish(run *sarif.Run, inputs []any, questions []openQuestion, suppressed int, left leftOut) {
	questions = truncateQuestions(questions, left)
	open := make([]any, len(questions))
	for i, q := range questions {
		open[i] = q.entry
	}
	run.WithProperties(bag(sarif.Properties{
		"inputs": append([]any{}, inputs...), "undecided": open, "suppressed": suppressed,
	}))
	setLeftOut(run, left)
}

// describe adds the rules: those of the suite in its order, then those of other checks
// that have something to say, by id.
func (b *builder) describe(r *checks.Report) {
	for _, c := range b.Suite {
		b.ruleIndex(c)
	}
	others := map[string]*checks.Check{}
	add := func(c *checks.Check) {
		if _, known := b.rules[c.ID]; !known && others[c.ID] == nil {
			others[c.ID] = c
		}
	}
	for _, f := range r.Findings {
		add(f.Check)
	}
	for _, u := range r.Undecided {
		add(u.Check)
	}
	for _, id := range slices.Sorted(maps.Keys(others)) {
		b.ruleIndex(others[id])
	}
}

// keptFinding is a finding that becomes a result.
type keptFinding struct {
	*checks.Reported
	order    order
	identity string
}

// keep chooses the findings that become results and puts them into the order of the
// log. Suppressed ones are counted, if they are not shown.
func (b *builder) keep(findings []*checks.Reported) (kept []keptFinding, suppressed int, left leftOut) {
	kept = make([]keptFinding, 0, len(findings))
	causes := b.grouper()
	b.unignored = b.withoutComments(findings)
	for _, each := range findings {
		// Those that are not shown, and those for which another one stands, count for the
		// fingerprints of those behind them: a baseline is as good as ever.
		key := b.stableIdentity(each)
		f, first := causes.Take(each)
		if !first {
			continue
		}
		b.countIgnored(each, f)
		if f.IgnoredAt.Valid() {
			b.commented[b.inputName(f.IgnoredAt.File.Name())]++
		}
		if f.Suppressed != "" && !b.ShowSuppressed {
			suppressed++
			continue
		}
		kept = append(kept, keptFinding{f, b.orderOf(f), key})
	}
	slices.SortStableFunc(kept, func(x, y keptFinding) int { return x.order.compare(&y.order) })
	left = leftOut{}
	kept, more := truncate(kept, func(k keptFinding) int { return k.order.rank }, nil, left)
	return kept, suppressed + more, left
}

// ruleIndex is the index of a check's rule, which is added where it is missing.
func (b *builder) ruleIndex(c *checks.Check) int {
	if i, ok := b.rules[c.ID]; ok {
		return i
	}
	b.rules[c.ID] = len(b.driver.Rules)
	b.driver.AddRule(b.rule(c))
	return b.rules[c.ID]
}

// inputName is an input's path relative to the root, as all names of the log are.
func (b *builder) inputName(name string) string {
	if name == "" {
		return ""
	}
	rel, ok := b.inputNames[name]
	if !ok {
		rel, _ = b.relative(name)
		b.inputNames[name] = rel
	}
	return rel
}

func (b *builder) inputList(inputs []checks.Input) []any {
	list := make([]any, 0, len(inputs))
	for _, in := range inputs {
		entry := map[string]any{
			"path": b.inputName(in.Path), "kind": in.Kind, "valuesSets": cleanAll(in.ValuesSets),
			"objects": in.Objects, "result": string(in.Result),
		}
		if in.Templates > 0 {
			entry["templates"], entry["emptyTemplates"] = in.Templates, in.EmptyTemplates
		}
		list = append(list, entry)
	}
	return list
}

// asTree is a value of go-sarif as the maps and lists that reading it again gives: a
// property has one form, whether it was just made or read.
func asTree(v any) (tree any) {
	var data bytes.Buffer
	if encode(&data, v) == nil {
		_ = json.Unmarshal(data.Bytes(), &tree) // it was just written
	}
	return tree
}

// invocation says how the run went: the errors and the notes of the inputs.
func (b *builder) invocation(r *checks.Report, left leftOut) *sarif.Invocation {
	inv := sarif.NewInvocation().WithExecutionSuccessful(len(r.Errors) == 0)
	for _, in := range r.Inputs {
		if in.Result == checks.Failed {
			inv.WithExecutionSuccessful(false)
		}
	}
	failures, notes := firstOfInputs(r)
	toldFailures, toldNotes := make([]placedNotification, 0, len(failures)), make([]placedNotification, 0, len(notes))
	for i, e := range failures {
		toldFailures = append(toldFailures, placedNotification{spot{index: i}, b.failure(e, r.Inputs)})
	}
	for i, n := range notes {
		toldNotes = append(toldNotes, placedNotification{spot{index: i}, sarif.NewNotification().WithLevel("note").
			WithMessage(text(sentence(withoutLinks(n.Message)))).
			WithProperties(bag(sarif.Properties{"input": b.inputName(n.Input), "message": n.Message}))})
	}
	for _, t := range append(truncateNotifications(toldFailures, left, failuresWord), truncateNotifications(toldNotes, left, notesWord)...) {
		inv.AddToolExecutionNotification(t.notification)
	}
	return inv
}

func (b *builder) failure(e checks.InputError, inputs []checks.Input) *sarif.Notification {
	message := sentence(withoutLinks(e.Err.What))
	properties := sarif.Properties{"input": b.inputName(e.Input), "message": e.Err.What}
	if e.Err.Do != "" {
		message += "\n" + capital(sentence(withoutLinks(e.Err.Do)))
		properties["advice"] = e.Err.Do
	}
	if e.ValuesSet != "" {
		properties["valuesSet"] = e.ValuesSet
	}
	n := sarif.NewNotification().WithLevel("error").WithMessage(text(message)).WithProperties(bag(properties))
	switch {
	case e.Err.At.Valid():
		n.AddLocation(b.place(e.Err.At, "", showKeyAndActions))
	case e.Err.Path != "":
		n.AddLocation(b.fileOnly(e.Err.Path))
	case e.Input != "":
		n.AddLocation(b.inputFile(e.Input, inputs))
	}
	return n
}

// fileOnly is a location without a region: only the file is known.
func (b *builder) fileOnly(name string) *sarif.Location {
	return sarif.NewLocation().WithPhysicalLocation(
		sarif.NewPhysicalLocation().WithArtifactLocation(b.artifact(name)))
}

// inputFile is the file that stands for a whole input.
func (b *builder) inputFile(input string, inputs []checks.Input) *sarif.Location {
	for _, in := range inputs {
		if archive := path.Ext(in.Path) == ".tgz" || path.Ext(in.Path) == ".gz"; in.Path == input && in.Kind == "chart" && !archive {
			return b.fileOnly(path.Join(in.Path, "Chart.yaml"))
		}
	}
	return b.fileOnly(input)
}
