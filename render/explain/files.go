package explain

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/gobwas/glob"
	helmchart "helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"

	"github.com/mesh-check/mesh-check/render/source"
)

// fileText is the record of the content of a file that templates read by .Files.
type fileText struct {
	file *source.File // nil where the chart has none, for files that Helm makes up
	name string       // as templates call it
	skip int          // bytes of the file before the content: a byte order mark
}

// files is .Files of a chart: contents by name, in registered memory. It is a
// map as Helm's own is, so that templates can range over it.
type files map[string][]byte

// chartFiles returns .Files of the chart at a path.
func (e *tracer) chartFiles(chartPath string, from []*helmchart.File) files {
	f := files{}
	for _, file := range from {
		text := &fileText{file: e.in.ChartFile(chartPath, file.Name), name: file.Name}
		if text.file != nil && bytes.HasSuffix(text.file.Data, file.Data) {
			text.skip = len(text.file.Data) - len(file.Data)
		} else {
			text.file = nil
		}
		at := &valueAt{role: source.ChartFile, key: file.Name}
		content := e.put(viewString(file.Data), text)
		f[e.put(file.Name, keyAt{at})] = viewBytes(content)
	}
	return f
}

// GetBytes returns the content of a file; empty when there is none.
func (f files) GetBytes(name string) []byte {
	if v, ok := f[name]; ok {
		return v
	}
	return []byte{}
}

// Get returns the content of a file; empty when there is none.
func (f files) Get(name string) string { return viewString(f.GetBytes(name)) }

// Glob returns the files whose names match a pattern.
func (f files) Glob(pattern string) files {
	g, err := glob.Compile(pattern, '/')
	if err != nil {
		g, _ = glob.Compile("**")
	}
	out := files{}
	for name, data := range f {
		if g.Match(name) {
			out[name] = data
		}
	}
	return out
}

// Lines returns the lines of a file.
func (f files) Lines(name string) []string {
	s := f.Get(name)
	if s == "" {
		return []string{}
	}
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// AsConfig returns the files as a YAML map of their base names.
func (f files) AsConfig() string {
	if f == nil {
		return ""
	}
	return toYAML(f.config())
}

// AsSecrets is AsConfig with contents in base64.
func (f files) AsSecrets() string {
	if f == nil {
		return ""
	}
	m := map[string]string{}
	for name, data := range f {
		m[path.Base(name)] = base64.StdEncoding.EncodeToString(data)
	}
	return toYAML(m)
}

func (f files) config() map[string]string {
	m := map[string]string{}
	for name, data := range f {
		m[path.Base(name)] = viewString(data)
	}
	return m
}

// glob is Glob with a look at what it makes.
func (e *tracer) glob(v any, pattern string) (any, error) {
	f, ok := v.(files)
	if !ok {
		return nil, errors.New("Glob is not a method but has arguments")
	}
	out := f.Glob(pattern)
	e.keep(dictCost + entryCost*len(out))
	return out, nil
}

// lines is Lines with a look at what it makes.
func (e *tracer) lines(v any, name string) (any, error) {
	f, ok := v.(files)
	if !ok {
		return nil, errors.New("Lines is not a method but has arguments")
	}
	e.splits("Lines", "\n", f.Get(name))
	out := f.Lines(name)
	e.keep(cellCost * len(out))
	return out, nil
}

// valuesYAML is the method YAML of .Values.
func (e *tracer) valuesYAML(v any) (any, error) {
	values, ok := v.(chartutil.Values)
	if !ok {
		return field(v, "YAML")
	}
	e.makes("YAML", indented(e.weigh("YAML", map[string]any(values))))
	out, err := values.YAML()
	return e.structured("toYaml", out, map[string]any(values)), err
}

// asConfig is AsConfig with notes of where the result comes from.
func (e *tracer) asConfig(v any) (any, error) {
	f, ok := v.(files)
	if !ok || f == nil {
		return field(v, "AsConfig")
	}
	m := f.config()
	e.makes("AsConfig", indented(e.weigh("AsConfig", m)))
	return e.structured("toYaml", toYAML(m), m), nil
}

// asSecrets is AsSecrets with notes of where the result comes from.
func (e *tracer) asSecrets(v any) (any, error) {
	f, ok := v.(files)
	if !ok || f == nil {
		return field(v, "AsSecrets")
	}
	e.makes("AsSecrets", indented(e.weigh("AsSecrets", f.config())))
	m := map[string]string{}
	for name, data := range f {
		m[path.Base(name)] = e.made("b64enc", base64.StdEncoding.EncodeToString(data), viewString(data))
	}
	return e.structured("toYaml", toYAML(m), m), nil
}

// field is what a template sees as a field of something that is no .Files. Faults
// are those of text/template.
func field(v any, name string) (any, error) {
	switch v := v.(type) {
	case files:
		return "", nil
	case map[string]any:
		return v[name], nil
	case map[string]string:
		return v[name], nil
	case nil:
		return nil, fmt.Errorf("nil pointer evaluating interface {}.%s", name)
	}
	return nil, fmt.Errorf("can't evaluate field %s in type %T", name, v)
}

// fileMethods are the methods of .Files whose result needs notes, with the
// functions that take them.
var fileMethods = map[string]string{"AsConfig": "__asConfig", "AsSecrets": "__asSecrets", "YAML": "__yaml"}

// listMethods are the methods of .Files that take an argument and make much of it.
var listMethods = map[string]string{"Glob": "__glob", "Lines": "__lines"}

// fileMethod turns a call of such a method, x.AsConfig, into (x | __asConfig);
// it returns nil for anything else.
func (r *rewriter) fileMethod(n parse.Node) parse.Node {
	pos, function := n.Position(), fileMethods[lastField(n)]
	if function == "" {
		return nil
	}
	first := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: pos, Args: []parse.Node{operand(n)}}
	return &parse.PipeNode{NodeType: parse.NodePipe, Pos: pos, Cmds: []*parse.CommandNode{first, r.call(pos, function)}}
}

