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

// limited is a text that does not grow beyond maxText, with what has written each part of it.
type limited struct {
	strings.Builder
	engine *engine
	filling
}

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > maxText {
		return 0, refusal(fmt.Sprintf("the text is longer than %d bytes", maxText))
	}
	if len(l.segments) <= maxSegments {
		l.add(l.engine.writing, l.Len()+len(p))
	}
	return l.Builder.Write(p)
}

// flatTag is a tag of a flat template.
var flatTag = regexp.MustCompile(`\{\{[^}]*\}\}`)

// flat fills in one text of a flat template.
func flat(text string, values map[string]any) (f filling) {
	var b strings.Builder
	at := 0
	literal := func(end int) {
		b.WriteString(text[at:end])
		f.add(&mark{from: at, to: end, literal: true, known: true}, b.Len())
	}
	for _, tag := range flatTag.FindAllStringIndex(text, -1) {
		name := strings.TrimSpace(text[tag[0]+2 : tag[1]-2])
		v, ok := values[name].(string)
		if !ok {
			continue // it stays as it is
		}
		literal(tag[0])
		b.WriteString(v)
		f.add(&mark{from: tag[0], to: tag[1], known: true, names: []string{name}}, b.Len())
		at = tag[1]
	}
	literal(len(text))
	if f.text = b.String(); len(f.segments) > maxSegments {
		f.segments = nil
	}
	return f
}

// replace fills in one text.
func (t templating) replace(text string, values map[string]any) (string, error) {
	f, err := t.fill(text, values)
	return f.text, err
}

// fill fills in one text.
func (t templating) fill(text string, values map[string]any) (filling, error) {
	if !strings.Contains(text, "{{") {
		return filling{text: text}, nil
	}
	if !t.golang {
		return flat(text, values), nil
	}
	for _, o := range t.options {
		if !slices.Contains([]string{"missingkey=default", "missingkey=invalid", "missingkey=zero", "missingkey=error"}, o) {
			return filling{}, fmt.Errorf("goTemplateOptions: %q is not an option", o)
		}
	}
	e := t.engine
	if e == nil {
		e = newEngine()
	}
	parsed, err := e.parse(text, t.options)
	if err != nil {
		return filling{}, err
	}
	e.turns, e.marks, e.writing = 0, parsed.marks, nil
	out := limited{engine: e}
	err = parsed.Execute(&out, values)
	if out.text = out.String(); len(out.segments) > maxSegments {
		out.segments = nil
	}
	return out.filling, withoutValues(err)
}

// replaced fills in all texts of a tree, and keys too.
func (t templating) replaced(n *object.Node, p parameters) (*object.Node, error) {
	if n == nil {
		return nil, nil
	}
	out := *n
	if n.Kind == object.String {
		f, err := t.fill(n.Text, p.values)
		if err != nil {
			return nil, err
		}
		if f.text != n.Text {
			out.Text, out.Ref = f.text, object.Ref{By: filled{n.Ref, n.Text, f, p, t}}
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
