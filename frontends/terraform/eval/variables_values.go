package eval

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	hcljson "github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// given is a value for a variable of the root module.
type given struct {
	value cty.Value
	// expr is the expression in a file of variables; nil for flags and environment.
	expr hcl.Expression
	in   container
	at   source.Span
}

// rootValues collects the values of the root's variables in Terraform's order of
// precedence, the weakest first.
func (e *evaluator) rootValues(src *moduleSource) map[string]given {
	values := map[string]given{}
	for _, entry := range e.options.Environ {
		name, value, _ := strings.Cut(entry, "=")
		if variable, ok := strings.CutPrefix(name, "TF_VAR_"); ok && src.variables[variable] != nil {
			e.giveText(values, src, variable, value, container{
				role: source.Value, name: name, flag: "environment " + entry,
			})
		}
	}
	if !e.options.SkipVarFiles {
		for _, name := range automaticFiles(e.files.tree, src.dir) {
			e.giveFile(values, src, filepath.Join(src.dir, name), false)
		}
	}
	for _, path := range e.options.VarFiles {
		e.giveFile(values, src, path, true)
	}
	for _, v := range e.options.Vars {
		switch {
		case v.File != "":
			e.giveFile(values, src, v.File, true)
		case src.variables[v.Name] == nil:
			e.note("no variable %s is declared here; its value is not used", quoted(v.Name))
		case v.JSON:
			e.giveJSON(values, src, v)
		default:
			e.giveText(values, src, v.Name, v.Value, flagOf(v))
		}
	}
	return values
}

func flagOf(v Var) container {
	c := container{role: source.Value, name: v.Name, flag: v.Flag}
	if c.flag == "" {
		c.flag = "--var " + v.Name + "=" + v.Value
	}
	return c
}

// automaticFiles are the files of variables that Terraform reads by itself: the
// weakest first.
func automaticFiles(t source.Tree, dir string) []string {
	entries, err := t.ReadDir(dir)
	if err != nil {
		return nil
	}
	var fixed, auto []string
	for _, entry := range entries {
		switch name := entry.Name(); {
		case entry.IsDir():
		case name == "terraform.tfvars" || name == "terraform.tfvars.json":
			fixed = append(fixed, name)
		case strings.HasSuffix(name, ".auto.tfvars") || strings.HasSuffix(name, ".auto.tfvars.json"):
			auto = append(auto, name)
		}
	}
	sort.Strings(fixed)
	sort.Strings(auto)
	return append(fixed, auto...)
}

// giveText takes a value as a person types it: the text itself for a variable of a
// primitive type, else an expression.
func (e *evaluator) giveText(values map[string]given, src *moduleSource, name, text string, in container) {
	if t := src.variables[name].typ; t.IsPrimitiveType() || t == cty.DynamicPseudoType && !strings.ContainsAny(text, "[{\"") {
		values[name] = given{value: cty.StringVal(text), in: in}
		return
	}
	fail := func() {
		e.fault(&source.Error{
			What: "the value of the variable " + quoted(name) + " is not a valid expression", Path: e.root,
			Do: `write it as in a .tfvars file: ["a", "b"] or {key = "value"}`,
		})
		values[name] = given{value: lang.UnknownBecause(cty.DynamicPseudoType, "the value of var."+name+" is not a valid expression"), in: in}
	}
	tokens, _ := hclsyntax.LexExpression([]byte(text), "", hcl.InitialPos)
	if _, what := lang.Guard(tokens); what != "" {
		fail()
		return
	}
	expr, diags := hclsyntax.ParseExpression([]byte(text), "", hcl.InitialPos)
	if diags.HasErrors() {
		fail()
		return
	}
	v, diags := lang.Constant(expr)
	if diags.HasErrors() {
		fail()
		return
	}
	values[name] = given{value: v, in: in}
}

// giveJSON takes a value as a plan holds it.
func (e *evaluator) giveJSON(values map[string]given, src *moduleSource, v Var) {
	data := []byte(v.Value)
	t, err := ctyjson.ImpliedType(data)
	var value cty.Value
	if err == nil {
		value, err = ctyjson.Unmarshal(data, t)
	}
	if err != nil || !json.Valid(data) {
		e.fault(&source.Error{What: "the value of the variable " + quoted(v.Name) + " is not valid JSON", Path: e.root})
		return
	}
	if alreadySo(values, src.variables[v.Name], value) {
		return
	}
	in := flagOf(v)
	if v.Flag == "" {
		in.flag = "plan"
	}
	values[v.Name] = given{value: value, in: in}
}

