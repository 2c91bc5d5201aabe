package config

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// Limits of what a configuration says about releases, each of which is more work.
const (
	maxDeclared       = 200
	maxDeclaredValues = 20 // of one entry
	maxChartSources   = 200
)

// Conventions are those of which releases are found, and which may be named.
var Conventions = []string{"argocd", "kustomize"}

// Releases is what the file says about the releases of charts.
type Releases struct {
	// Find are the conventions that count; nil: all of them.
	Find []string
	// Ignore are patterns of files that declare nothing, relative to the directory of the file.
	Ignore []string
	// Declared are releases that no convention declares, in the order of the file.
	Declared []Declared
}

// Declared are the releases of one entry: one for each chart, and for each {env}.
type Declared struct {
	// Chart is the path of a chart, and Values are those of values files, the later one wins:
	// relative to the directory of the configuration. They may be patterns; {env} stands
	// for a part of a name between two slashes, {chart} for the name of the chart's directory.
	Chart  string
	Values []string
	// Namespace and Name are those of the release, in which {env} and {chart} are filled in.
	Namespace, Name string
	// At is where the entry is.
	At source.Span
}

// ChartSource says where a remote chart is.
type ChartSource struct {
	// Remote is REPOSITORY/NAME, in which one * may stand for a part between two slashes.
	Remote string
	// Local is a chart, or a directory with charts, relative to the directory of the
	// configuration; a * in it is what that of Remote stands for.
	Local string
	// At is where the entry is.
	At source.Span
}

// SaysReleases reports whether the file says anything about releases.
func (f *File) SaysReleases() bool {
	return f != nil && (f.Releases.Find != nil || len(f.Releases.Ignore) > 0 || len(f.Releases.Declared) > 0 || len(f.Charts) > 0)
}

func (w *walker) releases(f *File, n *yaml.Node) {
	if nothing(n) {
		return
	}
	entries, _ := w.mapping(n, "releases", "write find, ignore or declared")
	for _, e := range entries {
		switch e.name {
		case "find":
			w.find(f, e.value)
		case "ignore":
			f.Releases.Ignore = w.excluded(e.value, "ignore of releases")
		case "declared":
			for _, item := range w.list(e.value, "declared", "write a list of entries, each with a chart", maxDeclared) {
				before := len(w.faults)
				if d := w.declared(item); len(w.faults) == before {
					f.Releases.Declared = append(f.Releases.Declared, d)
				}
			}
		default:
			w.unknown(e, " of releases", "find", "ignore", "declared")
		}
	}
}

// find reads which conventions count; an empty list is none of them.
func (w *walker) find(f *File, n *yaml.Node) {
	if nothing(n) {
		return
	}
	f.Releases.Find = []string{}
	for _, item := range w.list(n, "find", "write a list, as in ["+strings.Join(Conventions, ", ")+"]", len(Conventions)) {
		text, ok := w.text(item, "an entry of find", false)
		if !ok {
			continue
		}
		if !slices.Contains(Conventions, text) {
			do := strings.TrimPrefix(DidYouMean(text, Conventions, "use one of "+strings.Join(Conventions, ", ")), "; ")
			w.fault(w.at(item), do, "unknown convention %s", quoted(text))
			continue
		}
		f.Releases.Find = append(f.Releases.Find, text)
	}
}

func (w *walker) declared(n *yaml.Node) (d Declared) {
	const example = "write a chart and its values files, as in {chart: charts/web, values: [values-{env}.yaml]}"
	entries, ok := w.mapping(n, "an entry of declared", example)
	if !ok {
		return d
	}
	d.At = w.at(n)
	env, needs := false, "" // whether {env} has values, and who needs them
	for _, e := range entries {
		switch e.name {
		case "chart":
			if text, ok := w.text(e.value, "chart", false); ok {
				d.Chart = w.placed(e.value, "chart", strings.TrimSuffix(text, "/"))
				env = env || strings.Contains(text, "{env}")
				if strings.Contains(text, "{chart}") {
					w.fault(w.at(e.value), "write *", "chart %s contains {chart}, which it gives", quoted(text))
				}
			}
		case "values":
			for _, item := range w.list(e.value, "values", "write a list of files, as in [values-{env}.yaml]", maxDeclaredValues) {
				if text, ok := w.text(item, "a file of values", false); ok {
					d.Values = append(d.Values, w.placed(item, "values", text))
					env = env || strings.Contains(text, "{env}")
				}
			}
		case "namespace", "name":
			text := w.filledName(e)
			if strings.Contains(text, "{env}") {
				needs = e.name
			}
			if e.name == "name" {
				d.Name = text
			} else {
				d.Namespace = text
			}
		default:
			w.unknown(e, " of an entry of declared", "chart", "values", "namespace", "name")
		}
	}
	switch {
	case !slices.ContainsFunc(entries, func(e entry) bool { return e.name == "chart" }):
		w.fault(w.at(n), example, "an entry of declared has no chart")
	case needs != "" && !env:
		w.fault(w.at(n), "write {env} in values or chart, where files give it its values", "%s has {env}, but no path does", needs)
	}
	return d
}

