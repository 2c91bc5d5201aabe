package ambient

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// noWaypoint is the name by which a label asks for no waypoint.
const noWaypoint = "none"

// attachedToNoWaypoint reports policies that are attached to a Service or ServiceEntry which certainly uses no waypoint:
// waypoints alone apply them, and sidecars and ztunnel read no such reference. Source: istio/istio
// pilot/pkg/model/policyattachment.go (1.31).
func attachedToNoWaypoint(p *checks.Pass) {
	targets := targetsOf(p)
	for _, ref := range views.AllTargetRefs(p.Set) {
		kind := ref.TargetKind().V
		if unknown := ref.Open(); unknown.Object() != nil || !refersTo(ref) {
			continue // MESH907 asks about what is not known
		}
		policy := ref.Object()
		for _, o := range targets[target{kind, p.NamespaceOf(policy), ref.TargetName().V}] {
			if !p.Decide(p.SameNamespace(policy, o).And(usesNone(p, o))) {
				continue
			}
			f := p.Report(ref.TargetName(), "%s %q is attached to %s %q, which uses no waypoint: no proxy applies the policy to it", policy.Kind, policy.Name, kind, o.Name).
				WithAdvice("set the label istio.io/use-waypoint on the %s or its namespace to the name of a waypoint", kind).
				WithRelated(o.NameField(), "the %s", kind)
			if policy.Kind == "RequestAuthentication" {
				f.WithRelated(views.AsRequestAuthentication(policy).RuleList(), "the rules that are not applied")
			}
			break
		}
	}
}

// refersTo reports whether a reference is to one of the kinds whose policies waypoints apply.
func refersTo(ref views.TargetRef) bool {
	switch group := ref.Group().V; ref.TargetKind().V {
	case "Service":
		return group == "" || group == "core"
	case "ServiceEntry":
		return group == views.Networking
	}
	return false
}

// target is what a reference names.
type target struct{ kind, namespace, name string }

type targetsKey struct{}

// targetsOf are the Services and ServiceEntries that references may name.
func targetsOf(p *checks.Pass) map[target][]*object.Object {
	return checks.Once(p, targetsKey{}, func() map[target][]*object.Object {
		all := map[target][]*object.Object{}
		add := func(o *object.Object) {
			if o.NameField().Known() {
				at := target{o.Kind, p.NamespaceOf(o), o.Name}
				all[at] = append(all[at], o)
			}
		}
		for _, svc := range p.Services() {
			add(svc.Object)
		}
		for _, o := range p.ByKind(views.Networking, "ServiceEntry") {
			add(o)
		}
		return all
	})
}

// usesNone reports whether a Service or ServiceEntry certainly uses no waypoint: its own label counts, and without one
// that of its namespace. Where the input does not have the Namespace, it may have the label. Source: istio/istio
// pilot/pkg/serviceregistry/ambient/waypoints.go (1.31).
func usesNone(p *checks.Pass, o *object.Object) object.Truth {
	own := usesNoneBy(o.OwnLabels())
	if views.UsedWaypoint(o.OwnLabels()).Name.Exists() {
		return own
	}
	ns := p.Namespace(p.NamespaceOf(o))
	if ns == nil {
		return object.No()
	}
	return own.And(usesNoneBy(ns.OwnLabels()))
}

// usesNoneBy reports whether labels name no waypoint.
func usesNoneBy(labels object.Field) object.Truth {
	switch name := views.UsedWaypoint(labels).Name; {
	case name.Exists():
		return name.Is(noWaypoint)
	case labels.Unknown() || labels.Partial():
		return object.Undecided(labels)
	}
	return object.Yes()
}