// giveFile takes the values of one .tfvars or .tfvars.json file. named says that the
// user named it.
func (e *evaluator) giveFile(values map[string]given, src *moduleSource, path string, named bool) {
	path = filepath.Clean(path)
	var attributes hcl.Attributes
	if strings.HasSuffix(path, ".json") {
		attributes = e.parseJSON(path, named)
	} else {
		attributes = e.parseVarFile(path, named)
	}
	names := make([]string, 0, len(attributes))
	for name := range attributes {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		a := attributes[name]
		if src.variables[name] == nil {
			e.note("%s: no variable %s is declared here; its value is not used", e.files.span(a.NameRange), quoted(name))
			continue
		}
		v, diags := e.value(a.Expr, nil)
		if diags.HasErrors() {
			e.diagnose(diags, e.files.span(a.Range))
			v = lang.UnknownBecause(cty.DynamicPseudoType, "the value of var."+name+" has an error")
		}
		values[name] = given{
			value: v, expr: a.Expr, at: e.files.span(a.Expr.Range()),
			in: container{role: source.Value, name: "var." + name},
		}
	}
}

// varFile reads a file of variables; one that the user named may lie anywhere.
func (e *evaluator) varFile(path string, named bool) *source.File {
	if data, ok := e.options.Given[path]; ok && named {
		return e.files.named(path, data)
	}
	file, err := e.files.file(path)
	if errors.Is(err, source.ErrOutside) && named {
		var data []byte
		if data, err = source.ReadFile(e.files.tree, path, maxFileSize); err == nil {
			file = e.files.named(path, data)
			e.files.read[path] = file
		}
	}
	if err != nil {
		e.fault(&source.Error{
			What: "the file of variables cannot be read: " + reasonOfPath(err), Path: e.files.named(path, nil).Name(), Err: err,
		})
		return nil
	}
	return file
}

func (e *evaluator) parseVarFile(path string, named bool) hcl.Attributes {
	file := e.varFile(path, named)
	if file == nil {
		return nil
	}
	tokens, _ := hclsyntax.LexConfig(file.Data, path, hcl.InitialPos)
	if at, what := lang.Guard(tokens); what != "" {
		e.faultAt(e.files.span(at), lang.Simpler(what), "%s", what)
		return nil
	}
	parsed, diags := hclsyntax.ParseConfig(file.Data, path, hcl.InitialPos)
	e.diagnose(diags, source.Span{File: file})
	if parsed == nil {
		return nil
	}
	attributes, diags := parsed.Body.JustAttributes()
	e.diagnose(diags, source.Span{File: file})
	return attributes
}

func (e *evaluator) parseJSON(path string, named bool) hcl.Attributes {
	file := e.varFile(path, named)
	if file == nil {
		return nil
	}
	depth := 0
	for i, b := range file.Data {
		switch b {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if depth > lang.MaxTokenNesting {
			e.faultAt(source.Span{File: file, Start: i, End: i + 1}, "simplify it", "brackets are nested too deeply")
			return nil
		}
	}
	parsed, diags := hcljson.Parse(file.Data, path)
	e.diagnose(diags, source.Span{File: file})
	if parsed == nil || diags.HasErrors() {
		return nil
	}
	attributes, diags := parsed.Body.JustAttributes()
	e.diagnose(diags, source.Span{File: file})
	return attributes
}

// alreadySo reports whether a variable has the value of a plan by what is written, in a file
// of variables, in a flag or as its default: the place is then where that is. A plan
// holds values as they were given, without the defaults of optional attributes.
func alreadySo(values map[string]given, v *variable, planned cty.Value) bool {
	own := cty.NilVal
	if g, ok := values[v.name]; ok {
		own = g.value
	} else if v.byDefault != nil {
		if value, diags := lang.Constant(v.byDefault); !diags.HasErrors() {
			own = value
		}
	}
	if own == cty.NilVal {
		return false
	}
	own, _ = own.UnmarkDeep()
	a, err := v.converted(own)
	b, err2 := v.converted(planned)
	return err == nil && err2 == nil && a.RawEquals(b)
}
