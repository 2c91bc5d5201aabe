package services

import "github.com/mesh-check/mesh-check/checks"

var portNameAppProtocolMismatch = &checks.Check{
	ID: "MESH107", Name: "port-name-app-protocol-mismatch", Severity: checks.Note,
	Summary: "A Service port's name and its appProtocol must not contradict each other",
	Advice:  "give the port a name that starts with the protocol of its appProtocol, or correct the appProtocol",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		for _, svc := range p.MeshServices() {
			for _, port := range svc.Ports() {
				app, by := checks.Declaration(port)
				if by != checks.ByAppProtocol || !p.OverTCP(port.Protocol) {
					continue
				}
				declared, known := p.Declared(app)
				named, told := p.Declared(port.Name)
				if !p.Decide(known.And(told)) || named == checks.Unsupported || declared == checks.Unsupported ||
					named.Family() == declared.Family() {
					continue
				}
				f := p.Report(port.Name, "port name %q of Service %q says %s, but Istio uses appProtocol %q and treats it as %s",
					port.Name.V, svc.Name, named, app.V, declared)
				f.WithRelated(app, "appProtocol is set here")
				adviseDeclaration(p, f, port, named, declared)
			}
		}
	},
}
