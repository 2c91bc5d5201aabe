package sarif

import (
	"net/url"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/property"
	"github.com/mesh-check/mesh-check/sarif/safetext"
)

// placeOf is the place of a location of any tool.
func placeOf(run *sarif.Run, loc *sarif.Location) Location {
	if loc == nil || loc.PhysicalLocation == nil {
		return Location{}
	}
	p := Location{File: fileOf(run, loc.PhysicalLocation.ArtifactLocation)}
	if loc.Properties != nil && writtenByUs(run) {
		p.Part = property.Read(loc.Properties, property.Location{}).Part
	}
	region := loc.PhysicalLocation.Region
	if region == nil || deref(region.StartLine) < 1 {
		return p
	}
	p.Line, p.Column = *region.StartLine, max(0, deref(region.StartColumn))
	p.EndLine, p.EndColumn = max(p.Line, deref(region.EndLine)), max(0, deref(region.EndColumn))
	p.Text, p.TextColumn = lineOf(p, loc.PhysicalLocation)
	return p
}

// lineOf is the text of a place's first line, as far as the log has it; of a very
// long line it is the part around the place.
func lineOf(p Location, at *sarif.PhysicalLocation) (line string, column int) {
	if c := at.ContextRegion; c != nil && c.Snippet != nil && c.Snippet.Text != nil {
		lines := splitLines(*c.Snippet.Text)
		if i := p.Line - deref(c.StartLine); i >= 0 && i < len(lines) {
			column = 1
			if i == 0 && deref(c.StartColumn) > 1 {
				column = *c.StartColumn
			}
			return part(p, lines[i], column)
		}
	}
	if s := at.Region.Snippet; s != nil && s.Text != nil {
		return part(p, splitLines(*s.Text)[0], max(1, p.Column))
	}
	return "", 0
}

// part cuts a very long line, which starts at a column, around a place.
func part(p Location, line string, column int) (string, int) {
	text := []rune(line)
	if len(text) <= 2*longLine {
		return safetext.CleanLine(line), column
	}
	at := min(max(1, p.Column-column+1), len(text)+1)
	from, to := window(len(text), at, at+max(0, min(p.EndColumn-p.Column, longLine)))
	return safetext.CleanLine(string(text[from-1 : to-1])), column + from - 1
}

func splitLines(s string) []string {
	return strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
}

// fileOf is the file of an artifact location: relative to the root as it is in
// the log, or absolute where a base or the URI itself says so.
func fileOf(run *sarif.Run, a *sarif.ArtifactLocation) string {
	if a == nil {
		return ""
	}
	if a.URI == nil && a.Index >= 0 && a.Index < len(run.Artifacts) && run.Artifacts[a.Index] != nil {
		if l := run.Artifacts[a.Index].Location; l != nil && l.URI != nil {
			a = l
		}
	}
	uri := deref(a.URI)
	base := deref(a.URIBaseID)
	for range 8 { // bases may have bases; a circle ends here
		of, ok := run.OriginalUriBaseIds[base]
		if !ok || base == srcRoot {
			break
		}
		if of.URI != nil {
			uri = strings.TrimSuffix(*of.URI, "/") + "/" + uri
		}
		base = deref(of.URIBaseID)
	}
	file := clean(pathOf(uri))
	if a.Properties != nil && writtenByUs(run) {
		if member := property.Read(a.Properties, property.Artifact{}).Member; member != "" {
			file += "!" + member
		}
	}
	return file
}

// pathOf is the path that a URI names; what is no path stays a URI.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return uri
	}
	switch u.Scheme {
	case "":
		return u.Path
	case "file":
		p := u.Path
		if len(p) > 2 && p[0] == '/' && p[2] == ':' { // /C:/…
			p = p[1:]
		}
		if u.Host != "" && u.Host != "localhost" { // file://server/share/…
			p = "//" + u.Host + p
		}
		return p
	}
	return uri
}

// Input is one chart, Terraform root, plan or manifest as a log reports it.
type Input struct {
	Path       string   `json:"path"` // relative to the root
	Kind       string   `json:"kind"` // chart, terraform, plan, manifest or manifests
	ValuesSets []string `json:"valuesSets"`
	// Environments are those of values sets, by the set; not every set has one.
	Environments map[string]string `json:"environments,omitempty"`
	Objects      int               `json:"objects"`
	Result       string            `json:"result"` // ok, partial or failed
	// Templates are those of a chart; nil for other inputs and for charts without.
	Templates *Templates `json:"templates,omitempty"`
	// Coverage is that of a chart; nil for other inputs and where it is not known.
	Coverage *property.Coverage `json:"coverage,omitempty"`
}

