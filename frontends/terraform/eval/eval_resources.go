package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// resourceState is a resource or data block of one module instance.
type resourceState struct {
	name     string // type.name, with data. in front for a data source
	syntax   *hclsyntax.Block
	repeated *repetition
	blocks   []*block // one per instance, made when asked for
	values   []memo   // the same
	repeats  memo
}

func (st *resourceState) data() bool { return st.syntax.Type == "data" }

// why is why an attribute is not known that is not written in the configuration.
func (st *resourceState) why(attribute string) string {
	if st.data() {
		return st.name + " is read at apply"
	}
	return st.name + "." + attribute + " is computed by the provider"
}

// state returns a resource or data block by name; nil where none is declared.
func (m *module) state(name string) *resourceState {
	if st, ok := m.resources[name]; ok {
		return st
	}
	syntax := m.source.resources[name]
	if rest, isData := strings.CutPrefix(name, "data."); isData {
		syntax = m.source.data[rest]
	}
	var st *resourceState
	if syntax != nil {
		st = &resourceState{name: name, syntax: syntax}
	}
	m.resources[name] = st
	return st
}

// repetition works out the instances of a resource once.
func (m *module) repetition(st *resourceState) *repetition {
	if st.repeated != nil {
		return st.repeated
	}
	e := m.evaluator
	address := m.join(st.name)
	e.memoize(&st.repeats, address, e.header(st.syntax), func() (cty.Value, bool) {
		r := e.repeat(m.scope, st.syntax, address)
		st.repeated = &r
		st.blocks, st.values = make([]*block, len(r.instances)), make([]memo, len(r.instances))
		return cty.True, false
	})
	if st.repeated == nil { // its own count needs it, which is reported
		r := e.unsure(m.scope, address+" refers to itself", "count", cty.Number)
		return &r
	}
	return st.repeated
}

// block expands one instance once.
func (m *module) block(st *resourceState, i int) *block {
	if st.blocks[i] == nil {
		e := m.evaluator
		st.blocks[i] = e.expandBody(st.repeated.instances[i].scope, st.syntax.Body, e.header(st.syntax), true)
	}
	return st.blocks[i]
}

// resourceValue is what an expression sees of a resource: its configuration, in which
// what is asked for and not written is unknown.
func (m *module) resourceValue(name string, steps []referenceStep, at hcl.Range) cty.Value {
	e := m.evaluator
	st := m.state(name)
	if st == nil {
		reason := name + " is not declared"
		e.faultAt(e.files.span(at), "declare it, or fix the name", "%s", m.join(name)+" is not declared")
		return lang.UnknownBecause(cty.DynamicPseudoType, reason)
	}
	r := m.repetition(st)
	if r.uncertain != "" {
		return lang.UnknownBecause(cty.DynamicPseudoType, r.uncertain)
	}
	if r.single {
		for len(steps) > 0 && steps[0].name == "" && (steps[0].key == cty.NilVal || steps[0].key.Type() == cty.Number) {
			steps = steps[1:] // a splat makes a list of one
		}
		return m.instanceValue(st, 0, steps)
	}
	var only cty.Value
	if len(steps) > 0 {
		only, steps = steps[0].key, steps[1:]
	}
	list := make([]cty.Value, len(r.instances))
	keyed := make(map[string]cty.Value, len(r.instances))
	for i, inst := range r.instances {
		var asked []referenceStep
		if only == cty.NilVal || sameKey(only, inst.key) {
			asked = steps
		}
		list[i] = m.instanceValue(st, i, asked)
		if r.keyed {
			keyed[inst.key.AsString()] = list[i]
		}
	}
	if r.keyed {
		return cty.ObjectVal(keyed)
	}
	return cty.TupleVal(list)
}

// sameKey compares an index that is written with the key of an instance.
func sameKey(written, key cty.Value) bool {
	if written.IsNull() || !written.IsKnown() {
		return true
	}
	written, _ = written.Unmark()
	if written.Type() != key.Type() {
		return true
	}
	return written.RawEquals(key)
}

// instanceValue is the configuration of one instance with what is asked for.
func (m *module) instanceValue(st *resourceState, i int, steps []referenceStep) cty.Value {
	e, memo := m.evaluator, &st.values[i]
	v, _ := e.memoize(memo, m.join(st.name), e.header(st.syntax), func() (cty.Value, bool) {
		if fn := dataSources[st.syntax.Labels[0]]; fn != nil && st.data() {
			config, incomplete := e.blockValue(m.block(st, i))
			if v, ok := fn(config, m.environment()); ok {
				return v, incomplete
			}
			return config, true
		}
		v, _ := e.blockValue(m.block(st, i))
		return m.withKubernetes(st, v), true
	})
	if memo.state != done || len(steps) == 0 {
		return v
	}
	ensured := ensureAsked(v, m.block(st, i), steps, st.why)
	memo.value = ensured
	return ensured
}

