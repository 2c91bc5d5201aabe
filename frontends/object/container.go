package object

import (
	"slices"
	"strings"
)

// Role is what a container is in its pod.
type Role uint8

// The roles of containers.
const (
	App         Role = iota // containers[]
	Restartable             // initContainers[] with restartPolicy Always: a native sidecar
	Init                    // other initContainers[]
	Ephemeral               // ephemeralContainers[]
)

// Container is one container of a workload's pods.
type Container struct {
	Field
	Role     Role
	Workload *Workload
	// Name is the container's name.
	Name string
}

// Containers returns all containers of the pods: app, init and ephemeral ones, in
// this order. The slice is shared and must not be changed.
func (w *Workload) Containers() []Container { return w.containers }

func (w *Workload) readContainers(more []Container) []Container {
	var all []Container
	for _, c := range more {
		c.Workload = w
		all = append(all, c)
	}
	add := func(list string, role Role) {
		for _, f := range w.PodSpec.Get(list).Items() {
			c := Container{Field: f, Role: role, Workload: w, Name: f.Get("name").Str().Or(w.carrier.unnamed)}
			if role == Init && f.Get("restartPolicy").Str().V == "Always" {
				c.Role = Restartable
			}
			all = append(all, c)
		}
	}
	add("containers", App)
	add("initContainers", Init)
	add("ephemeralContainers", Ephemeral)
	return slices.Clip(all)
}

// LongRunning reports whether the container runs beside the application for the whole
// life of the pod: app containers and native sidecars.
func (c Container) LongRunning() bool { return c.Role == App || c.Role == Restartable }

// RunAsUser is the UID that the container runs as: its own, else the pod's. The
// Field is the one that decides.
func (c Container) RunAsUser() Num { return c.effective("runAsUser") }

// RunAsGroup is the primary GID that the container runs as: its own, else the pod's.
func (c Container) RunAsGroup() Num { return c.effective("runAsGroup") }

// NonRoot reports whether the container certainly does not run as root: its user is another one, or it may not start as root.
func (c Container) NonRoot() Truth {
	user := c.RunAsUser()
	other := TruthOf(user.OK && user.V != 0)
	if user.Unknown() {
		other = Undecided(user.Field)
	}
	return other.Or(c.secured("runAsNonRoot").Flag().True())
}

func (c Container) effective(key string) Num { return c.secured(key).Num() }

// secured is a setting of the container's security context, else of the pod's.
func (c Container) secured(key string) Field {
	if own := c.Get("securityContext", key); own.Exists() {
		return own
	}
	return c.Workload.PodSpec.Get("securityContext", key)
}

// RestartPolicy is restartPolicy, which makes an init container a native sidecar.
func (c Container) RestartPolicy() Str { return c.Get("restartPolicy").Str() }

// Image is the container's image reference.
func (c Container) Image() Str { return c.Get("image").Str() }

// ImageName is the last path segment of the image without tag and digest: mysql of
// docker.io/library/mysql:8.
func (c Container) ImageName() string {
	name := c.Image().V
	name, _, _ = strings.Cut(name, "@")
	name = name[strings.LastIndexByte(name, '/')+1:]
	name, _, _ = strings.Cut(name, ":")
	return name
}

// ContainerPort is one declared port of a container.
type ContainerPort struct {
	Field
	Container Container
	Name      Str
	Number    Num // containerPort
	Protocol  Str // L4 protocol; missing means TCP
}

// PortList is the list of the declared ports.
func (c Container) PortList() Field { return c.Get("ports") }

// Ports returns the declared ports.
func (c Container) Ports() []ContainerPort {
	var ports []ContainerPort
	for _, f := range c.PortList().Items() {
		ports = append(ports, ContainerPort{
			Field: f, Container: c,
			Name:     f.Get("name").Str(),
			Number:   f.Get("containerPort").Num(),
			Protocol: f.Get("protocol").Str(),
		})
	}
	return ports
}

// HostPort is the port of the node that leads to the port.
func (p ContainerPort) HostPort() Num { return p.Get("hostPort").Num() }

// L4 is the transport protocol of the port: what is written, else TCP.
func (p ContainerPort) L4() string { return orTCP(p.Protocol) }

func orTCP(s Str) string {
	if s.V == "" {
		return "TCP"
	}
	return s.V
}

// Probe is one probe or lifecycle handler of a container.
type Probe struct {
	Field
	Container Container
	Kind      string // livenessProbe, readinessProbe, startupProbe, postStart, preStop
}

// Probes returns the probes and lifecycle handlers that are written.
func (c Container) Probes() []Probe {
	var probes []Probe
	add := func(kind string, f Field) {
		if f.Exists() {
			probes = append(probes, Probe{Field: f, Container: c, Kind: kind})
		}
	}
	for _, kind := range []string{"livenessProbe", "readinessProbe", "startupProbe"} {
		add(kind, c.Get(kind))
	}
	for _, kind := range []string{"postStart", "preStop"} {
		add(kind, c.Get("lifecycle", kind))
	}
	return probes
}

// Port is the port that the probe asks: of httpGet, tcpSocket or grpc. A number, or
// the name of a container port.
func (p Probe) Port() Str {
	for _, handler := range []string{"httpGet", "tcpSocket", "grpc"} {
		if port := p.Get(handler, "port"); port.Exists() {
			return port.Str()
		}
	}
	return p.Get("httpGet", "port").Str()
}

// GRPC is the handler that calls gRPC's health service; missing for others.
func (p Probe) GRPC() Field { return p.Get("grpc") }

// HTTPGet is the handler that asks by HTTP; missing for others.
func (p Probe) HTTPGet() Field { return p.Get("httpGet") }

// Scheme is the scheme of an HTTP probe: HTTP or HTTPS.
func (p Probe) Scheme() Str { return p.Get("httpGet", "scheme").Str() }

// HTTPPath is the path of an HTTP probe.
func (p Probe) HTTPPath() Str { return p.Get("httpGet", "path").Str() }

// Hosts are the hosts that httpGet and tcpSocket name; missing for the pod itself.
func (p Probe) Hosts() []Str {
	return []Str{p.Get("httpGet", "host").Str(), p.Get("tcpSocket", "host").Str()}
}

// Command is the list of words that an exec handler runs.
func (p Probe) Command() Field { return p.Get("exec", "command") }

// Sleep is how many seconds a handler sleeps that does nothing else; missing for others.
func (p Probe) Sleep() Num { return p.Get("sleep", "seconds").Num() }

// HasPort reports whether what a probe or a monitor asks for is the container's port of a
// number: that number, or a name that stands for it.
func (c Container) HasPort(asked Str, number int64) bool {
	if n := asked.Num(); n.OK {
		return n.V == number
	}
	for _, port := range c.Ports() {
		if asked.V != "" && port.Name.V == asked.V {
			return port.Number.V == number
		}
	}
	return false
}

// Amount is how much of a resource the container asks for (list is requests) or may use at most (limits).
func (c Container) Amount(list, resource string) Quantity {
	return c.Get("resources", list, resource).Quantity()
}

// AddedCapabilities is the list of capabilities that the container gets.
func (c Container) AddedCapabilities() Field {
	return c.Get("securityContext", "capabilities", "add")
}

// Privileged reports whether the container has all rights of its node.
func (c Container) Privileged() Flag { return c.Get("securityContext", "privileged").Flag() }
