package delivery

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var emptyVariable = &checks.Check{
	ID: "MESH981", Name: "empty-variable", Severity: checks.Warning,
	Summary: "A $ in a parameter of an Argo CD Application begins a variable, and Argo CD empties all but its own",
	Advice:  "write $$ for each $ that is meant as it is, or set the value in helm.valuesObject, in which $ means nothing",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, a := range views.Applications(p.Set) {
			if filledIn(a) {
				continue
			}
			for _, s := range a.Sources() {
				for _, text := range s.Expanded() {
					emptyVariableIn(p, a, text)
				}
			}
		}
	},
}

// filledIn reports whether another tool fills in the file first: it has a variable where Argo CD replaces none.
func filledIn(a views.Application) bool {
	return slices.ContainsFunc(a.Plain(), func(s object.Str) bool {
		text := s.V
		if a.Template {
			text = withoutTemplates(text)
		}
		_, found := emptied(text, nil)
		return found || strings.Contains(text, "${{")
	})
}

// emptyVariableIn reports a text in which Argo CD empties a variable. The message names neither the value, which may be a password,
// nor the variable, which may be a part of it.
func emptyVariableIn(p *checks.Pass, a views.Application, text views.Expanded) {
	if text.Unknown() {
		p.Undecided(text)
		return
	}
	value, begin := text.V, 0
	if a.Template {
		value = withoutTemplates(value)
	}
	if text.File && strings.HasPrefix(value, "$") {
		ref, _, _ := strings.Cut(value, "/")
		is, filled := refers(a, ref[1:])
		if filled {
			return
		}
		if p.Decide(is) {
			begin = len(ref)
		} else if !is.False() {
			return
		}
	}
	known := argoVariables
	if text.Plugin {
		known = slices.Concat(argoVariables, pluginVariables)
	}
	v, found := emptied(value[begin:], known)
	if !found {
		return
	}
	at := text.Field
	if strings.Contains(value[:begin+v.start], "\n") { // the line of a long text
		at = text.Within(begin+v.start, begin+v.end)
	}
	if text.File && begin == 0 && v.start == 0 {
		p.Report(at, "%s begins with $ and a name that is neither the ref of a source nor a variable of Argo CD: nothing is put in its place", text.What).
			WithAdvice("give the source that has the file this ref, or write the path without the variable").WithoutValue()
		return
	}
	p.Report(at, "%s has a $, which Argo CD reads as the start of a variable that it does not have: nothing is put in its place", text.What).WithoutValue()
}

// refers reports whether a source of an Application has a ref, or whether a template may fill it in.
func refers(a views.Application, name string) (is object.Truth, filled bool) {
	if a.SourceList().Unknown() {
		return object.Undecided(a.SourceList()), false
	}
	filled = strings.ContainsRune(name, blank)
	for _, s := range a.Sources() {
		is = is.Or(s.Ref().Is(name))
		filled = filled || a.Template && strings.Contains(s.Ref().V, "{{")
	}
	return is, filled && !is.True()
}