// blockValue is a block as an object: nested blocks are lists of objects.
func (e *evaluator) blockValue(b *block) (v cty.Value, incomplete bool) {
	attributes := make(map[string]cty.Value, len(b.attributes)+len(b.nested))
	for _, a := range b.attributes {
		v, l := e.eval(b.scope, a.Expr)
		attributes[a.Name] = v
		incomplete = incomplete || l
	}
	for _, n := range b.nested {
		if n.unknown != "" {
			attributes[n.name] = lang.UnknownBecause(cty.DynamicPseudoType, n.unknown)
			incomplete = true
			continue
		}
		list := make([]cty.Value, len(n.blocks))
		for i, inner := range n.blocks {
			v, l := e.blockValue(inner)
			list[i] = v
			incomplete = incomplete || l
		}
		attributes[n.name] = cty.TupleVal(list)
	}
	return cty.ObjectVal(attributes), incomplete
}

// ensureAsked adds the attributes that are asked for and that the configuration does
// not write: the provider computes them. What lies inside an attribute is the user's
// own, and nothing is added there.
func ensureAsked(v cty.Value, b *block, steps []referenceStep, why func(string) string) cty.Value {
	if len(steps) == 0 || b == nil || !v.IsKnown() || v.IsNull() || !v.Type().IsObjectType() {
		return v
	}
	name, ok := steps[0].attribute()
	if !ok {
		return v
	}
	v, marks := v.Unmark()
	if !v.Type().HasAttribute(name) {
		return withAttribute(v, name, lang.UnknownBecause(cty.DynamicPseudoType, why(name))).WithMarks(marks)
	}
	n := b.byType[name]
	list := v.GetAttr(name)
	if n == nil || len(steps) < 2 || !list.IsKnown() || !list.Type().IsTupleType() {
		return v.WithMarks(marks)
	}
	step, rest := steps[1], steps[2:]
	list, listMarks := list.Unmark()
	items, changed := make([]cty.Value, 0, len(n.blocks)), false
	for it := list.ElementIterator(); it.Next(); {
		key, item := it.Element()
		after := item
		if i := len(items); i < len(n.blocks) && (step.key == cty.NilVal || sameKey(step.key, key)) {
			after = ensureAsked(item, n.blocks[i], rest, func(a string) string { return why(name + "." + a) })
		}
		changed = changed || !after.RawEquals(item)
		items = append(items, after)
	}
	if !changed {
		return v.WithMarks(marks)
	}
	return withAttribute(v, name, cty.TupleVal(items).WithMarks(listMarks)).WithMarks(marks)
}

func withAttribute(v cty.Value, name string, value cty.Value) cty.Value {
	attributes := v.AsValueMap()
	if attributes == nil {
		attributes = map[string]cty.Value{}
	}
	attributes[name] = value
	return cty.ObjectVal(attributes)
}

// clusterResources are the kubernetes_* resources that are in no namespace, without
// their _vN: their id is their name. Source: the schemas of
// hashicorp/terraform-provider-kubernetes v3.2.1.
var clusterResources = map[string]bool{
	"namespace": true, "persistent_volume": true, "cluster_role": true, "cluster_role_binding": true, "storage_class": true,
	"priority_class": true, "ingress_class": true, "mutating_webhook_configuration": true, "validating_webhook_configuration": true,
	"csi_driver": true, "api_service": true, "runtime_class": true, "certificate_signing_request": true, "pod_security_policy": true,
	"all_namespaces": true,
}

// withKubernetes adds what the provider makes of the name and namespace: the id, and
// the namespace "default". Source: buildId and namespacedMetadataSchema of the same.
func (m *module) withKubernetes(st *resourceState, v cty.Value) cty.Value {
	kind, ok := strings.CutPrefix(st.syntax.Labels[0], "kubernetes_")
	metadata := cty.NilVal
	if ok && v.IsKnown() && v.Type().IsObjectType() && v.Type().HasAttribute("metadata") {
		metadata = v.GetAttr("metadata")
	}
	if metadata == cty.NilVal || !metadata.IsKnown() || !metadata.Type().IsTupleType() || metadata.LengthInt() != 1 ||
		!v.Type().HasAttribute("spec") && patches(kind) {
		return v
	}
	if i := strings.LastIndex(kind, "_v"); i > 0 && strings.Trim(kind[i+2:], "0123456789abeltph") == "" {
		kind = kind[:i]
	}
	first := metadata.Index(cty.Zero)
	if !first.IsKnown() || !first.Type().IsObjectType() {
		return v
	}
	if !clusterResources[kind] && !first.Type().HasAttribute("namespace") {
		first = withAttribute(first, "namespace", cty.StringVal("default"))
		v = withAttribute(v, "metadata", cty.TupleVal([]cty.Value{first}))
	}
	if !first.Type().HasAttribute("name") || v.Type().HasAttribute("id") {
		return v
	}
	id, err := idOf(first, clusterResources[kind])
	if err != nil {
		return v
	}
	return withAttribute(v, "id", id)
}

// patches reports whether a resource changes objects that are there already: its id is
// another one.
func patches(kind string) bool {
	switch {
	case kind == "manifest", kind == "labels", kind == "annotations", kind == "env", kind == "node_taint":
		return true
	}
	return strings.HasSuffix(kind, "_data")
}

// idOf is the id of a namespaced object, "namespace/name", or of one without.
func idOf(metadata cty.Value, clusterWide bool) (cty.Value, error) {
	name := metadata.GetAttr("name")
	if clusterWide {
		return name, nil
	}
	return stdlib.Format(cty.StringVal("%s/%s"), metadata.GetAttr("namespace"), name)
}