// listMethod turns a command that calls such a method with an argument, x.Glob y,
// into __glob x y.
func (r *rewriter) listMethod(cmd *parse.CommandNode, piped bool) {
	n := cmd.Args[0]
	if function := listMethods[lastField(n)]; function != "" && (piped || len(cmd.Args) > 1) {
		cmd.Args = slices.Insert(cmd.Args[1:len(cmd.Args):len(cmd.Args)], 0, r.call(n.Position(), function).Args[0], operand(n))
	}
}

// lastField is the last field of a chain of fields; empty for other nodes.
func lastField(n parse.Node) string {
	var fields []string
	switch n := n.(type) {
	case *parse.FieldNode:
		fields = n.Ident
	case *parse.VariableNode:
		fields = n.Ident[1:]
	case *parse.ChainNode:
		fields = n.Field
	}
	if len(fields) == 0 {
		return ""
	}
	return fields[len(fields)-1]
}

// operand is what a chain of fields takes its last field of.
func operand(n parse.Node) parse.Node {
	pos := n.Position()
	var operand parse.Node
	switch n := n.(type) {
	case *parse.FieldNode:
		operand = &parse.DotNode{NodeType: parse.NodeDot, Pos: pos}
		if rest := n.Ident[:len(n.Ident)-1]; len(rest) > 0 {
			operand = &parse.FieldNode{NodeType: parse.NodeField, Pos: pos, Ident: rest}
		}
	case *parse.VariableNode:
		operand = &parse.VariableNode{NodeType: parse.NodeVariable, Pos: pos, Ident: n.Ident[:len(n.Ident)-1]}
	case *parse.ChainNode:
		operand = n.Node
		if rest := n.Field[:len(n.Field)-1]; len(rest) > 0 {
			operand = &parse.ChainNode{NodeType: parse.NodeChain, Pos: pos, Node: n.Node, Field: rest}
		}
	}
	return operand
}
