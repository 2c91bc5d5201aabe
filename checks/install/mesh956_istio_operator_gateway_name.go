package install

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var istioOperatorGatewayName = &checks.Check{
	ID: "MESH956", Name: "istio-operator-gateway-name", Severity: checks.Error,
	Summary: "A gateway of an IstioOperator must have a name",
	Advice:  "add the name: istio-ingressgateway or istio-egressgateway for those of the profile, another one for one of your own",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, o := range p.ByKind(views.Operators, "IstioOperator") {
			if components := views.AsOperator(o).Components(); components.Unknown() {
				p.Undecided(components)
			}
			for _, list := range views.AsOperator(o).GatewayLists() {
				if list.Exists() && list.Node().Kind == object.Map {
					p.Report(list.AtKey(), "%s is not a list: istioctl cannot read the file, and the installation fails", list.Name()).
						WithAdvice("write a list of gateways, each with a name")
				}
			}
			for _, g := range views.AsOperator(o).Gateways() {
				named, off := g.GatewayName().NotEmpty(), object.No()
				if every(p.Mesh, func(release string) bool { return checks.CompareVersions(release, operatorGone) >= 0 }) {
					off = g.Enabled().Is("false") // older releases merge the gateway with the profile's by its name in any case
				}
				if p.Decide(named.Or(off).Not()) {
					p.Report(g, "a gateway without a name: istioctl cannot merge it with the profile's or create it, and the installation fails")
				}
			}
		}
	},
}