// Templates count the templates of a chart.
type Templates struct {
	All   int `json:"all"`
	Empty int `json:"empty"` // that rendered nothing with any values set
}

// Failure is an error of an input.
type Failure struct {
	Input string
	// ValuesSet is the set with which it happens; empty: with all.
	ValuesSet string
	// Message is what is wrong, Advice what to do about it.
	Message, Advice string
	Place           Location
}

// Notice is something worth knowing about an input, or about a place of a file that
// the run used.
type Notice struct {
	Input, Message string
	Place          Location
	// Comment says that it is about an ignore comment.
	Comment bool
}

// Tool is the name and version of the tool that wrote the log.
func (l *Log) Tool() (name, version string) {
	for _, run := range l.runs() {
		if d := driver(run); d != nil {
			version = deref(d.SemanticVersion)
			if version == "" {
				version = deref(d.Version)
			}
			return clean(deref(d.Name)), clean(version)
		}
	}
	return "", ""
}

// Inputs returns what was looked at; empty for logs of other tools.
func (l *Log) Inputs() []Input {
	var all []Input
	for _, run := range l.runs() {
		for _, in := range ownProperties(run).Inputs {
			one := Input{in.Path, in.Kind, in.ValuesSets, in.Environments, in.Objects, in.Result, nil, in.Coverage.Valid()}
			if in.Templates > 0 {
				one.Templates = &Templates{in.Templates, deref(in.EmptyTemplates)}
			}
			all = append(all, one)
		}
	}
	return all
}

// Failures returns the errors of inputs, in the order of the log.
func (l *Log) Failures() []Failure {
	var all []Failure
	l.notifications(func(run *sarif.Run, n *sarif.Notification, p property.Notification) {
		if n.Level != "error" {
			return
		}
		f := Failure{Input: p.Input, ValuesSet: p.ValuesSet, Message: p.Message, Advice: p.Advice}
		if len(n.Locations) > 0 {
			f.Place = placeOf(run, n.Locations[0])
		}
		all = append(all, f)
	})
	return all
}

// Notices returns the notes about inputs; warnings of other tools about their own
// run are among them.
func (l *Log) Notices() []Notice {
	var all []Notice
	l.notifications(func(_ *sarif.Run, n *sarif.Notification, p property.Notification) {
		if n.Level != "error" && n.Level != "none" {
			all = append(all, Notice{Input: p.Input, Message: p.Message})
		}
	})
	for _, run := range l.runs() {
		all = append(append(all, idleRules(run)...), commentNotices(run)...)
	}
	return all
}

// notifications calls each for what runs tell of themselves, with what our own say beyond
// SARIF: the message is always there.
func (l *Log) notifications(each func(*sarif.Run, *sarif.Notification, property.Notification)) {
	for _, run := range l.runs() {
		for _, inv := range run.Invocations {
			if inv == nil {
				continue
			}
			for _, list := range [][]*sarif.Notification{inv.ToolConfigurationNotifications, inv.ToolExecutionNotifications} {
				for _, n := range list {
					if n == nil {
						continue
					}
					p := property.Notification{}
					if writtenByUs(run) {
						p = *property.Read(n.Properties, property.Notification{})
					}
					if p.Message == "" {
						p.Message = clean(strings.TrimSuffix(plainMessage(n.Message, nil), "."))
					}
					each(run, n, p)
				}
			}
		}
	}
}

// Omitted is how many findings of a level (error, warning, note) that count, or how many
// open questions (undecided), are counted in the log and not among its Results.
func (l *Log) Omitted(what string) int {
	n := 0
	for _, run := range l.runs() {
		n += omittedOf(run)[what]
	}
	return n
}

// Count is the number of findings of a level (error, warning, note) that count, those
// left out of the log among them.
func (l *Log) Count(severity string) int {
	n := l.Omitted(severity)
	for _, run := range l.runs() {
		for _, r := range run.Results {
			if r != nil && finding(r) && suppressed(r) == "" && level(r, ruleOf(run, r)) == severity {
				n++
			}
		}
	}
	return n
}

// Suppressed is the number of findings that do not count, those left out of the log
// among them.
func (l *Log) Suppressed() int {
	n := 0
	for _, run := range l.runs() {
		n += ownProperties(run).Suppressed
		for _, r := range run.Results {
			if r != nil && finding(r) && suppressed(r) != "" {
				n++
			}
		}
	}
	return n
}
