package registry

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// MeshGateway is the name that stands for all sidecars. Source: istio/api networking/v1 VirtualService.gateways.
const MeshGateway = "mesh"

// GatewayName is a Gateway as a VirtualService names it.
type GatewayName struct {
	// At is where it is named; what is not known there has no name.
	At              object.Str
	Namespace, Name string
}

func (g GatewayName) String() string { return g.Namespace + "/" + g.Name }

// nameOf reads the name of a Gateway: ns/name, a name of the own namespace, or the old form name.ns.svc.cluster.local.
// Source: istio/istio pilot/pkg/model resolveGatewayName (1.32).
func nameOf(p *checks.Pass, at object.Str) GatewayName {
	own := p.NamespaceOf(at.Object())
	if ns, name, found := strings.Cut(at.V, "/"); found {
		if ns == "." {
			ns = own
		}
		return GatewayName{at, ns, name}
	}
	if name, rest, found := strings.Cut(at.V, "."); found {
		ns, _, _ := strings.Cut(rest, ".")
		return GatewayName{at, ns, name}
	}
	return GatewayName{at, own, at.V}
}

// GatewayNames are the Gateways that a VirtualService names, each at every place, without mesh; those that are not known
// have no name.
func GatewayNames(p *checks.Pass, vs views.VirtualService) []GatewayName {
	lists := []object.Field{vs.Gateways()}
	for _, route := range vs.Routes() {
		for _, match := range route.Matches() {
			lists = append(lists, match.Gateways())
		}
	}
	var all []GatewayName
	for _, list := range lists {
		if list.Unknown() {
			all = append(all, GatewayName{At: list.Str()})
		}
		for _, f := range list.Items() {
			switch at := f.Str(); {
			case at.Unknown():
				all = append(all, GatewayName{At: at})
			case at.V != MeshGateway && at.V != "":
				all = append(all, nameOf(p, at))
			}
		}
	}
	return all
}

type gatewaysKey struct{}

// Gateways are those of the input, Istio's and the Gateway API's, by namespace/name.
type Gateways struct {
	named map[string]*object.Object
	// Names are those of the Gateways of a namespace, doubtful the places of those that are not known.
	Names    map[string][]string
	doubtful []object.Field
}

// GatewaysOf are the Gateways of the input of a pass.
func GatewaysOf(p *checks.Pass) *Gateways {
	return checks.Once(p, gatewaysKey{}, func() *Gateways {
		x := &Gateways{named: map[string]*object.Object{}, Names: map[string][]string{}}
		for _, o := range slices.Concat(p.ByKind(views.Networking, "Gateway"), p.ByKind(views.GatewayAPI, "Gateway")) {
			for _, f := range []object.Field{o.NameField(), o.NamespaceField()} {
				if f.Unknown() {
					x.doubtful = append(x.doubtful, f)
				}
			}
			ns := p.NamespaceOf(o)
			if key := ns + "/" + o.Name; x.named[key] == nil {
				x.named[key] = o
			}
			x.Names[ns] = append(x.Names[ns], o.Name)
		}
		return x
	})
}

// Find returns the Gateway of a name; nil where the input has none, and then whether it may have it all the same.
func (x *Gateways) Find(name GatewayName) (*object.Object, object.Truth) {
	if name.At.Unknown() {
		return nil, object.Undecided(name.At.Field)
	}
	if o := x.named[name.String()]; o != nil {
		return o, object.Yes()
	}
	if len(x.doubtful) > 0 {
		return nil, object.Undecided(x.doubtful[0])
	}
	if ns := name.At.Object().NamespaceField(); ns.Unknown() && !strings.ContainsAny(name.At.V, "/.") && len(x.named) > 0 {
		return nil, object.Undecided(ns)
	}
	return nil, object.No()
}

// Elsewhere is the Gateway of a name in another namespace than the one in which it is looked for, as it should be named;
// empty where there is none, or several.
func (x *Gateways) Elsewhere(name GatewayName) string {
	found := ""
	for ns, names := range x.Names {
		for _, n := range names {
			if n == name.Name && ns != name.Namespace {
				if found != "" {
					return "" // which of several is meant is not known
				}
				found = ns + "/" + n
			}
		}
	}
	return found
}
