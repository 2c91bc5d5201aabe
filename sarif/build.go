package sarif

import (
	"path"
	"regexp"

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
}

// builder is one run of Build.
type builder struct {
	Options
	inputs      map[string]bool
	hashes      map[*source.File][]string
	occurrences map[string]int // of the same fingerprint
	rules       map[string]int // index by check id
	driver      *sarif.ToolComponent
}

var semantic = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

// Build makes the log of a finished report.
func Build(r *checks.Report, o Options) *Log {
	b := &builder{
		Options: o, inputs: map[string]bool{}, hashes: map[*source.File][]string{},
		occurrences: map[string]int{}, rules: map[string]int{},
	}
	for _, in := range r.Inputs {
		b.inputs[in.Path] = true
	}
	run := sarif.NewRunWithInformationURI(toolName, "https://github.com/mesh-check/mesh-check")
	b.driver = run.Tool.Driver
	if o.Version != "" {
		b.driver.WithVersion(o.Version)
	}
	if semantic.MatchString(o.Version) {
		b.driver.WithSemanticVersion(o.Version)
	}
	for _, c := range o.Suite {
		b.ruleIndex(c)
	}
	suppressed := 0
	for _, f := range r.Findings {
		// Made in any case: its fingerprint counts for those behind it.
		result := b.result(f, r.Inputs)
		if f.Suppressed != "" && !o.ShowSuppressed {
			suppressed++
			continue
		}
		run.AddResult(result)
	}
	run.WithColumnKind("unicodeCodePoints").
		WithOriginalUriBaseIds(map[string]sarif.ArtifactLocation{
			srcRoot: *sarif.NewArtifactLocation().WithDescription(text("The root of the repository.")),
		}).
		WithProperties(bag(sarif.Properties{
			"inputs": b.inputList(r.Inputs), "undecided": b.undecided(r.Undecided), "suppressed": suppressed,
		})).
		AddInvocation(b.invocation(r))
	report := sarif.NewReport()
	report.AddRun(run)
	return &Log{report: report, showSuppressed: o.ShowSuppressed}
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
	rel, _ := b.relative(name)
	return rel
}

func (b *builder) inputList(inputs []checks.Input) []any {
	list := make([]any, 0, len(inputs))
	for _, in := range inputs {
		list = append(list, map[string]any{
			"path": b.inputName(in.Path), "kind": in.Kind, "valuesSets": cleanAll(in.ValuesSets),
			"objects": in.Objects, "result": string(in.Result),
		})
	}
	return list
}

func (b *builder) undecided(open []*checks.Undecided) []any {
	list := make([]any, 0, len(open))
	for _, u := range open {
		entry := map[string]any{
			"id": u.Check.ID, "input": b.inputName(u.Input), "object": objectMap(u.Object),
			"path": u.Path, "reason": u.Reason,
		}
		if len(u.Addresses) > 0 {
			entry["addresses"] = cleanAll(u.Addresses)
		}
		if u.Origin.Span.Valid() {
			entry["location"] = b.location(u.Origin.Span, "", false)
		}
		list = append(list, entry)
	}
	return list
}

// invocation tells how the run went: the errors and the notes of the inputs.
func (b *builder) invocation(r *checks.Report) *sarif.Invocation {
	inv := sarif.NewInvocation().WithExecutionSuccessful(len(r.Errors) == 0)
	for _, in := range r.Inputs {
		if in.Result == checks.Failed {
			inv.WithExecutionSuccessful(false)
		}
	}
	for _, e := range r.Errors {
		inv.AddToolExecutionNotification(b.failure(e, r.Inputs))
	}
	for _, n := range r.Notes {
		inv.AddToolExecutionNotification(sarif.NewNotification().WithLevel("note").
			WithMessage(text(sentence(withoutLinks(n.Message)))).
			WithProperties(bag(sarif.Properties{"input": b.inputName(n.Input), "message": n.Message})))
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
		n.AddLocation(b.location(e.Err.At, "", true))
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
