package eval

import (
	"encoding/json"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// module is one instance of a module: the root, or one of a call.
type module struct {
	evaluator *evaluator
	source    *moduleSource
	parent    *module
	call      *hclsyntax.Block // nil for the root
	scope     *scope           // the names that all of its expressions see
	address   string           // module.a["x"].module.b; empty for the root
	key       string           // the dotted path of the calls without instance keys: a.b
	depth     int
	uncertain string // why it is not known whether it exists

	bindings  map[string]*binding
	variables map[string]*memo
	locals    map[string]*memo
	outputs   map[string]*memo
	resources map[string]*resourceState
	calls     map[string]*callState
}

// callState is a module block of one module instance.
type callState struct {
	repetition
	modules []*module
	missing string // why it cannot be looked into
}

func (e *evaluator) newModule(parent *module, call *hclsyntax.Block, src *moduleSource, address string) *module {
	m := &module{
		evaluator: e, source: src, parent: parent, call: call, address: address,
		bindings: map[string]*binding{}, variables: map[string]*memo{}, locals: map[string]*memo{},
		outputs: map[string]*memo{}, resources: map[string]*resourceState{}, calls: map[string]*callState{},
	}
	m.scope = &scope{module: m}
	if parent != nil {
		m.depth, m.key, m.uncertain = parent.depth+1, call.Labels[0], parent.uncertain
		if parent.key != "" {
			m.key = parent.key + "." + m.key
		}
	}
	return m
}

// join is the address of something in the module.
func (m *module) join(name string) string {
	if m.address == "" {
		return name
	}
	return m.address + "." + name
}

// dir is the module's directory relative to the root's, with slashes.
func (m *module) dir() string {
	rel, err := filepath.Rel(filepath.Clean(m.evaluator.root), m.source.dir)
	if err != nil {
		return filepath.ToSlash(m.source.dir)
	}
	return filepath.ToSlash(rel)
}

// paths is the object path.
func (m *module) paths() cty.Value {
	cwd, err := filepath.Abs(m.evaluator.root)
	if err != nil {
		cwd = m.evaluator.root
	}
	return cty.ObjectVal(map[string]cty.Value{
		"module": cty.StringVal(m.dir()), "root": cty.StringVal("."), "cwd": cty.StringVal(filepath.ToSlash(cwd)),
	})
}

// environment is what the functions of the module may see.
func (m *module) environment() lang.Env {
	e := m.evaluator
	at := func(path string) string {
		path = filepath.FromSlash(path)
		if !filepath.IsAbs(path) {
			path = filepath.Join(e.root, path)
		}
		return path
	}
	return lang.Env{
		RootDir: e.root, ModuleDir: m.source.dir, Meter: &e.meter,
		Read: func(path string) ([]byte, error) {
			file, err := e.files.file(at(path))
			if err != nil {
				return nil, &fs.PathError{Op: "read", Path: path, Err: source.Cause(err)}
			}
			return file.Data, nil
		},
		List: func(dir string) ([]fs.DirEntry, error) {
			if err := e.files.inside(at(dir)); err != nil {
				return nil, &fs.PathError{Op: "list", Path: dir, Err: source.Cause(err)}
			}
			return e.files.bound.ReadDir(at(dir))
		},
	}
}

func (m *module) functions() map[string]function.Function {
	if m.source.functions == nil {
		m.source.functions = lang.Functions(m.environment())
	}
	return m.source.functions
}

// local is the value of a local value.
func (m *module) local(name string, at hcl.Range) (cty.Value, bool) {
	e := m.evaluator
	a := m.source.locals[name]
	if a == nil {
		e.faultAt(e.files.span(at), "declare it, or fix the name", "%s is not declared", m.join("local."+name))
		return lang.UnknownBecause(cty.DynamicPseudoType, "local."+name+" is not declared"), true
	}
	return e.memoize(memoOf(m.locals, name), m.join("local."+name), e.files.span(a.Expr.Range()), func() (cty.Value, bool) {
		return e.eval(m.scope, a.Expr)
	})
}

func memoOf(memos map[string]*memo, name string) *memo {
	if memos[name] == nil {
		memos[name] = &memo{}
	}
	return memos[name]
}

// variable is the value of a variable.
func (m *module) variable(name string, at hcl.Range) (cty.Value, bool) {
	e := m.evaluator
	v := m.source.variables[name]
	if v == nil {
		e.faultAt(e.files.span(at), "declare it, or fix the name", "%s is not declared", m.join("var."+name))
		return lang.UnknownBecause(cty.DynamicPseudoType, "var."+name+" is not declared"), true
	}
	return e.memoize(memoOf(m.variables, name), m.join("var."+name), e.header(v.block), func() (cty.Value, bool) {
		value, incomplete := m.bound(v)
		return value, incomplete
	})
}

// bound is the value that a variable is given, fitted to its type.
func (m *module) bound(v *variable) (value cty.Value, incomplete bool) {
	e, b := m.evaluator, m.bindings[v.name]
	at := e.header(v.block)
	switch {
	case b == nil || b.raw == nil && b.from == nil:
		reason := m.join("var."+v.name) + " has no value"
		value = lang.UnknownBecause(cty.DynamicPseudoType, reason)
	case b.raw != nil:
		value, at = *b.raw, b.at
	default:
		value, incomplete = e.eval(b.from.scope, b.from.expr)
		at = e.files.span(b.from.expr.Range())
	}
	if unmarked, _ := value.Unmark(); unmarked.IsNull() && !v.nullable && v.byDefault != nil {
		value, incomplete = e.eval(m.scope, v.byDefault)
		at = e.files.span(v.byDefault.Range())
	}
	return e.fit(v, value, at), incomplete
}

// defaultSite is where the default of a variable is.
func (m *module) defaultSite(v *variable) *site {
	if v.byDefault == nil {
		return nil
	}
	return &site{scope: m.scope, expr: v.byDefault, in: container{role: source.Default, name: "var." + v.name}}
}

// bindRoot gives the variables of the root module their values.
func (m *module) bindRoot(values map[string]given) {
	for name, v := range m.source.variables {
		b := &binding{variable: v, from: m.defaultSite(v)}
		if g, ok := values[name]; ok {
			b.raw, b.at = &g.value, g.at
			b.from = &site{scope: m.scope, expr: g.expr, in: g.in}
		}
		m.bindings[name] = b
	}
}

// bindCall gives the variables the arguments of the call.
func (m *module) bindCall(arguments *scope) {
	e := m.evaluator
	for name, v := range m.source.variables {
		b := &binding{variable: v, from: m.defaultSite(v)}
		if a := m.call.Body.Attributes[name]; a != nil {
			b.from = &site{scope: arguments, expr: a.Expr, in: container{role: source.Argument, name: name}}
		}
		m.bindings[name] = b
	}
	for _, a := range attributesOf(m.call.Body) {
		if m.source.variables[a.Name] == nil && !callAttributes[a.Name] {
			e.faultAt(e.files.span(a.NameRange), "declare it, or fix the name",
				"module %s has no variable %s", quoted(m.call.Labels[0]), quoted(a.Name))
		}
	}
}

// callAttributes are Terraform's own in a module block.
var callAttributes = map[string]bool{
	"source": true, "version": true, "providers": true, "count": true, "for_each": true, "depends_on": true,
}

// output is the value of an output; ok is false where it is not declared.
func (m *module) output(name string) (v cty.Value, incomplete, ok bool) {
	e := m.evaluator
	b := m.source.outputs[name]
	if b == nil || b.Body.Attributes["value"] == nil {
		return cty.NilVal, false, false
	}
	a := b.Body.Attributes["value"]
	v, incomplete = e.memoize(memoOf(m.outputs, name), m.join("output."+name), e.files.span(a.Expr.Range()), func() (cty.Value, bool) {
		v, incomplete := e.eval(m.scope, a.Expr)
		if e.literalBool(b.Body.Attributes["sensitive"], false) {
			v = lang.MarkSensitive(v)
		}
		return v, incomplete
	})
	return v, incomplete, true
}

// readInstalled reads the list of the modules that terraform init fetched.
func (e *evaluator) readInstalled() map[string]string {
	path := filepath.Join(e.root, ".terraform", "modules", "modules.json")
	file, err := e.files.file(path)
	if err != nil {
		if !notThere(err) {
			e.note("the list of downloaded modules cannot be read: %s", reasonOfPath(source.Cause(err)))
		}
		return nil
	}
	var list struct {
		Modules []struct{ Key, Dir string }
	}
	if err := json.Unmarshal(file.Data, &list); err != nil {
		e.note("%s is not a list of modules; run terraform init", file.Name())
		return nil
	}
	installed := map[string]string{}
	for _, m := range list.Modules {
		if m.Key == "" {
			continue
		}
		dir := filepath.FromSlash(strings.ReplaceAll(m.Dir, `\`, "/"))
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(e.root, dir)
		}
		installed[m.Key] = filepath.Clean(dir)
	}
	return installed
}
