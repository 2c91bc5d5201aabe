package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// moduleSource is what the files of one directory declare.
type moduleSource struct {
	dir       string // on disk
	variables map[string]*variable
	locals    map[string]*hclsyntax.Attribute
	outputs   map[string]*hclsyntax.Block
	resources map[string]*hclsyntax.Block // by "type.name"
	data      map[string]*hclsyntax.Block // by "type.name"
	calls     map[string]*hclsyntax.Block
	// functions are those that the expressions of the directory call.
	functions map[string]function.Function
	// order are the resource, data and module blocks as they are written.
	order []*hclsyntax.Block
}

// load reads the *.tf files of a directory; nil where the directory cannot be read,
// which is reported.
func (e *evaluator) load(dir string) *moduleSource {
	if src, ok := e.sources[dir]; ok {
		return src
	}
	e.sources[dir] = nil
	names, unread, err := SourceFiles(e.files.tree, dir)
	if err != nil {
		e.fault(&source.Error{What: "the directory cannot be read: " + reasonOfPath(err), Path: dir, Err: err})
		return nil
	}
	for _, name := range unread {
		e.unread = append(e.unread, e.files.named(filepath.Join(dir, name), nil).Name())
	}
	src := &moduleSource{
		dir: dir, variables: map[string]*variable{}, locals: map[string]*hclsyntax.Attribute{},
		outputs: map[string]*hclsyntax.Block{}, resources: map[string]*hclsyntax.Block{},
		data: map[string]*hclsyntax.Block{}, calls: map[string]*hclsyntax.Block{},
	}
	for _, name := range names {
		if body := e.parse(filepath.Join(dir, name)); body != nil {
			e.declare(src, body)
		}
	}
	e.sources[dir] = src
	return src
}

// SourceFiles lists the files of a configuration in the order in which Terraform reads
// them, and those that Terraform would read and we do not.
func SourceFiles(t source.Tree, dir string) (names, unread []string, err error) {
	entries, err := t.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || entry.IsDir() {
			continue
		}
		base, isTF := strings.CutSuffix(name, ".tf")
		switch {
		case isTF && (base == "override" || strings.HasSuffix(base, "_override")),
			strings.HasSuffix(name, ".tf.json"), strings.HasSuffix(name, ".tofu"), strings.HasSuffix(name, ".tofu.json"):
			unread = append(unread, name)
		case isTF:
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names, unread, nil
}

// parse reads one file of HCL; what of it can be understood is returned, faults are
// reported.
func (e *evaluator) parse(path string) *hclsyntax.Body {
	path = filepath.Clean(path)
	file, err := e.files.file(path)
	if err != nil {
		e.fault(&source.Error{What: "the file cannot be read: " + reasonOfPath(err), Path: e.files.named(path, nil).Name(), Unread: true, Err: err})
		return nil
	}
	if likely := lang.LikelyTokens(file.Data); e.tokens+likely > maxTokens {
		e.fault(&source.Error{
			What: fmt.Sprintf("the configuration has more than about %d tokens; this file is not read", maxTokens),
			Path: file.Name(), At: source.Span{File: file}, Do: "move generated texts into files of their own", Unread: true,
		})
		return nil
	}
	tokens, _ := hclsyntax.LexConfig(file.Data, path, hcl.InitialPos)
	e.tokens += len(tokens)
	if at, what := lang.Guard(tokens); what != "" {
		e.fault(&source.Error{What: what, At: e.files.span(at), Do: lang.Simpler(what), Unread: true})
		return nil
	}
	parsed, diags := hclsyntax.ParseConfig(file.Data, path, hcl.InitialPos)
	for _, err := range e.diagnosed(diags, source.Span{File: file}) {
		err.Unread = true
		e.fault(err)
	}
	for _, d := range diags {
		if d.Severity == hcl.DiagError && d.Subject != nil {
			e.broken[path] = append(e.broken[path], d.Subject.Start.Byte)
		}
	}
	if parsed == nil {
		return nil
	}
	body, _ := parsed.Body.(*hclsyntax.Body)
	return body
}

// diagnose reports the errors among diagnostics of HCL; fallback is the place of those
// that name none.
func (e *evaluator) diagnose(diags hcl.Diagnostics, fallback source.Span) {
	for _, err := range e.diagnosed(diags, fallback) {
		e.fault(err)
	}
}

// diagnosed are the errors that diagnose tells.
func (e *evaluator) diagnosed(diags hcl.Diagnostics, fallback source.Span) (errs []*source.Error) {
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		at := fallback
		if d.Subject != nil {
			if s := e.files.span(*d.Subject); s.Valid() {
				at = s
			}
		}
		what := lang.OneLine(d.Summary)
		if detail := lang.OneLine(d.Detail); detail != "" && detail != what && d.Summary != "Invalid template control keyword" {
			what += ": " + detail
		}
		errs = append(errs, &source.Error{What: what, At: at})
	}
	return errs
}

