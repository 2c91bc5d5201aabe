package traffic

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// nginxHTTP10Upstream finds nginx configurations that pass requests on in HTTP/1.0, which sidecars refuse.
var nginxHTTP10Upstream = &checks.Check{
	ID: "MESH624", Name: "nginx-http10-upstream", Severity: checks.Note,
	Summary: "nginx in the mesh must pass requests on in HTTP/1.1",
	Advice:  "add proxy_http_version 1.1; beside proxy_pass",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		if !p.Decide(p.PilotSwitch(http10Variable, false).Not()) {
			return
		}
		reported := map[*object.Node]bool{}
		for _, w := range p.SidecarApplications() {
			mounts := running.Mounts(p, w)
			for _, c := range w.Containers() {
				configs := nginxConfigs(p, c, mounts)
				for _, config := range configs {
					if !reported[config.Node()] && !setsElsewhere(configs, config) && !acceptsHTTP10(p, w) {
						reported[config.Node()] = passesHTTP10(p, c, config)
					}
				}
			}
		}
	},
}

// nginxFile matches the names of nginx configurations.
var nginxFile = lazyregexp.New(`(?i)nginx|\.conf(\.template)?$`)

// nginxConfigs are the texts that a container runs with and that look like nginx configurations: entries of ConfigMaps that
// it mounts, and words of its command.
func nginxConfigs(p *checks.Pass, c object.Container, mounts []running.Mount) []object.Str {
	var texts []object.Str
	for _, m := range mounts {
		if m.By.Name == c.Name {
			for _, entry := range views.Data(m.ConfigMap).Entries() {
				if entry.Unknown() && nginxFile().MatchString(entry.Name()) {
					p.Undecided(entry)
				}
				texts = append(texts, entry.Str())
			}
		}
	}
	for _, line := range commands.CommandLines(c) {
		texts = append(texts, line.Words...)
	}
	var configs []object.Str
	for _, text := range texts {
		if strings.Contains(text.V, "proxy_") {
			configs = append(configs, text)
		}
	}
	return configs
}

// setsElsewhere reports whether another file of the container sets the version: it may hold for this one too.
func setsElsewhere(configs []object.Str, config object.Str) bool {
	for _, other := range configs {
		if other.Node() != config.Node() && strings.Contains(other.V, "proxy_http_version") {
			return true
		}
	}
	return false
}

// passesHTTP10 reports the places of a configuration where requests are passed on in HTTP/1.0, as one finding.
func passesHTTP10(p *checks.Pass, c object.Container, config object.Str) bool {
	var first *checks.Finding
	proxies := checks.Once(p, proxiesKey{config.Node()}, func() []commands.NginxProxy { return commands.NginxProxies(config.V) })
	for _, pass := range proxies {
		version := pass.Version.Text
		to, ok := commands.ParseURL(pass.To.Text)
		if !ok || to.Scheme != "http" || version != "" && version != "1.0" || version == "" && (pass.Included || speaksHTTP11(c)) {
			continue
		}
		x := proxyHost{pass, to, config.Field}
		effect := refusesHTTP10(p, c.Workload, x)
		switch {
		case effect == "":
		case first != nil:
			first.WithRelated(x.within(pass.To), "another proxy_pass without proxy_http_version 1.1")
		case version != "":
			first = p.Report(x.within(pass.Version), "nginx passes requests to %s in HTTP/1.0: %s", pass.To.Text, effect).
				WithAdvice("write proxy_http_version 1.1;").WithRelated(x.within(pass.To), "the address")
		default:
			first = p.Report(x.within(pass.To), "nginx before %s passes requests to %s in HTTP/1.0, as proxy_http_version is not set: %s", nginxHTTP11Since, pass.To.Text, effect)
		}
	}
	return first != nil
}

// refusesHTTP10 is what the sidecar does with requests in HTTP/1.0 that nginx passes on; empty where it lets them through.
func refusesHTTP10(p *checks.Pass, w *object.Workload, x proxyHost) string {
	to, known := x.url, x.url.Plain
	if len(x.Servers) > 0 {
		to, known = commands.ParseHostPort(x.Servers[0].Text)
		known = known && to.Plain
		if strings.HasPrefix(x.Servers[0].Text, "unix:") {
			return ""
		}
	}
	const refuses = "the sidecar answers HTTP/1.0 with 426 Upgrade Required"
	switch {
	case known && (to.ReachesItself() || to.Host == "unix" || bypasses(w, to)):
		return ""
	case !known:
		return refuses + " where the port is declared as HTTP"
	}
	if to.Port == 0 {
		to.Port = 80
	}
	services := servicesNamed(p, serviceName(to.Host, p.NamespaceOf(w.Object)))
	for _, svc := range services {
		for _, port := range svc.Ports() {
			if port.Number.V != int64(to.Port) {
				continue
			}
			protocol, decided := p.Protocol(port)
			if p.Decide(decided) && (protocol.Family() == checks.FamilyHTTP || protocol == checks.Unsupported && p.Mesh.IstioBefore(http10Undetected)) {
				return refuses
			}
		}
	}
	if len(services) > 0 {
		return ""
	}
	return fmt.Sprintf("%s where port %d is declared as HTTP", refuses, to.Port)
}
