package eval

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source"
)

// places are the places of one resource instance, worked out when they are asked for.
type places struct {
	module *module
	// address is that of the instance.
	address string
	// manifest is the address of the manifest of a kubernetes_manifest. What of it is
	// read from a file is edited there.
	manifest string
	refs     []ref
	cache    map[int]source.Origin
}

// ref is one place: a span as it is, or what is at the end of a way through an
// attribute's expression; with both, the span, and the trace of what is there.
type ref struct {
	span source.Span
	base site
	path *way
	key  bool // the key at the end of the way, and not the value
	// element says that the way leads to an element that a block was made of.
	element bool
}

func (p *places) add(r ref) object.Ref {
	p.refs = append(p.refs, r)
	return object.Ref{By: p, Token: len(p.refs) - 1}
}

// at is the place of a span.
func (p *places) at(span source.Span) object.Ref { return p.add(ref{span: span}) }

// Locate implements object.Locator: what a person edits in the resource block, with
// the place where the value is written, if that is another, and the module calls, the
// innermost first, behind it.
func (p *places) Locate(token int) source.Origin {
	if token < 0 || token >= len(p.refs) {
		return source.Origin{Reason: "the frontend does not know the place"}
	}
	e := p.module.evaluator
	e.mu.Lock()
	defer e.mu.Unlock()
	if o, ok := p.cache[token]; ok {
		return o
	}
	o, _ := p.origin(p.refs[token], nil)
	if p.cache == nil {
		p.cache = map[int]source.Origin{}
	}
	p.cache[token] = o
	return o
}

// origin is where what a ref stands for is written, or a part of it; read says that it is
// read as YAML.
func (p *places) origin(r ref, within *wantedPart) (o source.Origin, read bool) {
	o = source.Origin{Kind: source.Text, Span: r.span, Exact: true}
	if r.base.expr != nil {
		t := (&tracer{e: p.module.evaluator, key: r.key, within: within}).follow(r.base, r.path.steps())
		read = t.read != nil
		if !r.span.Valid() {
			o.Span = t.primary
		}
		if t.read != nil {
			o.Trace = append(o.Trace, t.read.Trace...)
		}
		if t.read != nil && p.manifest != "" && !r.span.Valid() {
			o.Span, o.Exact, o.Reason = t.read.Span, t.read.Exact, t.read.Reason
			o.Trace = append(o.Trace, source.Step{Role: source.Argument, Name: p.manifest, Span: t.primary})
		} else if t.crossed || r.element && len(t.rest) == 0 {
			o.Trace = append(o.Trace, source.Step{
				Role: t.site.in.role, Name: t.site.in.name, Flag: t.site.in.flag, Span: t.span, Derived: t.derived || t.read != nil && !t.read.Exact,
			})
		}
	}
	if !o.Span.Valid() {
		o.Span, o.Exact, o.Reason = source.Span{}, false, "the place was not found in the sources"
	}
	o.Trace = append(o.Trace, p.module.chain()...)
	return o, read
}

// chain are the module calls that lead to a module, the innermost first.
func (m *module) chain() []source.Step {
	var steps []source.Step
	for ; m.parent != nil; m = m.parent {
		steps = append(steps, source.Step{
			Role: source.Module, Name: strings.TrimPrefix(strings.TrimPrefix(m.address, m.parent.address), "."),
			Span: m.evaluator.header(m.call),
		})
	}
	return steps
}
