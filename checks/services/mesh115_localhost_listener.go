package services

import (
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// localhostListener finds applications that are told to listen on localhost at a port of a
// Service.
var localhostListener = &checks.Check{
	ID: "MESH115", Name: "localhost-listener", Severity: checks.Note,
	Summary: "A port of a Service must not listen on localhost",
	Advice:  "listen on all addresses, as in :8080 or 0.0.0.0:8080",
	Modes:   []checks.Mode{checks.Sidecar},
	Since:   "1.10",
	Istio:   []string{"IST0143"},
	Run: func(p *checks.Pass) {
		for _, w := range p.SidecarApplications() {
			targets := map[string]object.ServicePort{}
			for _, svc := range p.ServicesOf(w).Sure {
				for _, port := range svc.Ports() {
					if number, _, ok := port.Resolve(w); ok && port.L4() == "TCP" {
						targets[strconv.FormatInt(number, 10)] = port
					}
				}
			}
			for _, c := range w.Containers() {
				if c.LongRunning() && !checks.ProxyContainer(c.Name) && len(targets) > 0 {
					listensAt(p, c, targets)
				}
			}
		}
	},
}

var (
	// localAddress is an address of localhost, with its port if there is one.
	localAddress = lazyregexp.New(`^(?:https?://|tcp://)?(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?/?$`)
	// listenWords are in names of flags and variables that say where to listen.
	listenWords = lazyregexp.New(`(?i)(^|[-_.])(listen|bind)`)
	// portWords are flags and variables that say at which port.
	portWords = lazyregexp.New(`(?i)^-{0,2}(.*[-_.])?port$`)
)

// listensAt reports the flags and variables of a container that make it listen on localhost
// at a port of a Service.
func listensAt(p *checks.Pass, c object.Container, targets map[string]object.ServicePort) {
	settings := settingsOf(c)
	ports := map[string]bool{} // that the container is told to use
	for _, s := range settings {
		if portWords().MatchString(s.name) {
			ports[s.value] = true
		}
	}
	for _, s := range settings {
		if s.at.Unknown() && listenWords().MatchString(s.name) {
			p.Undecided(s.at)
		}
		m := localAddress().FindStringSubmatch(s.value)
		if m == nil || !listenWords().MatchString(s.name) && !(m[1] == "" && hostFlag(s.name) && len(ports) == 1) {
			continue
		}
		number := m[1]
		for port := range ports {
			if number == "" && len(ports) == 1 {
				number = port
			}
		}
		if port, behind := targets[number]; behind {
			p.Report(s.at, "%s makes container %q listen on localhost at port %s, which is behind port %s of Service %q: the sidecar connects to the pod's own address",
				s.name, c.Name, number, port, port.Service.Name).WithRelated(port.Number, "the port of the Service")
		}
	}
}

// hostFlag reports whether a flag says where a server listens, if its port is said beside it;
// a variable may be about another server.
func hostFlag(name string) bool { return name == "--host" || name == "--address" || name == "--addr" }

// aSetting is a flag or a variable with its value.
type aSetting struct {
	name, value string
	at          object.Field
}

// settingsOf are the flags and variables of a container: --flag=value, --flag value and env.
func settingsOf(c object.Container) []aSetting {
	var all []aSetting
	for _, list := range [][]object.Field{c.Command().Items(), c.Args().Items()} {
		flag := ""
		for _, f := range list {
			word := f.Str().V
			name, value, joined := strings.Cut(word, "=")
			switch {
			case strings.HasPrefix(word, "-") && joined:
				all = append(all, aSetting{name, value, f})
				flag = ""
			case strings.HasPrefix(word, "-"):
				flag = word
			case flag != "":
				all = append(all, aSetting{flag, word, f})
				flag = ""
			}
		}
	}
	for _, e := range c.Env() {
		all = append(all, aSetting{e.VarName(), e.Value().V, e.Value().Field})
	}
	return all
}
