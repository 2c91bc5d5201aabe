package meshcheck

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/input"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// analyzeTogether runs the suite over the objects of all inputs as one cluster or, where
// their releases are of several environments, as one for each of these, with all that is of
// none. Of one environment after the other the charts are rendered, analyzed, taken into the
// report and forgotten.
func (a *analyzer) analyzeTogether(results []*inputResult, report *checks.Report) {
	twice := map[*inputResult]int{}
	bugs := map[string]bool{}
	if i := slices.IndexFunc(results, func(v *inputResult) bool { return v.run != nil }); i >= 0 && a.explores != nil {
		results[i].notes = append(results[i].notes, "not explored, nor is any other chart: --together takes each with its first values set; explore in a run without it")
	}
	for _, environment := range environmentsOf(results) {
		for _, v := range results {
			if v.run != nil && environment != "" {
				v.run.render(v.run.setsOf(environment))
				v.settle(v.run.input.Own)
			}
		}
		all := a.analyzeCluster(results, environment, twice, bugs)
		if len(results) > 0 {
			report.Graphs.AddTogether(results[0].input.Path, environment, all.Graph)
		}
		for _, v := range results {
			if v.run != nil && environment != "" {
				v.addEnvironment(report, environment)
				v.run.forget()
			}
		}
	}
	for _, v := range results {
		if v.run != nil {
			v.run.finish()
			v.close()
		}
		if n := twice[v]; n > 0 {
			v.notes = append(v.notes, fmt.Sprintf("%d of its objects are also in another input and are checked there", n))
		}
	}
}

// environmentsOf are the environments of all inputs, in their order; where there is none, the
// one that is empty.
func environmentsOf(results []*inputResult) (all []string) {
	for _, v := range results {
		for _, set := range v.input.ValuesSets {
			if of := v.input.Environments[set]; of != "" && !slices.Contains(all, of) {
				all = append(all, of)
			}
		}
	}
	if len(all) == 0 {
		return []string{""}
	}
	return all
}

// analyzeCluster runs the suite over the objects of one environment. What it finds and what
// it must leave open goes to the input whose object it is at. It
// returns the outcome of all, whose picture is that of the environment.
func (a *analyzer) analyzeCluster(results []*inputResult, environment string, twice map[*inputResult]int, bugs map[string]bool) checks.Outcome {
	parts := map[*inputResult][]*setOutcome{}
	for _, v := range results {
		for i := range v.parts {
			if p := &v.parts[i]; p.environment == "" || p.environment == environment {
				parts[v] = append(parts[v], p)
			}
		}
	}
	var all []*object.Object
	home := map[*object.Object]*setOutcome{}
	kept := a.deduped(results, parts, twice)
	for _, v := range results {
		for _, p := range parts[v] {
			for _, o := range p.objects {
				if kept[o] {
					home[o] = p
					all = append(all, o)
				}
			}
		}
	}
	around := aroundOf(results, parts, all)
	outcome := without(a.check(slices.Concat(all, around), "", unreadOf(results, environment)), around)
	for i, v := range results {
		own := v.bug
		for _, b := range outcome.Bugs {
			if fault := b.Fault(v.input.Path); !bugs[fault.Error()] {
				bugs[fault.Error()] = true
				v.fail("", fault)
			}
		}
		v.ended(outcome)
		if v.close(); i > 0 {
			v.bug = own // one bug is reported once
		}
	}
	for _, f := range outcome.Findings {
		p := home[f.Field.Object()]
		p.outcome.Findings = append(p.outcome.Findings, f)
	}
	for _, o := range outcome.Questions {
		p := home[o.Field.Object()]
		p.outcome.Questions = append(p.outcome.Questions, o)
	}
	return outcome
}

// aroundOf are the Namespaces that are around the parts, each name once, that no input has itself.
func aroundOf(results []*inputResult, parts map[*inputResult][]*setOutcome, all []*object.Object) (around []*object.Object) {
	has := map[string]bool{}
	for _, o := range all {
		if o.Is("", "Namespace") {
			has[o.Name] = true
		}
	}
	for _, v := range results {
		for _, p := range parts[v] {
			for _, o := range p.around {
				if !has[o.Name] {
					has[o.Name] = true
					around = append(around, o)
				}
			}
		}
	}
	return around
}

// deduped picks the objects to judge where several inputs have the same one, as a chart
// and the helm_release that installs it have: a cluster has each object once. That of
// Terraform says with which values, so it is taken, unless it is but a patch of the
// other one.
// twice counts the objects of each input that are not picked, in the cluster with most of them.
func (a *analyzer) deduped(results []*inputResult, parts map[*inputResult][]*setOutcome, twice map[*inputResult]int) map[*object.Object]bool {
	type id struct{ group, kind, namespace, name string }
	type holder struct {
		object *object.Object
		input  *inputResult
	}
	kept, taken := map[*object.Object]bool{}, map[id]holder{}
	here := map[*inputResult]int{}
	for _, v := range results {
		for _, p := range parts[v] {
			for _, o := range p.objects {
				key := id{o.Group(), o.Kind, cmp.Or(o.Namespace, a.helm.Namespace), o.Name}
				first, has := taken[key]
				switch {
				case !named(o) || has && first.input == v:
					kept[o] = true // what one input has twice is its own affair
				case !has:
					kept[o], taken[key] = true, holder{o, v}
				case better(o, first.object):
					delete(kept, first.object)
					here[first.input]++
					kept[o], taken[key] = true, holder{o, v}
				default:
					here[v]++
				}
			}
		}
	}
	for v, n := range here {
		twice[v] = max(twice[v], n)
	}
	return kept
}

// named reports whether an object is known by its own name and namespace, and not by its
// address or an expression, which other inputs have too.
func named(o *object.Object) bool {
	return o.Name != "" && o.Name != o.Address && !o.Get("metadata", "name").Unknown() && !o.Get("metadata", "namespace").Unknown()
}

// better reports whether an object is to be analyzed in the place of another one of the
// same name.
func better(o, first *object.Object) bool {
	if (o.Address == "") != (first.Address == "") {
		mine, other := size(o.Tree), size(first.Tree)
		return o.Address != "" && 2*mine >= other || o.Address == "" && mine > 2*other
	}
	return false
}

// size is the number of nodes of a tree.
func size(n *object.Node) int {
	if n == nil {
		return 0
	}
	total := 1
	for _, e := range n.Entries {
		total += size(e.Value)
	}
	for _, item := range n.Items {
		total += size(item)
	}
	return total
}

// settle writes the namespace of an input into its objects that have none: those of other
// inputs, which are analyzed beside them, lie elsewhere.
func (v *inputResult) settle(o input.Own) {
	for _, p := range v.parts {
		for _, obj := range p.objects {
			if obj.Namespace == "" && o.Namespace != "" {
				obj.Namespace = o.Namespace
			}
		}
	}
}
