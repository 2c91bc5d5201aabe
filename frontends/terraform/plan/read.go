package plan

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// plan is what `terraform show -json` says, as far as it matters here.
type plan struct {
	file *source.File
	// shown is the file as outputs may show it: of the plan's text, which has secrets
	// in clear, the addresses alone.
	shown     *source.File
	resources []*planned
	// gone are the addresses that the plan deletes or gives up.
	gone map[string]bool
	// variables are the values of the root module's variables, by name.
	variables []object.Entry
	// configuration is the root module of the configuration; nil where it is absent.
	configuration *object.Node
	// kept is the number of resources of the prior state that the plan leaves out.
	kept    int
	errored bool
	errors  []*source.Error
}

// planned is one resource instance as it will be after the apply.
type planned struct {
	address, typ, name string
	// place is the address in the plan's text.
	place source.Span
	// after, unknown and sensitive are the values and the two masks over them; the
	// masks may be nil.
	after, unknown, sensitive *object.Node
	// change is what the plan does; empty where it does not say it.
	change object.Change
}

// maxPlanErrors bounds how many faults of one plan are reported.
const maxPlanErrors = 10

// readPlan reads the JSON of a plan. The error is that of a text of which nothing can
// be used; single resources that are broken are in plan.errors.
func readPlan(file *source.File) (*plan, *source.Error) {
	root, err := parseJSON(file)
	if err != nil {
		return nil, err
	}
	if err := planVersion(file, root); err != nil {
		return nil, err
	}
	p := &plan{file: file, shown: masked(file, nil), gone: map[string]bool{}}
	if n := root.Get("errored"); n != nil && n.Kind == object.Bool {
		p.errored = n.Text == "true"
	}
	if vars := p.member(root, "variables", object.Map); vars != nil {
		for _, e := range vars.Entries {
			if v := p.object(e.Value, "variables."+e.Key); v != nil {
				p.variables = append(p.variables, object.Entry{Key: e.Key, Value: v.Get("value")})
			}
		}
	}
	if c := p.member(root, "configuration", object.Map); c != nil {
		p.configuration = p.member(c, "root_module", object.Map)
	}
	if changes := p.member(root, "resource_changes", object.List); changes != nil {
		p.changes(changes)
	} else if values := p.member(root, "planned_values", object.Map); values != nil {
		p.module(p.member(values, "root_module", object.Map), 0, nil)
	}
	p.prior(root)
	keep := make([]source.Span, len(p.resources))
	for i, r := range p.resources {
		keep[i] = r.place
	}
	p.shown.Data = masked(file, keep).Data
	return p, nil
}

// planVersion refuses what is no plan of a format that is known.
func planVersion(file *source.File, root *object.Node) *source.Error {
	refuse := func(what, do string) *source.Error {
		return &source.Error{What: what, Do: do, Path: file.Name()}
	}
	version := root.Get("format_version")
	if version == nil || version.Kind != object.String {
		return refuse("is not a plan: format_version is missing or not a string", showJSON)
	}
	if major, _, _ := strings.Cut(version.Text, "."); major != "1" {
		return refuse(fmt.Sprintf("the plan has the format %q, but only 1.x is supported", eval.Clip(version.Text)),
			"write it with Terraform 1.1 or newer, or with a newer mesh-check")
	}
	if root.Get("planned_values") == nil && root.Get("resource_changes") == nil {
		if root.Get("values") != nil {
			return refuse("is a Terraform state, not a plan", showJSON)
		}
		return refuse("is not a plan: planned_values and resource_changes are missing", showJSON)
	}
	return nil
}

// showJSON is how a plan that can be read comes about.
const showJSON = "run terraform plan -out plan.bin and terraform show -json plan.bin > plan.json"

// fault records a part of the plan that is not what it must be.
func (p *plan) fault(n *object.Node, what string) {
	if len(p.errors) >= maxPlanErrors {
		return
	}
	at := source.Span{File: p.shown}
	if n != nil {
		at.Start = n.Ref.Token
	}
	at.End = at.Start
	p.errors = append(p.errors, &source.Error{What: "the plan is broken: " + what, At: at, Do: "write it again with terraform show -json"})
}

