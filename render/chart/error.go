package chart

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	helmchart "helm.sh/helm/v3/pkg/chart"
	helmyaml "sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// Guard runs a call into Helm; a panic there is an error of the input, and one of our own
// code a bug.
func (c *Chart) Guard(input string, call func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if bug, ours := source.Caught(r); ours {
				err = bug.Fault(input)
				return
			}
			err = &source.Error{
				What: "Helm stopped unexpectedly: " + OneLine(fmt.Sprint(r)), Path: input,
				Do: "look for empty or null entries in Chart.yaml and the values",
			}
		}
	}()
	return call()
}

// loadError finds the file, and the place in it, that made Helm's loader refuse
// the chart: Helm's own text names neither.
func (c *Chart) loadError(input string, err error) error {
	if already := (*source.Error)(nil); errors.As(err, &already) {
		return already
	}
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if e := c.refused(name); e != nil {
			return e
		}
	}
	if e := c.withoutChartYAML(); e != nil {
		return e
	}
	return &source.Error{What: OneLine(err.Error()), Path: input, Err: err}
}

// refused says what is wrong with one file that Helm's loader decodes.
func (c *Chart) refused(name string) *source.Error {
	f, base := c.files[name], path.Base(name)
	if !ofChart(strings.TrimSuffix(name, base)) {
		return nil
	}
	var into any
	switch base {
	case "Chart.yaml", "requirements.yaml":
		into = new(helmchart.Metadata)
	case "Chart.lock", "requirements.lock":
		into = new(helmchart.Lock)
	case "values.yaml":
		into = &map[string]any{}
	default:
		return nil
	}
	if err := helmyaml.Unmarshal(yamltext.WithoutBOM(f.Data), into); err != nil {
		return c.yamlError(f, err)
	}
	if md, ok := into.(*helmchart.Metadata); ok && base == "Chart.yaml" {
		if md.APIVersion == "" {
			md.APIVersion = helmchart.APIVersionV1
		}
		err := c.Guard(f.Name(), md.Validate)
		if err == nil {
			return nil
		}
		e := &source.Error{What: OneLine(err.Error()), Path: f.Name(), Err: err, At: c.metadataPlace(f, err.Error())}
		e.What = strings.TrimPrefix(e.What, "validation: ")
		if m := metadataField.FindStringSubmatch(e.What); m != nil {
			e.What = strings.Replace(e.What, m[0], m[1], 1)
		}
		return e
	}
	return nil
}

// ofChart reports whether a folder ("" or "charts/sub/") is one that Helm reads as
// a chart.
func ofChart(folder string) bool {
	parts := strings.Split(folder, "/")
	parts = parts[:len(parts)-1]
	for i, part := range parts {
		if i%2 == 0 && part != "charts" || i%2 == 1 && strings.IndexAny(part, "_.") == 0 {
			return false
		}
	}
	return len(parts)%2 == 0
}

// withoutChartYAML finds what is no chart in charts/: a directory, an archive or
// a loose file, which Helm takes for a chart too.
func (c *Chart) withoutChartYAML() *source.Error {
	const do = "remove what is not a chart from charts/, or list it in .helmignore"
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		dir, base := path.Split(name)
		if parent, ok := strings.CutSuffix(dir, "charts/"); ok && ofChart(parent) && strings.IndexAny(base, "_.") != 0 && path.Ext(base) != ".prov" {
			return &source.Error{What: "is not a chart", Path: c.files[name].Name(), Do: do}
		}
		for i, b := range name {
			folder := name[:i] + "/"
			if b != '/' || !ofChart(folder) || c.files[folder+"Chart.yaml"] != nil {
				continue
			}
			f := c.files[name]
			at := strings.TrimSuffix(f.Name(), name[i:])
			return &source.Error{What: "Chart.yaml is missing", Path: at, Do: do}
		}
	}
	return nil
}

var (
	metadataField = regexp.MustCompile(`chart\.metadata\.(\w+)`)
	quotedName    = regexp.MustCompile(`"([^"]*)"`)
	yamlLine      = regexp.MustCompile(`(?:^|yaml: )line (\d+): `)
)