// placeholders are what patterns and names of declared releases are filled in with.
var placeholders = strings.NewReplacer("{env}", "env", "{chart}", "chart")

// placed checks a pattern with placeholders.
func (w *walker) placed(n *yaml.Node, what, text string) string {
	text = strings.TrimPrefix(text, "./")
	bare := placeholders.Replace(text)
	fault, do := anyFault(bare)
	switch {
	case unescaped(bare, '{'):
		fault, do = "contains {", "write {env} or {chart}, or one entry for each alternative"
	case len(text) > maxPattern:
		fault, do = "is too long", ""
	case strings.Contains(bare, "://"):
		fault, do = "is an address", "nothing is downloaded: name what is in the repository"
	case fault == "":
		fault, do = pathFault(bare)
	}
	if fault != "" {
		do = strings.ReplaceAll(do, "what is to be ignored", "what is declared")
		w.fault(w.at(n), do, "%s %s %s", what, quoted(text), fault)
	}
	return text
}

// filledName is a name of Kubernetes, which may have placeholders.
func (w *walker) filledName(e entry) string {
	text, ok := w.text(e.value, e.name, false)
	if ok {
		w.kubernetesName(e, text, placeholders.Replace(text))
	}
	return text
}

// charts reads where remote charts are.
func (w *walker) charts(f *File, n *yaml.Node) {
	if nothing(n) {
		return
	}
	entries, _ := w.mapping(n, "charts", "write a remote chart and where it is, as in https://charts.example.com/*: vendor/charts/")
	if len(entries) > maxChartSources {
		w.fault(w.at(entries[maxChartSources].key), "", "more than %d entries of charts", maxChartSources)
		return
	}
	for _, e := range entries {
		before := len(w.faults)
		w.remote(e)
		c := ChartSource{Remote: e.name, At: w.at(e.key)}
		if text, ok := w.text(e.value, "the directory of "+quoted(e.name), false); ok {
			c.Local = w.below(e.value, "directory", text, "")
			switch stars := strings.Count(text, "*"); {
			case strings.ContainsAny(text, "?[]{}") || stars > 1:
				w.fault(w.at(e.value), "write one *, or none", "directory %s is not a valid pattern", quoted(text))
			case stars == 1 && !strings.Contains(e.name, "*"):
				w.fault(w.at(e.value), "write * in both, or in none", "directory %s has a *, but %s does not", quoted(text), quoted(e.name))
			}
		}
		if len(w.faults) == before {
			f.Charts = append(f.Charts, c)
		}
	}
}

// remote checks the name of remote charts.
func (w *walker) remote(e entry) {
	fault, do := "", ""
	switch {
	case len(e.name) > maxPattern:
		fault = "is too long"
	case strings.ContainsAny(e.name, " \n\r\t"):
		fault, do = "has spaces in it", "remove them"
	case strings.ContainsAny(e.name, `?[]{}\`) || strings.Count(e.name, "*") > 1:
		fault, do = "is not a valid pattern", "write one *, or none"
	case !strings.Contains(strings.Trim(e.name, "/"), "/"):
		fault, do = "is not a remote chart", "write REPOSITORY/NAME, as in https://charts.example.com/*"
	}
	if fault != "" {
		w.fault(w.at(e.key), do, "%s %s", quoted(e.name), fault)
	}
}
