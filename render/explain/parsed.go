package explain

import (
	"strings"
	"text/template/parse"

	"github.com/mesh-check/mesh-check/render/coverage"
)

// parsedText is a template file as it was parsed. Nothing of it is ever changed: each render
// has copies of the nodes that it rewrites.
type parsedText struct {
	src    string
	weight weight
	name   string                 // of the file for which it was parsed, which its nodes know
	any    bool                   // files of other names are parsed to the same
	shared bool                   // the nodes know no name
	root   *parse.Tree            // of the file itself
	trees  map[string]*parse.Tree // all, by the names that they are defined by
	table  *coverage.Template
}

// is reports whether a file by a name is parsed to this.
func (p *parsedText) is(name string) bool {
	return p.name == name || p.any && p.trees[name] == nil
}

// named are the trees of a file by a name, with nodes that others have too.
func (p *parsedText) named(name string) []*parse.Tree {
	all := make([]parse.Tree, 0, len(p.trees))
	trees := make([]*parse.Tree, 0, len(p.trees))
	for _, tree := range p.trees {
		all = append(all, *tree)
		own := &all[len(all)-1]
		if own.ParseName = name; tree == p.root {
			own.Name = name
		}
		trees = append(trees, own)
	}
	return trees
}

// parsed parses a template file, where no render of this process has parsed the same text.
// What the text costs is counted all the same. The source of the text becomes registered memory.
func (e *tracer) parsed(text *templateText, name string) (*parsedText, error) {
	p, _ := parsedTexts.get(text.src)
	w, err := e.weighed(p, text)
	if err != nil {
		return nil, err
	}
	text.src = e.put(text.src, text)
	switch {
	case p != nil && (p.name == name || p.shared && p.is(name)):
		return p, nil
	case p != nil && p.is(name):
		p = p.detached()
		p.keep()
		return p, nil
	}
	src := strings.Clone(text.src) // registered memory goes with the render
	p = &parsedText{src: src, weight: w, name: name, trees: map[string]*parse.Tree{}}
	if p.root, err = parse.New(name).Parse(src, "", "", p.trees, e.funcs, builtins); err != nil {
		return nil, err
	}
	// No definition has the name of the file, nor has one taken the place of another.
	p.any = p.trees[name] == p.root && len(p.trees) == 1+w.definitions
	p.table = e.reader.Read(name, src, p.trees)
	p.keep()
	return p, nil
}

func (p *parsedText) keep() {
	parsedTexts.put(p.src, p, len(p.src)+p.weight.memory+p.table.Memory())
}

// detached is the same with nodes that do for any name.
func (p *parsedText) detached() *parsedText {
	out := *p
	out.shared, out.trees = true, make(map[string]*parse.Tree, len(p.trees))
	var nodes nodes
	for defined, tree := range p.trees {
		own := *tree
		own.Root = nodes.detached(tree.Root)
		if out.trees[defined] = &own; tree == p.root {
			out.root = &own
		}
	}
	return &out
}

// weighed is fits for a template file, of which it may be known already what there is to count.
func (e *tracer) weighed(p *parsedText, text *templateText) (weight, error) {
	if p == nil || p.weight.actions > e.limits.file || p.weight.nesting > e.limits.nesting {
		return e.fits(text, "")
	}
	e.keep(p.weight.memory)
	e.fileMost, e.nestingMost = max(e.fileMost, p.weight.actions), max(e.nestingMost, p.weight.nesting)
	return p.weight, nil
}

// parsedTexts are what template files were parsed to. Its size is twice that of the largest real
// chart, with something to spare: kube-prometheus-stack has 20 MiB by this count, and takes 14.
var parsedTexts = memo[*parsedText]{most: 48 << 20}