// metadataPlace is where Chart.yaml breaks a rule of Helm's validation, read
// from the validation's text.
func (c *Chart) metadataPlace(f *source.File, text string) source.Span {
	x := c.index(f)
	var tries []Path
	if m := metadataField.FindStringSubmatch(text); m != nil {
		tries = append(tries, Path{m[1]})
	}
	for _, list := range []string{"maintainers", "dependencies"} {
		if strings.Contains(text, list) || list == "dependencies" && strings.HasPrefix(strings.TrimPrefix(text, "validation: "), "dependency") {
			name := quotedName.FindStringSubmatch(text)
			for i := range x.Items(Path{list}) {
				p := Path{list, i}
				if x.Null(p) {
					return firstValid(x, p, Path{list})
				}
				if name != nil && x.Text(append(p, "name")) == name[1] {
					tries = append(tries, append(p, "alias"), append(p, "name"))
				}
			}
			tries = append(tries, Path{list})
		}
	}
	if strings.Contains(text, "more than one dependency") {
		tries = append(tries, Path{"dependencies"})
	}
	if at := firstValid(x, tries...); at.Valid() {
		return at
	}
	return f.LineSpan(1)
}

func firstValid(x *yamltext.Index, paths ...Path) source.Span {
	for _, p := range paths {
		if span, ok := x.Place(p); ok {
			return span
		}
	}
	return source.Span{}
}

// yamlError is the error of a YAML file that Helm could not decode.
func (c *Chart) yamlError(f *source.File, err error) *source.Error {
	e := &source.Error{Path: f.Name(), Err: err, At: f.LineSpan(1)}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		e.What = fmt.Sprintf("is a %s where a %s is expected", jsonKind(wrong.Value), kindName(wrong))
		if wrong.Field == "" {
			e.What = fmt.Sprintf("the file contains a %s where a map is expected", jsonKind(wrong.Value))
			return e
		}
		e.What = OneLine(wrong.Field) + " " + e.What
		var p Path
		for _, name := range strings.Split(wrong.Field, ".") {
			p = append(p, name)
		}
		for ; len(p) > 0; p = p[:len(p)-1] {
			if at, ok := c.index(f).Place(p); ok {
				e.At = at
				break
			}
		}
		return e
	}
	text := err.Error()
	if i := strings.LastIndex(text, "yaml: "); i >= 0 {
		text = text[i:]
	}
	e.What = "is not valid YAML: " + redactYAML(OneLine(strings.TrimPrefix(yamlLine.ReplaceAllString(text, ""), "yaml: ")))
	bare := yamltext.WithoutBOM(f.Data)
	at, bad := 0, path.Ext(f.Name()) == ".json"
	if bad {
		var fault string
		if fault, at, bad = yamltext.JSONFault(bare); bad {
			e.What = "is not valid JSON: " + fault
		}
	}
	if !bad {
		at, bad = yamltext.FaultOffset(string(bare))
	}
	switch m := yamlLine.FindStringSubmatch(text); {
	case bad:
		e.At = f.LineSpan(f.Position(len(f.Data) - len(bare) + at).Line)
	case m != nil: // what only Helm's parser takes for a fault
		line, _ := strconv.Atoi(m[1])
		e.At = f.LineSpan(min(max(line, 1), f.Lines()))
	}
	return e
}

// jsonKind is YAML's word for a kind of JSON.
func jsonKind(name string) string {
	switch name {
	case "array":
		return "list"
	case "object":
		return "map"
	}
	return name
}

// kindName is the kind that a decoder wanted.
func kindName(e *json.UnmarshalTypeError) string {
	switch name := strings.TrimLeft(e.Type.String(), "*"); {
	case strings.HasPrefix(name, "[]"):
		return "list"
	case strings.HasPrefix(name, "map"), strings.HasPrefix(name, "chart."):
		return "map"
	default:
		return name
	}
}

// yamlPieces are what the parser of YAML repeats of a text that it does not take.
var yamlPieces = regexp.MustCompile("(anchor) '[^']*'|(invalid map key): .*|`[^`]*`")

// redactYAML takes the pieces of the text out of a message of the parser of YAML.
func redactYAML(message string) string {
	return yamlPieces.ReplaceAllStringFunc(message, func(piece string) string {
		if m := yamlPieces.FindStringSubmatch(piece); m[1]+m[2] != "" {
			return m[1] + m[2] + " " + Hidden
		}
		return "`" + Hidden + "`"
	})
}
