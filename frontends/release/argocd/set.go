package argocd

import (
	"errors"
	"fmt"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
)

// ApplicationSet makes the Applications of an ApplicationSet: those of the generators that the
// repository decides alone, and says of the others why there are none.
//
// Source: applicationset/controllers/template/template.go (GenerateApplications,
// renderTemplatePatch) and applicationset/generators of argoproj/argo-cd, at 37ee0097cf.
func ApplicationSet(r *release.Repository, o *object.Object) (applications []*object.Object, undecided []release.Undecided) {
	name := o.NameField().Origin()
	declared := release.Declaration{Name: o.String(), Span: name.Span, Behind: name.Trace}
	spec := o.Get("spec")
	if why := release.UnknownIn(spec); why != "" {
		return nil, []release.Undecided{{Declared: declared, Why: release.NotKnown, Detail: why}}
	}
	generators := spec.Get("generators").Items()
	if len(generators) == 0 {
		return nil, []release.Undecided{{Declared: declared, Why: release.NoSource, Detail: "it has no generators"}}
	}
	t := templating{golang: spec.Get("goTemplate").Flag().V, options: release.Texts(spec.Get("goTemplateOptions"))}
	if t.golang {
		t.engine = newEngine()
	}
	g := &generating{repository: r, templating: t}
	for _, generator := range generators {
		for _, kind := range kindsOf(generator.Node()) {
			made, err := g.applications(o, kind, generator.Node())
			applications = append(applications, made...)
			if err != nil {
				u := release.Undecided{Declared: declared, Why: release.NotValid, Detail: kind + ": " + err.Error()}
				var why *generatorError
				if errors.As(err, &why) {
					u.Why, u.Detail = why.why, why.detail
				}
				undecided = append(undecided, u)
			}
		}
	}
	return applications, undecided
}

// generatorError says why a generator gives no parameters.
type generatorError struct {
	why    release.Why
	detail string
}

func (e *generatorError) Error() string { return string(e.why) + ": " + e.detail }

// applications are those that one generator makes.
func (g *generating) applications(set *object.Object, kind string, generator *object.Node) ([]*object.Object, error) {
	all, err := g.parameters(kind, generator, parameters{})
	if err != nil {
		return nil, err
	}
	template := merged(generator.Get(kind).Get("template"), set.Get("spec", "template").Node())
	var made []*object.Object
	for _, p := range all {
		tree, err := g.replaced(template, p)
		if err != nil {
			return made, err
		}
		if tree, err = g.patched(set, tree, p); err != nil {
			return made, err
		}
		made = append(made, applicationOf(set, tree))
	}
	return made, nil
}

// applicationOf makes an object of a template that is filled in.
func applicationOf(set *object.Object, tree *object.Node) *object.Object {
	text := func(s string) *object.Node { return &object.Node{Kind: object.String, Text: s, Ref: set.Tree.Ref} }
	whole := &object.Node{Kind: object.Map, Ref: tree.Ref, Entries: append([]object.Entry{
		{Key: "apiVersion", Ref: set.Tree.Ref, Value: text(set.APIVersion)}, {Key: "kind", Ref: set.Tree.Ref, Value: text("Application")},
	}, tree.Entries...)}
	o := &object.Object{APIVersion: set.APIVersion, Kind: "Application", Namespace: set.Namespace, Tree: whole, Input: set.Input}
	o.Name = o.Get("metadata", "name").Str().V
	return o
}

// patched is the tree of an Application with the templatePatch put on it.
func (g *generating) patched(set *object.Object, tree *object.Node, p parameters) (*object.Node, error) {
	field := set.Get("spec", "templatePatch")
	if !field.Exists() {
		return tree, nil
	}
	f, err := g.fill(field.Str().V, p.values)
	if err != nil {
		return nil, fmt.Errorf("templatePatch: %w", err)
	}
	d := object.Decode(f.text, g.document(field, f, p), object.Kubectl)
	if len(d.Documents) == 0 {
		if len(d.Errors) > 0 {
			return nil, fmt.Errorf("templatePatch: %s", d.Errors[0].What)
		}
		return tree, nil
	}
	return mergePatch(tree, d.Documents[0]), nil
}

// document locates the parts of a field's text that is a document.
func (g *generating) document(field object.Field, f filling, p parameters) object.TextLocator {
	n := field.Node()
	if len(f.segments) == 0 && f.text == n.Text {
		return inField{n.Ref, field.AtKey(), n.Text}
	}
	return filledDocument{field, filled{n.Ref, n.Text, f, p, g.templating}}
}

// merged is a template of a generator with what that of the set has besides.
func merged(own, set *object.Node) *object.Node {
	if own == nil || own.Kind == object.Null || own.Kind != object.Map && own.Text == "" && len(own.Items) == 0 {
		return set
	}
	if own.Kind != object.Map || set == nil || set.Kind != object.Map {
		return own
	}
	out := *own
	out.Entries = nil
	for _, e := range own.Entries {
		out.Entries = append(out.Entries, object.Entry{Key: e.Key, Ref: e.Ref, Value: merged(e.Value, set.Get(e.Key))})
	}
	for _, e := range set.Entries {
		if own.Get(e.Key) == nil {
			out.Entries = append(out.Entries, e)
		}
	}
	return &out
}