// member is a member of an object; nil where it is missing, null or, which is reported,
// of another kind.
func (p *plan) member(n *object.Node, key string, kind object.Kind) *object.Node {
	v := n.Get(key)
	if v == nil || v.Kind == object.Null {
		return nil
	}
	if v.Kind != kind {
		p.fault(v, fmt.Sprintf("%s must be %s", eval.Clip(key), kindName(kind)))
		return nil
	}
	return v
}

// object is n where it is an object; anything else is reported.
func (p *plan) object(n *object.Node, what string) *object.Node {
	if n == nil || n.Kind != object.Map {
		p.fault(n, eval.Clip(what)+" must be an object")
		return nil
	}
	return n
}

func kindName(kind object.Kind) string {
	switch kind {
	case object.Map:
		return "an object"
	case object.List:
		return "a list"
	}
	return "a string"
}

// text is a member that must be a text; ok is false, and it is reported, where it is not.
func (p *plan) text(n *object.Node, key string) (text *object.Node, ok bool) {
	v := n.Get(key)
	if v == nil || v.Kind != object.String {
		at := v
		if at == nil {
			at = n
		}
		p.fault(at, key+" must be a string")
		return nil, false
	}
	return v, true
}

// header reads what all descriptions of resources have; nil for data sources, for
// resources that make no Kubernetes objects and for what is broken.
func (p *plan) header(n *object.Node) *planned {
	if n = p.object(n, "a resource"); n == nil {
		return nil
	}
	if mode := n.Get("mode"); mode != nil && mode.Text != "managed" {
		return nil
	}
	typ, ok := p.text(n, "type")
	if !ok || !eval.Relevant(typ.Text) {
		return nil
	}
	address, ok := p.text(n, "address")
	if !ok {
		return nil
	}
	name := ""
	if v := n.Get("name"); v != nil {
		name = v.Text
	}
	start := address.Ref.Token
	return &planned{
		address: printable(address.Text), typ: typ.Text, name: printable(name),
		place: source.Span{File: p.shown, Start: start, End: stringEnd(p.file.Data, start)},
	}
}

// printable replaces what Terraform would not print of a key in an address: an address
// is reported in messages of one line.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// stringEnd is the end of the JSON string that starts at an offset.
func stringEnd(data []byte, start int) int {
	for i := start + 1; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(data)
}

// module reads the resources of planned_values or of a state; those that skip names
// are left out.
func (p *plan) module(m *object.Node, depth int, skip func(address string) bool) {
	if m == nil || depth > maxPlanDepth {
		return
	}
	if list := p.member(m, "resources", object.List); list != nil {
		for _, item := range list.Items {
			r := p.header(item)
			if r == nil || item.Get("deposed_key") != nil || skip != nil && skip(r.address) {
				continue
			}
			r.sensitive = item.Get("sensitive_values")
			if r.after = p.member(item, "values", object.Map); r.after == nil {
				p.fault(item, "values must be an object")
				continue
			}
			p.resources = append(p.resources, r)
		}
	}
	if children := p.member(m, "child_modules", object.List); children != nil {
		for _, c := range children.Items {
			if c = p.object(c, "a child module"); c != nil {
				p.module(c, depth+1, skip)
			}
		}
	}
}

// prior adds the resources of the prior state that the plan does not mention: a plan
// with -target leaves them as they are.
func (p *plan) prior(root *object.Node) {
	state := p.member(root, "prior_state", object.Map)
	if state == nil || root.Get("resource_changes") == nil {
		return
	}
	values := p.member(state, "values", object.Map)
	if values == nil {
		return
	}
	known := map[string]bool{}
	for _, r := range p.resources {
		known[r.address] = true
	}
	before := len(p.resources)
	p.module(p.member(values, "root_module", object.Map), 0, func(address string) bool {
		return known[address] || p.gone[address]
	})
	for _, r := range p.resources[before:] {
		r.change = object.NoOp
	}
	p.kept = len(p.resources) - before
}
