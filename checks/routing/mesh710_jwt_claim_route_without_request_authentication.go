package routing

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/registry"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// claimHeader begins the names of headers that stand for a claim of a token.
// Source: istio/istio pkg/jwt ToRoutingClaim (1.32).
const claimHeader = "@request.auth.claims"

// jwtClaimRouteWithoutRequestAuthentication finds routes by claims of a token that the gateway never reads.
var jwtClaimRouteWithoutRequestAuthentication = &checks.Check{
	ID: "MESH710", Name: "jwt-claim-route-without-request-authentication", Severity: checks.Error,
	Summary: "Routes by the claims of a token need a RequestAuthentication for the gateway's pods",
	Advice:  "add a RequestAuthentication that selects the gateway's pods",
	Modes:   []checks.Mode{checks.Sidecar}, Since: "1.12",
	Istio:   []string{"IST0149"},
	Absence: true,
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Networking, "VirtualService") {
			vs := views.AsVirtualService(o)
			header, uses := claimOf(vs)
			if !uses {
				continue
			}
			for _, name := range registry.GatewayNames(p, vs) {
				gateway, there := registry.GatewaysOf(p).Find(name)
				if !p.Decide(there) || !gateway.Is(views.Networking, "Gateway") {
					continue // MESH703; a RequestAuthentication names a Gateway of the Gateway API by targetRefs
				}
				if w := unread(p, views.AsGateway(gateway)); w != nil {
					p.Report(header.AtKey(), "no RequestAuthentication is about %s %q behind Gateway %q: its proxy reads no token, and the route never matches",
						w.Kind, w.Name, gateway.Name).WithRelated(name.At, "the Gateway is named here").WithRelated(w.NameField(), "it is here")
					break
				}
			}
		}
	},
}

// claimOf is the first header of a VirtualService's matches that stands for a claim.
func claimOf(vs views.VirtualService) (object.Field, bool) {
	for _, route := range vs.HTTP() {
		for _, match := range route.Matches() {
			for _, headers := range []object.Field{match.Headers(), match.WithoutHeaders()} {
				for _, header := range headers.Entries() {
					if strings.HasPrefix(header.Name(), claimHeader) {
						return header, true
					}
				}
			}
		}
	}
	return object.Field{}, false
}

// unread is a workload behind a Gateway that no RequestAuthentication is about; nil where there is none in the input.
func unread(p *checks.Pass, gateway views.Gateway) *object.Workload {
	for _, w := range p.Workloads() {
		if !p.Decide(object.Selects(gateway.Selector(), w.Labels())) {
			continue
		}
		read := object.No()
		for _, o := range p.ByKind(views.Security, "RequestAuthentication") {
			if ns := p.NamespaceOf(o); ns == p.NamespaceOf(w.Object) || ns == p.RootNamespace() {
				read = read.Or(appliesTo(o, w))
			}
		}
		if !p.Decide(read) && read.False() {
			return w
		}
	}
	return nil
}

// appliesTo reports whether a policy in force in the namespace of a workload is about it.
func appliesTo(policy *object.Object, w *object.Workload) object.Truth {
	labels := views.AsPeerAuthentication(policy).MatchLabels()
	if labels.Known() && !labels.Partial() && len(labels.Entries()) == 0 {
		return object.Yes()
	}
	return object.Selects(labels, w.Labels())
}
