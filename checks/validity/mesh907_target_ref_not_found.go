package validity

import (
	"slices"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var targetRefNotFound = &checks.Check{
	ID: "MESH907", Name: "target-ref-not-found", Severity: checks.Warning,
	Summary: "A policy's targetRefs must name a Service, ServiceEntry or Gateway of its own namespace, or the GatewayClass of waypoints",
	Advice:  "write the name of an object of the policy's namespace, or remove the reference",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Istio:   []string{"IST0106", "IST0171"},
	Absence: true,
	Run: func(p *checks.Pass) {
		report(p, "MESH907")
		for _, ref := range views.AllTargetRefs(p.Set) {
			group, kind := ref.Group().V, ref.TargetKind().V
			switch unknown := ref.Open(); {
			case unknown.Object() != nil:
				p.Undecided(unknown)
			case ref.TargetName().V == "": // the CRD refuses it
			case (group == "" || group == "core") && kind == "Service":
				service(p, ref)
			case group == views.Networking && kind == "ServiceEntry", group == views.GatewayAPI && kind == "Gateway":
				named(p, ref)
			case group == views.GatewayAPI && kind == "GatewayClass":
				class(p, ref)
			}
		}
	},
}

// service looks for the Service of a reference.
func service(p *checks.Pass, ref views.TargetRef) {
	hosts := registry.Of(p)
	found := hosts.Lookup(ref.TargetName())
	if p.Decide(found.Known.Not()) {
		missing(p, ref, hosts.Near(found)).WithSeverity(found.Away.Severity())
	}
}

// waypoints is the only GatewayClass that a policy can be attached to, in the root namespace. Source: istio/istio
// pilot/pkg/model/policyattachment.go ShouldAttachPolicy (HEAD).
const waypoints = "istio-waypoint"

// class looks at a reference to a GatewayClass, which is in no namespace.
func class(p *checks.Pass, ref views.TargetRef) {
	ns, root := ref.Object().NamespaceField(), p.RootNamespace()
	if ref.TargetName().V != waypoints {
		p.Report(ref.TargetName(), "policies can be attached to the GatewayClass %q alone, not to %q: the policy is attached to nothing", waypoints, ref.TargetName().V).
			WithAdvice("write %s, or refer to a Gateway", waypoints)
		return
	}
	if len(p.MeshConfig("rootNamespace")) == 0 && p.Decide(ns.Str().Matches(func(s string) bool { return s != root })) {
		p.Report(ref.TargetName(), "a policy for a GatewayClass counts in namespace %q alone, and this is in %q: it is attached to nothing", root, ns.Str().V).
			WithAdvice("put the policy into namespace %s, or refer to a Gateway", root)
	}
}

// named looks for the object of a reference among those of its kind.
func named(p *checks.Pass, ref views.TargetRef) {
	policy, name := ref.Object(), ref.TargetName().V
	if slices.Contains(p.Mesh.KnownGateways, p.NamespaceOf(policy)+"/"+name) {
		return
	}
	there := object.No()
	var names []string
	for _, o := range candidates(p, ref.Group().V, ref.TargetKind().V).of(name) {
		same := p.SameNamespace(policy, o)
		there = there.Or(same.And(o.NameField().Str().Is(name)))
	}
	for _, o := range candidates(p, ref.Group().V, ref.TargetKind().V).in[p.NamespaceOf(policy)] {
		names = append(names, o.Name)
	}
	if !p.Decide(there.Not()) {
		return
	}
	f := missing(p, ref, nearest.Name(name, names))
	if len(names) == 0 { // another release may have all objects of the kind
		f.WithSeverity(checks.Note)
	}
}

func missing(p *checks.Pass, ref views.TargetRef, near string) *checks.Finding {
	f := p.Report(ref.TargetName(), "namespace %q has no %s %q%s: the policy is attached to nothing",
		p.NamespaceOf(ref.Object()), ref.TargetKind().V, ref.TargetName().V, registry.DidYouMean(near))
	if near != "" {
		f.WithAdvice("write %s", near)
	}
	return f
}

type namesKey struct{ group, kind string }

// names are the objects of a kind by name and by namespace.
type names struct {
	by, in map[string][]*object.Object
	open   []*object.Object // of names that are not known
}

func candidates(p *checks.Pass, group, kind string) *names {
	return checks.Once(p, namesKey{group, kind}, func() *names {
		n := &names{by: map[string][]*object.Object{}, in: map[string][]*object.Object{}}
		for _, o := range p.ByKind(group, kind) {
			ns := p.NamespaceOf(o)
			if o.NameField().Unknown() {
				n.open = append(n.open, o)
				continue
			}
			n.by[o.Name], n.in[ns] = append(n.by[o.Name], o), append(n.in[ns], o)
		}
		return n
	})
}

// of are the objects that may have a name.
func (n *names) of(name string) []*object.Object { return append(slices.Clip(n.by[name]), n.open...) }
