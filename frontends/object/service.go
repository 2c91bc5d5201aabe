package object

import (
	"slices"
	"strconv"
)

// Service is the view of a core/v1 Service.
type Service struct {
	*Object
	Selector Field // spec.selector

	ports []ServicePort
}

// AsService returns the view of a Service.
func AsService(o *Object) (*Service, bool) {
	if !o.Is("", "Service") {
		return nil, false
	}
	s := &Service{Object: o, Selector: serviceSelector(o)}
	s.ports = s.readPorts()
	return s, true
}

func serviceSelector(o *Object) Field { return o.Get("spec", "selector") }

// Type is spec.type; ClusterIP where none is written.
func (s *Service) Type() Str {
	t := s.Get("spec", "type").Str()
	if t.Known() && t.V == "" {
		t.V = "ClusterIP"
	}
	return t
}

// ClusterIP is spec.clusterIP: an address, or None for a headless Service.
func (s *Service) ClusterIP() Str { return s.Get("spec", "clusterIP").Str() }

// Headless reports whether the Service has clusterIP None.
func (s *Service) Headless() Truth { return s.ClusterIP().Is("None") }

// ExternalName is the name outside the cluster that the Service stands for.
func (s *Service) ExternalName() Str { return s.Get("spec", "externalName").Str() }

// SessionAffinity is spec.sessionAffinity: ClientIP or None.
func (s *Service) SessionAffinity() Str { return s.Get("spec", "sessionAffinity").Str() }

// ExternalIPs are the addresses of the nodes at which the Service can be reached.
func (s *Service) ExternalIPs() Field { return s.Get("spec", "externalIPs") }

// PortList is spec.ports; Ports are its elements.
func (s *Service) PortList() Field { return s.Get("spec", "ports") }

// External reports whether the Service is a name of something outside: ExternalName.
func (s *Service) External() Truth { return s.Type().Is("ExternalName") }

// ServicePort is one port of a Service.
type ServicePort struct {
	Field
	Service     *Service
	Name        Str
	Number      Num // port
	TargetPort  Str // number or name; missing means Number
	Protocol    Str // L4 protocol; missing means TCP
	AppProtocol Str
}

// Ports returns the ports of the Service. The slice is shared and must not be changed.
func (s *Service) Ports() []ServicePort { return s.ports }

func (s *Service) readPorts() []ServicePort {
	var ports []ServicePort
	for _, f := range s.PortList().Items() {
		ports = append(ports, ServicePort{
			Field: f, Service: s,
			Name:        f.Get("name").Str(),
			Number:      f.Get("port").Num(),
			TargetPort:  f.Get("targetPort").Str(),
			Protocol:    f.Get("protocol").Str(),
			AppProtocol: f.Get("appProtocol").Str(),
		})
	}
	return slices.Clip(ports)
}

// L4 is the transport protocol of the port: what is written, else TCP.
func (p ServicePort) L4() string { return orTCP(p.Protocol) }

// String is the port as messages name it: its name and number.
func (p ServicePort) String() string {
	number := strconv.FormatInt(p.Number.V, 10)
	if p.Name.V == "" {
		return number
	}
	return p.Name.V + ":" + number
}

// Resolve returns the container port that the Service port ends at in a workload:
// an unset or zero targetPort is the port itself, a number is itself, a name is
// looked up among the app containers' ports of the same transport protocol. ok is
// false where a name is not found or a value is not known.
func (p ServicePort) Resolve(w *Workload) (number int64, at Field, ok bool) {
	target := p.TargetPort
	if target.Unknown() || p.Number.Unknown() {
		return 0, target.Field, false
	}
	if target.V == "" || target.V == "0" {
		return p.Number.V, p.Number.Field, p.Number.OK
	}
	if n := target.Field.Num(); n.OK {
		return n.V, target.Field, true
	}
	for _, c := range w.Containers() {
		if !c.LongRunning() {
			continue
		}
		for _, port := range c.Ports() {
			if port.Name.V == target.V && port.L4() == p.L4() {
				return port.Number.V, port.Number.Field, port.Number.OK
			}
		}
	}
	return 0, target.Field, false
}
