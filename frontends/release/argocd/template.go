package argocd

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// templating is how the texts of an ApplicationSet are filled in.
type templating struct {
	golang  bool
	options []string // of Go's templates
	engine  *engine  // of Go's templates
}

// maxText bounds a text that is filled in, in bytes.
const maxText = 1 << 20

// changing are functions of sprig that give something else each time, or what only the
// machine of Argo CD knows.
var changing = []string{
	"env", "expandenv", "getHostByName", "now", "ago", "date", "dateInZone", "date_in_zone", "htmlDate", "htmlDateInZone", "uuidv4", "shuffle",
	"randAlpha", "randAlphaNum", "randAscii", "randNumeric", "randBytes", "randInt", "bcrypt", "htpasswd", "genPrivateKey", "genCA", "genCAWithKey",
	"genSelfSignedCert", "genSelfSignedCertWithKey", "genSignedCert", "genSignedCertWithKey", "encryptAES", "derivePassword", "buildCustomCert",
	"slugify",
}

// functions are those of the templates of ApplicationSets.
//
// Source: applicationset/utils/utils.go of argoproj/argo-cd, at 37ee0097cf.
func functions() template.FuncMap {
	all := sprig.TxtFuncMap()
	for _, name := range changing {
		all[name] = func(...any) (string, error) { return "", refusal("the result of " + name + " is not known") }
	}
	all["normalize"] = normalized
	all["toYaml"] = func(v any) (string, error) {
		data, err := yaml.Marshal(v)
		return strings.TrimSuffix(string(data), "\n"), err
	}
	all["fromYaml"] = func(text string) (m map[string]any, err error) {
		return m, yaml.Unmarshal([]byte(text), &m)
	}
	all["fromYamlArray"] = func(text string) (l []any, err error) {
		return l, yaml.Unmarshal([]byte(text), &l)
	}
	return all
}

// limited is a text that does not grow beyond maxText.
type limited struct{ strings.Builder }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > maxText {
		return 0, refusal(fmt.Sprintf("the text is longer than %d bytes", maxText))
	}
	return l.Builder.Write(p)
}

// flatTag is a tag of a flat template.
var flatTag = regexp.MustCompile(`\{\{[^}]*\}\}`)

// replace fills in one text.
func (t templating) replace(text string, values map[string]any) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	if !t.golang {
		return flatTag.ReplaceAllStringFunc(text, func(tag string) string {
			if v, ok := values[strings.TrimSpace(tag[2:len(tag)-2])].(string); ok {
				return v
			}
			return tag
		}), nil
	}
	for _, o := range t.options {
		if !slices.Contains([]string{"missingkey=default", "missingkey=invalid", "missingkey=zero", "missingkey=error"}, o) {
			return "", fmt.Errorf("goTemplateOptions: %q is not an option", o)
		}
	}
	e := t.engine
	if e == nil {
		e = newEngine()
	}
	parsed, err := e.parse(text, t.options)
	if err != nil {
		return "", err
	}
	e.turns = 0
	var out limited
	err = parsed.Execute(&out, values)
	return out.String(), withoutValues(err)
}

// replaced fills in all texts of a tree, and keys too.
func (t templating) replaced(n *object.Node, p parameters) (*object.Node, error) {
	if n == nil {
		return nil, nil
	}
	out := *n
	if n.Kind == object.String {
		text, err := t.replace(n.Text, p.values)
		if err != nil {
			return nil, err
		}
		if text != n.Text {
			out.Text, out.Ref = text, object.Ref{By: filled{n.Ref, p.from}}
		}
		return &out, nil
	}
	out.Items, out.Entries = nil, nil
	for _, item := range n.Items {
		v, err := t.replaced(item, p)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, v)
	}
	for _, e := range n.Entries {
		key, err := t.replace(e.Key, p.values)
		if err != nil {
			return nil, err
		}
		v, err := t.replaced(e.Value, p)
		if err != nil {
			return nil, err
		}
		out.Entries = append(out.Entries, object.Entry{Key: key, Ref: e.Ref, Value: v})
	}
	return &out, nil
}

// filled is the Locator of a text that was filled in: the template's place, and behind it
// where the parameters are written.
type filled struct {
	template object.Ref
	from     []source.Step
}

// Locate implements object.Locator.
func (f filled) Locate(int) source.Origin {
	o := f.template.Origin()
	o.Trace = slices.Concat(o.Trace, f.from)
	return o
}

// whole locates all of a text that was filled in at the field that has it.
type whole struct {
	field object.Field
	p     parameters
}

// Origin implements object.TextLocator.
func (w whole) Origin(int, int) source.Origin {
	return filled{w.field.Node().Ref, w.p.from}.Locate(0)
}
