package plan

import (
	"fmt"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// Resolved is what a plan comes to.
type Resolved struct {
	Resources []*eval.Resource
	// Configuration is that of the sources; nil where there are none.
	Configuration *eval.Configuration
	// Notes and Errors are about the plan and its sources. LastNotes and LastErrors are
	// about the plan as a whole, and are behind those about the objects.
	Notes, LastNotes   []string
	Errors, LastErrors []*source.Error
}

// Resolve reads the JSON of a plan and joins its resources with those of its sources,
// which sources names or which are looked for beside the plan and in the working
// directory. The error is a *source.Error of a text of which nothing can be read.
func Resolve(path string, data []byte, o eval.Options, sources string) (*Resolved, error) {
	o.Tree = source.Or(o.Tree)
	p, fault := readPlan(source.NewFile("", path, planText(data)))
	if fault != nil {
		return nil, fault
	}
	c, notes, fault := p.sources(path, o, sources)
	if fault != nil {
		return nil, fault
	}
	resources, more := p.resolve(c)
	r := &Resolved{Resources: resources, Configuration: c, Notes: append(notes, more...), Errors: p.errors}
	if p.errored {
		r.LastErrors = append(r.LastErrors, &source.Error{
			What: "the plan is incomplete: Terraform ended it with errors, and what is missing could not be checked",
			Path: path, Do: "fix what terraform plan reports and plan again",
		})
	}
	if p.kept > 0 {
		r.LastNotes = append(r.LastNotes, fmt.Sprintf("%s that the plan leaves out (-target) %s checked as in the state",
			eval.HowMany(p.kept, "resource"), isAre(p.kept)))
	}
	if len(p.resources) == 0 && !p.errored {
		r.LastNotes = append(r.LastNotes, "after the plan there are no kubernetes_*, kubectl_manifest or helm_release resources")
	}
	return r, nil
}

// resolve makes resources of what the plan has, with the values and places of the
// configuration, which may be nil.
func (p *plan) resolve(c *eval.Configuration) (resources []*eval.Resource, notes []string) {
	j := joiner{expressions: p.expressions(), exact: map[string]*eval.Resource{}, byBlock: map[string]*eval.Resource{}}
	if c != nil {
		for _, r := range c.Resources {
			if r.Data {
				continue
			}
			j.exact[r.Address] = r
			if b := eval.BlockAddress(r.Address); j.byBlock[b] == nil {
				j.byBlock[b] = r
			}
		}
	}
	for _, planned := range p.resources {
		resources = append(resources, j.join(planned, c != nil))
	}
	if c == nil {
		return resources, nil
	}
	if len(j.missing) > 0 {
		notes = append(notes, fmt.Sprintf("%s of the plan %s not in its sources (first %s): the plan is older than they are, or was made from others; the place is in the plan",
			eval.HowMany(len(j.missing), "resource"), isAre(len(j.missing)), j.missing[0]))
	}
	if surplus := p.surplus(c); len(surplus) > 0 {
		notes = append(notes, fmt.Sprintf("%s of the sources %s not in the plan (first %s) and not checked: the plan is older than they are, or made with -target",
			eval.HowMany(len(surplus), "resource"), isAre(len(surplus)), surplus[0]))
	}
	if j.differs > 0 {
		notes = append(notes, fmt.Sprintf("plan and sources have different values in %s (first %s): the plan's are checked",
			eval.HowMany(j.differs, "place"), j.differ.Origin().Span))
	}
	return resources, notes
}

// joiner joins the resources of a plan with those of its configuration.
type joiner struct {
	expressions map[string]*object.Node
	exact       map[string]*eval.Resource
	byBlock     map[string]*eval.Resource
	missing     []string
	differs     int
	differ      object.Ref
}

// join makes the resource of one instance. hasSources reports whether there are sources
// at all.
func (j *joiner) join(p *planned, hasSources bool) *eval.Resource {
	r := &eval.Resource{Address: p.address, Type: p.typ, Name: p.name, Block: p.place, Place: p.here(), Change: p.change}
	block := eval.BlockAddress(p.address)
	m := merger{sure: true}
	static, is := j.exact[p.address]
	if !is {
		static, m.placesOnly = j.byBlock[block], true
		if hasSources && (static == nil || static.Uncertain == "") {
			j.missing = append(j.missing, p.address)
		}
	}
	var written *object.Node
	switch {
	case static != nil:
		r.Block, r.Place, r.Dir = static.Block, static.Place, static.Dir
		written = static.Values
	default:
		m.sure, m.placesOnly = false, true
		m.places, _ = r.Place.By.(*planPlace)
		written = j.expressions[block]
	}
	k := configured{written, isWritten}
	if written == nil {
		k.is = maybeWritten
	}
	r.Values = m.value("", p.after, p.unknown, p.sensitive, k)
	if r.Values == nil {
		r.Values = &object.Node{Kind: object.Map}
	}
	if !r.Values.Ref.Known() {
		r.Values.Ref = r.Place
	}
	if m.differs > 0 && j.differs == 0 {
		j.differ = m.differ
	}
	j.differs += m.differs
	return r
}

// surplus are the addresses of managed resources that the sources have and the plan
// neither has nor deletes.
func (p *plan) surplus(c *eval.Configuration) []string {
	has := map[string]bool{}
	for _, r := range p.resources {
		has[r.address], has[eval.BlockAddress(r.address)] = true, true
	}
	var surplus []string
	for _, r := range c.Resources {
		switch {
		case r.Data || has[r.Address] || p.gone[r.Address]:
		case r.Uncertain != "" && has[eval.BlockAddress(r.Address)]:
		default:
			surplus = append(surplus, r.Address)
		}
	}
	return surplus
}

// isAre is "is" for one and "are" for more.
func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