// declare files the blocks of one body.
func (e *evaluator) declare(src *moduleSource, body *hclsyntax.Body) {
	for i, b := range body.Blocks {
		order := &src.order
		if e.inBroken(body, i) { // others may refer to it, but its own text is not what it means
			order = new([]*hclsyntax.Block)
		}
		switch want := labels[b.Type]; {
		case b.Type == "locals":
			for _, a := range attributesOf(b.Body) {
				declareOnce(e, src.locals, a.Name, a, a.NameRange, "local."+a.Name)
			}
		case want == 0:
			continue
		case len(b.Labels) != want:
			e.faultAt(e.header(b), "", "a %s block needs %d labels, not %d", b.Type, want, len(b.Labels))
		case slices.ContainsFunc(b.Labels, notName):
			e.faultAt(e.header(b), "use only letters, digits, - and _, and no digit first", "the name of a %s block is not valid", b.Type)
		case b.Type == "variable":
			declareOnce(e, src.variables, b.Labels[0], e.newVariable(b), b.TypeRange, "var."+b.Labels[0])
		case b.Type == "output":
			declareOnce(e, src.outputs, b.Labels[0], b, b.TypeRange, "output "+b.Labels[0])
		case b.Type == "module":
			if declareOnce(e, src.calls, b.Labels[0], b, b.TypeRange, "module."+b.Labels[0]) {
				*order = append(*order, b)
			}
		case b.Type == "data":
			if declareOnce(e, src.data, b.Labels[0]+"."+b.Labels[1], b, b.TypeRange, "data."+b.Labels[0]+"."+b.Labels[1]) {
				*order = append(*order, b)
			}
		case b.Type == "resource":
			if declareOnce(e, src.resources, b.Labels[0]+"."+b.Labels[1], b, b.TypeRange, b.Labels[0]+"."+b.Labels[1]) {
				*order = append(*order, b)
			}
		}
	}
}

// notName says that a label cannot be the name of anything: it may hold whatever a
// text may, and addresses and messages repeat it.
func notName(label string) bool { return !hclsyntax.ValidIdentifier(label) }

// inBroken reports whether there is a syntax error in a block, or behind it and before the
// next one.
func (e *evaluator) inBroken(body *hclsyntax.Body, i int) bool {
	start, end := body.Blocks[i].TypeRange.Start.Byte, -1
	if i+1 < len(body.Blocks) {
		end = body.Blocks[i+1].TypeRange.Start.Byte
	}
	for _, offset := range e.broken[body.Blocks[i].TypeRange.Filename] {
		if offset >= start && (end < 0 || offset < end) {
			return true
		}
	}
	return false
}

// labels is how many labels the blocks have that are analyzed.
var labels = map[string]int{"variable": 1, "output": 1, "module": 1, "resource": 2, "data": 2}

func declareOnce[T any](e *evaluator, into map[string]T, key string, v T, at hcl.Range, name string) bool {
	if _, twice := into[key]; twice {
		e.faultAt(e.files.span(at), "keep one of them", "%s is declared twice", name)
		return false
	}
	into[key] = v
	return true
}

// attributesOf returns the attributes of a body in the order in which they are
// written.
func attributesOf(body *hclsyntax.Body) []*hclsyntax.Attribute {
	list := make([]*hclsyntax.Attribute, 0, len(body.Attributes))
	for _, a := range body.Attributes {
		list = append(list, a)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].SrcRange.Start.Byte < list[j].SrcRange.Start.Byte })
	return list
}

// header is the place of a block's type and labels, without the brace.
func (e *evaluator) header(b *hclsyntax.Block) source.Span {
	last := b.TypeRange
	if n := len(b.LabelRanges); n > 0 {
		last = b.LabelRanges[n-1]
	}
	return e.files.between(b.TypeRange, last)
}

// notThere reports whether an error is that of a path without a file.
func notThere(err error) bool { return errors.Is(err, fs.ErrNotExist) }
