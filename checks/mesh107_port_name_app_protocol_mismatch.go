package checks

var portNameAppProtocolMismatch = &Check{
	ID: "MESH107", Name: "port-name-app-protocol-mismatch", Severity: Note,
	Summary: "A Service port's name and its appProtocol must not contradict each other",
	Advice:  "give the port a name that starts with the protocol of its appProtocol, or correct the appProtocol",
	Modes:   []Mode{Sidecar, Ambient},
	Run: func(p *Pass) {
		for _, svc := range p.MeshServices() {
			for _, port := range svc.Ports() {
				app, by := declaration(port)
				if by != byAppProtocol || !p.overTCP(port.Protocol) {
					continue
				}
				declared, known := p.declared(app)
				named, told := p.declared(port.Name)
				if !p.Sure(known.And(told)) || named == Unsupported || declared == Unsupported ||
					named.Family() == declared.Family() {
					continue
				}
				f := p.Report(port.Name, "port name %q of Service %q says %s, but Istio goes by appProtocol %q and takes it for %s",
					port.Name.V, svc.Name, named, app.V, declared)
				f.Also(app, "appProtocol is written here")
				p.adviseDeclaration(f, port, named, declared)
			}
		}
	},
}
