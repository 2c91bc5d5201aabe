package explore

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/render/chart"
)

// Setting is one change of how a chart is rendered: a flag of helm template.
type Setting struct {
	// Flag is its name: set, set-string, set-json, api-versions, kube-version or is-upgrade.
	Flag string
	// Text is what is given behind the flag, such as metrics.enabled=true; empty for
	// is-upgrade.
	Text string
	// Path is the value that it sets, below the root's values; nil for other flags.
	Path chart.Path
	// Value is what it is set to.
	Value any
	Basis Basis
	// Masked says that texts in Value are not those of the chart, which may be secrets.
	Masked bool
}

// Basis says why a setting has its value: the smaller, the more the chart itself says so.
type Basis uint8

// The bases.
const (
	Switch     Basis = iota // a boolean of values.yaml, or the condition of a dependency, turned on
	Literal                 // a text or number that a template compares the value with
	Comment                 // an example in values.yaml, or what the schema says
	Capability              // what the cluster is like
	Example                 // a value as Kubernetes has it in a field of that name, or a number
	Off                     // a boolean of values.yaml turned off, or a number that is 0 then
	Guess                   // a value that nobody has named
	Removed                 // a value taken away
)

// Documented reports whether the chart or Kubernetes says that such a value is one to expect.
func (b Basis) Documented() bool { return b < Guess }

// plain are texts that --set takes as they are; what it reads as another type is not a text then.
var (
	plain    = regexp.MustCompile(`^[A-Za-z0-9_./:@%+-]+$`)
	unlikely = regexp.MustCompile(`^((?i:true|false|null)|[+-]?[0-9]+)$`)
	keyText  = regexp.MustCompile(`^[\pL\pM\pN\pP\pS ]+$`) // nothing that a line cannot show
	unquoted = regexp.MustCompile(`^[A-Za-z0-9_./:@%+=,-]+$`)
)

// set is the setting that gives a value to a path; ok is false where no flag can.
func set(path chart.Path, value any, basis Basis) (s Setting, ok bool) {
	key, ok := flagPath(path)
	if !ok {
		return s, false
	}
	s = Setting{Flag: "set", Path: path, Value: value, Basis: basis}
	switch v := value.(type) {
	case nil:
		s.Text = key + "=null"
	case bool, int, int64:
		s.Text = fmt.Sprintf("%s=%v", key, v)
	case string:
		switch {
		case v == "" || plain.MatchString(v) && !unlikely.MatchString(v):
			s.Text = key + "=" + v
		case plain.MatchString(v):
			s.Flag, s.Text = "set-string", key+"="+v
		default:
			return s.json(key)
		}
	default:
		return s.json(key)
	}
	return s, true
}

func (s Setting) json(key string) (Setting, bool) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // people read it
	err := encoder.Encode(s.Value)
	s.Flag, s.Text = "set-json", key+"="+strings.TrimSuffix(text.String(), "\n")
	return s, err == nil && text.Len() <= maxJSON
}

// maxJSON is how long a value of --set-json may be.
const maxJSON = 4 << 10

// maxNested is how many keys deep a flag can set. Source: MaxNestedNameLevel of pkg/strvals in Helm 3.22.
const maxNested = 30

// escapedKey escapes what ends a key in a flag. Source: parser.key of pkg/strvals in Helm 3.22.
var escapedKey = strings.NewReplacer(`\`, `\\`, ".", `\.`, ",", `\,`, "=", `\=`, "[", `\[`)

// flagPath is a path as --set takes it; false where that cannot be said.
func flagPath(path chart.Path) (string, bool) {
	var b strings.Builder
	for i, step := range path {
		switch step := step.(type) {
		case string:
			if !keyText.MatchString(step) {
				return "", false
			}
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(escapedKey.Replace(step))
		default:
			return "", false // an element: Helm would replace the whole list
		}
	}
	return b.String(), len(path) > 0 && len(path) <= maxNested
}

// Argument is the setting as reports name it: key=value of --set, or the flag.
func (s Setting) Argument() string {
	switch {
	case s.Flag == "set":
		return s.Text
	case s.Text == "":
		return "--" + s.Flag
	}
	return "--" + s.Flag + "=" + s.Text
}

// String is the setting as it is typed: --set metrics.enabled=true.
func (s Setting) String() string {
	if s.Text == "" {
		return "--" + s.Flag
	}
	text := s.Text
	if !unquoted.MatchString(text) {
		text = "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return "--" + s.Flag + " " + text
}

// same reports whether two settings say the same.
func (s Setting) same(o Setting) bool { return s.Flag == o.Flag && s.Text == o.Text }

// clashes reports whether a setting takes the place of another one.
func (s Setting) clashes(o Setting) bool {
	switch {
	case s.Path == nil || o.Path == nil:
		return s.Flag == o.Flag && s.Flag != "api-versions"
	case len(s.Path) == len(o.Path):
		return slices.Equal(s.Path, o.Path)
	case len(s.Path) > len(o.Path):
		return o.blocks(s)
	}
	return s.blocks(o)
}

// blocks reports whether nothing can be set below what a setting sets.
func (s Setting) blocks(deeper Setting) bool {
	if !slices.Equal(s.Path, deeper.Path[:len(s.Path)]) {
		return false
	}
	_, isMap := s.Value.(map[string]any)
	return !isMap
}

// With are settings with others; see with.
func With(all []Setting, more ...Setting) []Setting { return with(all, more...) }

// with are settings with another one, which takes the place of those that it clashes with.
func with(all []Setting, more ...Setting) []Setting {
	all = slices.Clone(all)
	for _, s := range more {
		all = slices.DeleteFunc(all, func(o Setting) bool { return s.clashes(o) || s.same(o) })
		all = append(all, s)
	}
	return all
}

// Without are settings but for some.
func Without(all, some []Setting) []Setting { return without(all, some) }

func without(all, some []Setting) []Setting {
	return slices.DeleteFunc(slices.Clone(all), func(s Setting) bool { return slices.ContainsFunc(some, s.same) })
}

// keyOf is the same for the same settings, in whatever order.
func keyOf(all []Setting) string {
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = strconv.Quote(s.String())
	}
	slices.Sort(texts)
	return strings.Join(texts, " ")
}

// Apply is how a chart is rendered with settings more than the options have.
func Apply(o chart.Options, all []Setting) chart.Options {
	o.Layers, o.APIVersions = slices.Clone(o.Layers), slices.Clone(o.APIVersions)
	for _, s := range all {
		switch s.Flag {
		case "api-versions":
			o.APIVersions = append(o.APIVersions, s.Text)
		case "kube-version":
			o.KubeVersion = s.Text
		case "is-upgrade":
			o.IsUpgrade = true
		default:
			o.Layers = append(o.Layers, chart.Layer{Kind: chart.LayerKind(s.Flag), Text: s.Text})
		}
	}
	return o
}
