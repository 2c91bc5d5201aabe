package plan

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// sources evaluates the configuration that the plan was made of: what the user names,
// else the .tf files beside the plan or in the working directory, where they have
// anything to do with the plan. Nil where there is none.
func (p *plan) sources(path string, o eval.Options, named string) (c *eval.Configuration, notes []string, fault *source.Error) {
	o = p.options(o)
	if named != "" {
		c, fault = eval.EvaluateSources(named, o)
		if fault == nil && !p.knows(c) && len(p.resources) > 0 {
			notes = append(notes, named+" has none of the plan's resources: the places are in the plan")
			c = nil
		}
		return c, p.addSourceErrors(c, notes), fault
	}
	for _, dir := range []string{filepath.Dir(path), "."} {
		if names, _, err := eval.SourceFiles(o.Tree, dir); err != nil || len(names) == 0 {
			continue
		}
		if c, fault := eval.EvaluateSources(dir, o); fault == nil && p.knows(c) {
			return c, p.addSourceErrors(c, nil), nil
		}
	}
	if len(p.resources) > 0 {
		notes = append(notes, "the sources of the plan were not found: the places are in the plan; pass their directory, or the binary plan, with --source")
	}
	return nil, notes, nil
}

// options are those for the evaluation of the plan's sources: what the plan says of a
// variable wins over files and flags, which tell where its value is written.
func (p *plan) options(o eval.Options) eval.Options {
	o.Vars = slices.Clone(o.Vars)
	for _, v := range p.variables {
		if v.Value == nil {
			continue
		}
		if text, err := json.Marshal(v.Value.Interface()); err == nil {
			o.Vars = append(o.Vars, eval.Var{Name: v.Key, Value: string(text), JSON: true})
		}
	}
	return o
}

// knows reports whether a configuration has any resource of the plan.
func (p *plan) knows(c *eval.Configuration) bool {
	if c == nil {
		return false
	}
	has := map[string]bool{}
	for _, r := range p.resources {
		has[eval.BlockAddress(r.address)] = true
	}
	for _, r := range c.Resources {
		if has[eval.BlockAddress(r.Address)] {
			return true
		}
	}
	for _, empty := range c.Empty {
		if has[eval.BlockAddress(empty.Address)] {
			return true
		}
	}
	return false
}

// addSourceErrors adds what is wrong with the sources: only places and reasons depend on them.
func (p *plan) addSourceErrors(c *eval.Configuration, notes []string) []string {
	if c == nil {
		return notes
	}
	for i, err := range c.Errors {
		if i == maxPlanErrors {
			notes = append(notes, fmt.Sprintf("the sources of the plan have %d more errors", len(c.Errors)-i))
			break
		}
		notes = append(notes, "in the sources of the plan: "+err.Error())
	}
	return notes
}

// expressions are what the configuration in the plan says about its resources, by the
// address of the block, in the shape of a resource's values and without their values:
// constants as they are, expressions as unknown values. Dynamic blocks are not in it.
func (p *plan) expressions() map[string]*object.Node {
	all := map[string]*object.Node{}
	collectExpressions(p.configuration, "", 0, all)
	return all
}

func collectExpressions(module *object.Node, prefix string, depth int, all map[string]*object.Node) {
	if module == nil || depth > maxPlanDepth {
		return
	}
	if list := module.Get("resources"); list != nil {
		for _, r := range list.Items {
			address, e := r.Get("address"), r.Get("expressions")
			if address != nil && e != nil && e.Kind == object.Map {
				all[prefix+address.Text] = expressionBlock(e)
			}
		}
	}
	if calls := module.Get("module_calls"); calls != nil {
		for _, call := range calls.Entries {
			collectExpressions(call.Value.Get("module"), prefix+"module."+call.Key+".", depth+1, all)
		}
	}
}

func expressionBlock(n *object.Node) *object.Node {
	out := &object.Node{Kind: object.Map}
	for _, e := range n.Entries {
		out.Entries = append(out.Entries, object.Entry{Key: e.Key, Value: expressionValue(e.Value)})
	}
	return out
}

func expressionValue(n *object.Node) *object.Node {
	if n.Kind == object.List {
		out := &object.Node{Kind: object.List}
		for _, item := range n.Items {
			if item.Kind == object.Map {
				out.Items = append(out.Items, expressionBlock(item))
			}
		}
		return out
	}
	if n.Get("constant_value") != nil {
		return n.Get("constant_value")
	}
	reason := reasonApply
	if refs := n.Get("references"); refs != nil && len(refs.Items) > 0 {
		reason = refs.Items[0].Text + " is known after the apply"
	}
	return &object.Node{Kind: object.Unknown, Text: reason}
}
