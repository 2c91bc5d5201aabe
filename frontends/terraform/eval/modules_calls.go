package eval

import (
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// called returns the instances of a module call, made once; nil where no such call is
// declared.
func (m *module) called(name string) *callState {
	if st, ok := m.calls[name]; ok {
		return st
	}
	b := m.source.calls[name]
	if b == nil {
		m.calls[name] = nil
		return nil
	}
	e := m.evaluator
	st := &callState{}
	m.calls[name] = st
	address := m.join("module." + name)
	st.missing = address + " refers to itself" // while its count is worked out
	src, missing := e.moduleOf(m, b, address)
	if src == nil {
		st.missing = missing
		return st
	}
	st.repetition = e.repeat(m.scope, b, address)
	st.missing = ""
	for _, i := range st.instances {
		if !e.within(e.header(b)) {
			break
		}
		if e.modules++; e.modules > maxModules {
			e.faultAt(e.header(b), "check its parts one by one", "the root has more than %d modules; the rest is not analyzed", maxModules)
			break
		}
		child := e.newModule(m, b, src, address+i.suffix())
		if st.uncertain != "" && child.uncertain == "" {
			child.uncertain = st.uncertain
		}
		child.bindCall(i.scope)
		st.modules = append(st.modules, child)
	}
	return st
}

// within counts what is made, and says when it is too much.
func (e *evaluator) within(at source.Span) bool {
	e.total++
	if e.total > maxTotal {
		e.faultAt(at, "check its parts one by one", "the root has more than %d resources and modules; the rest is not analyzed", maxTotal)
		return false
	}
	return true
}

// moduleOf loads the module that a block calls; missing says why it cannot be looked
// into.
func (e *evaluator) moduleOf(m *module, b *hclsyntax.Block, address string) (src *moduleSource, missing string) {
	a := b.Body.Attributes["source"]
	if a == nil {
		e.faultAt(e.header(b), "add a source", "%s has no source", address)
		return nil, address + " has no source"
	}
	at := e.files.span(a.Expr.Range())
	v, _ := e.eval(m.scope, a.Expr)
	unmarked, _ := v.Unmark()
	if !unmarked.IsKnown() || unmarked.IsNull() || unmarked.Type() != cty.String || lang.IsSensitive(v) {
		e.note("the source of %s is not known, so it is not analyzed", address)
		return nil, "the source of " + address + " is not known"
	}
	v = unmarked
	if m.depth >= maxModuleDepth {
		e.faultAt(at, "call modules less deeply", "modules are called more than %d deep; %s is not analyzed", maxModuleDepth, address)
		return nil, address + " is called too deeply"
	}
	key := b.Labels[0]
	if m.key != "" {
		key = m.key + "." + key
	}
	dir, known := e.installed[key]
	local := isLocal(v.AsString())
	if local {
		dir = filepath.Join(m.source.dir, filepath.FromSlash(v.AsString()))
	} else if !known || e.files.inside(dir) != nil {
		e.missing[BlockAddress(address)] = v.AsString()
		return nil, address + " is not available (terraform init downloads it)"
	}
	if e.sources[dir] == nil {
		if err := e.files.inside(dir); err != nil {
			e.faultAt(at, "fix the source", "%s cannot be read: %s", address, reasonOfPath(err))
			return nil, address + " cannot be read"
		}
		if names, unread, err := SourceFiles(e.files.tree, dir); err == nil && len(names)+len(unread) == 0 {
			e.faultAt(at, "fix the source", "the directory of %s has no .tf files", address)
			return nil, address + " has no .tf files"
		}
	}
	if src = e.load(dir); src == nil {
		return nil, address + " cannot be read"
	}
	return src, ""
}

// isLocal reports whether a module source is a directory beside the configuration.
func isLocal(src string) bool {
	src = filepath.ToSlash(src)
	return strings.HasPrefix(src, "./") || strings.HasPrefix(src, "../") || src == "." || src == ".."
}

// outputsOf is module.NAME with the outputs that an expression asks for.
func (m *module) outputsOf(name string, demands []reference, at hcl.Range) (v cty.Value, incomplete bool) {
	e := m.evaluator
	st := m.called(name)
	address := m.join("module." + name)
	switch {
	case st == nil:
		e.faultAt(e.files.span(at), "declare it, or fix the name", "%s is not declared", address)
		return lang.UnknownBecause(cty.DynamicPseudoType, address+" is not declared"), true
	case st.missing != "":
		return lang.UnknownBecause(cty.DynamicPseudoType, st.missing), true
	case st.uncertain != "":
		return lang.UnknownBecause(cty.DynamicPseudoType, st.uncertain), true
	}
	wanted, all := map[string]bool{}, false
	for _, d := range demands {
		if n, ok := d.name(0); !ok || d.root != "module" || n != name {
			continue
		}
		i := 1
		if !st.single {
			i = 2
		}
		if output, ok := d.name(i); ok {
			wanted[output] = true
		} else if !covered(d, demands) {
			all = true
		}
	}
	values := make([]cty.Value, len(st.modules))
	for i, child := range st.modules {
		outputs := map[string]cty.Value{}
		for output := range child.source.outputs {
			if !all && !wanted[output] {
				continue
			}
			if v, l, ok := child.output(output); ok {
				outputs[output] = v
				incomplete = incomplete || l
			}
		}
		values[i] = cty.ObjectVal(outputs)
	}
	switch {
	case st.single && len(values) == 1:
		return values[0], incomplete
	case st.keyed:
		keyed := map[string]cty.Value{}
		for i, v := range values {
			keyed[st.instances[i].key.AsString()] = v
		}
		return cty.ObjectVal(keyed), incomplete
	}
	return cty.TupleVal(values), incomplete
}

// covered reports whether a demand is only the start of another, longer one.
func covered(d reference, demands []reference) bool {
	for _, longer := range demands {
		if longer.root == d.root && len(longer.steps) > len(d.steps) && longer.at == d.at {
			return true
		}
	}
	return false
}

// expand makes the resources of a module and of those that it calls.
func (m *module) expand() {
	e := m.evaluator
	m.validate()
	for _, b := range m.source.order {
		switch {
		case b.Type == "module":
			st := m.called(b.Labels[0])
			if st.missing == "" && len(st.instances) == 0 {
				if src, _ := e.moduleOf(m, b, m.join("module."+b.Labels[0])); src != nil {
					e.emptyModule(src, m.join("module."+b.Labels[0]), m.depth+1)
				}
			}
			for _, child := range st.modules {
				child.expand()
			}
		case b.Type == "data" && dataSources[b.Labels[0]] != nil:
			m.expandResource(m.state("data." + b.Labels[0] + "." + b.Labels[1]))
		case b.Type == "resource" && Relevant(b.Labels[0]):
			m.expandResource(m.state(b.Labels[0] + "." + b.Labels[1]))
		}
	}
}

// emptyModule counts the resources of a module of which there is no instance.
func (e *evaluator) emptyModule(src *moduleSource, address string, depth int) {
	for _, b := range src.order {
		switch {
		case b.Type == "resource" && Relevant(b.Labels[0]):
			e.seen(b, address+"."+b.Labels[0]+"."+b.Labels[1], 0)
		case b.Type == "module" && depth < maxModuleDepth:
			a := b.Body.Attributes["source"]
			if a == nil {
				continue
			}
			v, diags := lang.Constant(a.Expr)
			if diags.HasErrors() || v.Type() != cty.String || v.IsNull() || !isLocal(v.AsString()) {
				continue
			}
			dir := filepath.Join(src.dir, filepath.FromSlash(v.AsString()))
			if e.files.inside(dir) != nil {
				continue
			}
			if inner := e.load(dir); inner != nil {
				e.emptyModule(inner, address+".module."+b.Labels[0], depth+1)
			}
		}
	}
}
