package sarif

import (
	"maps"
	"path"
	"slices"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/property"
	"github.com/mesh-check/mesh-check/sarif/snippet"
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
	// text: the chart's and the release's name, and then those of the releases that are
	// values sets. They are no part of fingerprints.
	// May be nil.
	Release func(input string) []string
	// Primary is the place that a finding is shown at; empty: Template.
	Primary Primary
	// ShowSuppressed keeps suppressed results in the log.
	ShowSuppressed bool
	// Configurations are the configuration files that the run used.
	Configurations []Configuration
}

// builder is one run of Build.
type builder struct {
	Options
	ignorers    []*ignorer
	ignoredBy   map[*checks.Reported]ignoredBy
	inputs      map[string]bool
	sets        map[string][]string      // the values sets of inputs
	environs    map[string]*environments // by input
	names       map[*source.File]string  // as the log names them
	files       map[*source.File]string  // relative to the root, or absolute
	inputNames  map[string]string        // the same of inputs
	hashes      map[*source.File][]string
	occurrences map[string]int              // of the same fingerprint
	numbered    map[placedKey]*placedNumber // of findings in the order of the log
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
		occurrences: map[string]int{}, numbered: map[placedKey]*placedNumber{}, commented: map[string]int{}, rules: map[string]int{}, driver: run.Tool.Driver,
	}
	for _, in := range r.Inputs {
		b.inputs[in.Path], b.sets[in.Path] = true, in.ValuesSets
	}
	b.environs = environmentsOf(r)
	b.describe(r)
	kept, suppressed, left := b.keep(b.ignore(r.Findings))
	for _, k := range kept {
		run.AddResult(b.result(k, r.Inputs))
	}
	run.AddInvocation(b.invocation(r, left))
	run.Graphs = b.graphs(r, left)
	finish(run, &property.Run{
		Inputs: b.inputList(r.Inputs), Suppressed: suppressed, Configurations: b.configurations(r.Inputs),
		IgnoreComments: truncateComments(b.comments(r.Comments), left),
	}, b.undecided(r.Causes()), left)
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

// finish gives a run its properties, with the open questions in their order and what is
// left out.
func finish(run *sarif.Run, p *property.Run, questions []openQuestion, left omitted) {
	for _, q := range truncateQuestions(questions, left) {
		p.Undecided = append(p.Undecided, q.Question)
	}
	run.WithProperties(property.Bag(p))
	setOmitted(run, left)
}

// ownProperties are the properties of one of our own runs; none of others.
func ownProperties(run *sarif.Run) *property.Run {
	if !writtenByUs(run) {
		return &property.Run{}
	}
	return property.ReadOnce(run.Properties, property.Run{})
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
func (b *builder) keep(findings []*checks.Reported) (kept []keptFinding, suppressed int, left omitted) {
	kept = make([]keptFinding, 0, len(findings))
	causes := b.grouper()
	b.unignored = b.withoutComments(findings)
	for _, each := range checks.OwnFirst(findings) {
		// Those that are not shown, and those for which another one stands, count for the
		// fingerprints of those behind them: a baseline is as good as ever.
		// But for what comes and goes: there may be one more or less tomorrow.
		key := ""
		if b.unignored != nil || !each.Passing() {
			key = b.stableIdentity(each)
		}
		f, first := causes.Take(each)
		if !first {
			continue
		}
		if key == "" {
			key = b.identity(each)
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
	left = omitted{}
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

func (b *builder) inputList(inputs []checks.Input) []property.Input {
	list := make([]property.Input, 0, len(inputs))
	for _, in := range inputs {
		one := property.Input{
			Path: b.inputName(in.Path), Kind: in.Kind, ValuesSets: slices.Clone(in.ValuesSets), Environments: maps.Clone(in.Environments),
			Objects: in.Objects, Result: string(in.Result),
		}
		if in.Templates > 0 {
			one.Templates, one.EmptyTemplates = in.Templates, &in.EmptyTemplates
		}
		one.Coverage = coverageOf(in)
		list = append(list, one)
	}
	return list
}

// invocation says how the run went: the errors and the notes of the inputs.
func (b *builder) invocation(r *checks.Report, left omitted) *sarif.Invocation {
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
			WithProperties(property.Bag(&property.Notification{Input: b.inputName(n.Input), Message: n.Message, Repository: n.Repository}))})
	}
	for _, t := range append(truncateNotifications(toldFailures, left, failuresWord), truncateNotifications(toldNotes, left, notesWord)...) {
		inv.AddToolExecutionNotification(t.notification)
	}
	return inv
}

func (b *builder) failure(e checks.InputError, inputs []checks.Input) *sarif.Notification {
	message := sentence(withoutLinks(e.Err.What))
	if e.Err.Do != "" {
		message += "\n" + capital(sentence(withoutLinks(e.Err.Do)))
	}
	n := sarif.NewNotification().WithLevel("error").WithMessage(text(message)).WithProperties(property.Bag(&property.Notification{
		Input: b.inputName(e.Input), ValuesSet: e.ValuesSet, Message: e.Err.What, Advice: e.Err.Do,
	}))
	switch {
	case e.Err.At.Valid():
		n.AddLocation(b.place(e.Err.At, "", snippet.ShowKeyAndActions))
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
