package capture

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// scrape is a port of pods from which Prometheus takes metrics.
type scrape struct {
	// at is where the port is named, and who says who names it, with the verb.
	at     object.Field
	who    string
	w      *object.Workload
	number int64
	sure   object.Truth
	// certificate is what the scrapes are made with; missing for none.
	certificate object.Field
	// tls says that the port is declared as TLS, and https that Prometheus is told to speak it.
	tls, https bool
	// annotation says that annotations make Prometheus scrape the port, and ofPods that those are of the pods.
	annotation, ofPods bool
}

// scrapes are the ports of applications in the mesh that the input makes Prometheus scrape.
func scrapes(p *checks.Pass) []scrape {
	var all []scrape
	for _, o := range p.ByKind(views.Prometheus, "ServiceMonitor") {
		if !views.ScrapeClass(o).Exists() {
			all = append(all, serviceScrapes(p, views.AsServiceMonitor(o))...)
		}
	}
	for _, o := range p.ByKind(views.Prometheus, "PodMonitor") {
		if !views.ScrapeClass(o).Exists() {
			all = append(all, podScrapes(p, views.AsPodMonitor(o))...)
		}
	}
	for _, svc := range p.Services() {
		all = append(all, annotatedService(p, svc)...)
	}
	for _, w := range p.Applications() {
		scraped := prometheusOf(w.PodAnnotations())
		if scraped.scrape.V && scraped.port.OK && (p.Enrolled(w).Ambient() || !mergesMetrics(p, w)) {
			who := fmt.Sprintf("annotation %s makes Prometheus scrape", scraped.port.Name())
			all = append(all, scrape{at: scraped.port.Field, who: who, w: w, number: scraped.port.V, sure: object.Yes(), annotation: true, ofPods: true})
		}
	}
	return all
}

// plain reports whether a monitor scrapes an endpoint in a way that it says itself, and with which certificate.
func plain(p *checks.Pass, e views.MonitorEndpoint) (certificate object.Field, judged bool) {
	if e.Redirects() {
		return object.Field{}, false
	}
	for _, f := range []object.Field{e.Scheme().Field, e.TLSConfig()} {
		if f.Unknown() {
			p.Undecided(f)
			return object.Field{}, false
		}
	}
	if !overTLS(e) {
		return object.Field{}, true
	}
	return e.ClientCertificate(), true
}

// overTLS reports whether a monitor scrapes an endpoint over TLS.
func overTLS(e views.MonitorEndpoint) bool { return strings.EqualFold(e.Scheme().V, "https") }

func serviceScrapes(p *checks.Pass, m views.ServiceMonitor) []scrape {
	who := fmt.Sprintf("ServiceMonitor %q scrapes", m.Name)
	var all []scrape
	for _, svc := range p.Services() {
		selected := views.MonitoredNamespace(m.Namespaces(), p.NamespaceOf(m.Object), p.NamespaceOf(svc.Object)).
			And(views.SelectsLabels(m.Selector(), svc.OwnLabels()))
		if selected.False() {
			continue
		}
		for _, e := range m.Endpoints() {
			certificate, judged := plain(p, e)
			if !judged {
				continue
			}
			for _, port := range svc.Ports() {
				protocol, _ := p.Protocol(port)
				for _, end := range portEnds(p, port, selected) {
					at, is := endpointPort(e, port, end)
					if is.False() {
						continue
					}
					all = append(all, scrape{
						at: at, who: who, w: end.w, number: end.number, sure: end.sure.And(is), certificate: certificate,
						tls: protocol.Family() == checks.FamilyTLS, https: overTLS(e),
					})
				}
			}
		}
	}
	return all
}

// endpointPort reports whether an endpoint of a ServiceMonitor is a port of a Service: by its name, or by the number or
// the name of the port of the pods.
func endpointPort(e views.MonitorEndpoint, port object.ServicePort, end portEnd) (at object.Field, is object.Truth) {
	name, target := e.Port(), e.TargetPort()
	switch {
	case name.Unknown():
		return name.Field, object.Undecided(name.Field)
	case name.V != "":
		return name.Field, port.Name.Is(name.V)
	case target.Unknown():
		return target.Field, object.Undecided(target.Field)
	}
	return target.Field, object.TruthOf(hasPort(end.w, target, end.number))
}

// hasPort reports whether a container of pods has a port by a number or name.
func hasPort(w *object.Workload, asked object.Str, number int64) bool {
	for _, c := range w.Containers() {
		if asked.V != "" && c.LongRunning() && c.HasPort(asked, number) {
			return true
		}
	}
	return false
}

func podScrapes(p *checks.Pass, m views.PodMonitor) []scrape {
	who := fmt.Sprintf("PodMonitor %q scrapes", m.Name)
	var all []scrape
	for _, w := range p.Workloads() {
		selected := views.MonitoredNamespace(m.Namespaces(), p.NamespaceOf(m.Object), p.NamespaceOf(w.Object)).
			And(views.SelectsLabels(m.Selector(), w.Labels()))
		if selected.False() || !inMesh(p, w) {
			continue
		}
		for _, e := range m.Endpoints() {
			certificate, judged := plain(p, e)
			at, number, ok := podPort(p, w, e)
			if judged && ok {
				all = append(all, scrape{at: at, who: who, w: w, number: number, sure: selected, certificate: certificate, https: overTLS(e)})
			}
		}
	}
	return all
}

// podPort is the container port that an endpoint of a PodMonitor stands for.
func podPort(p *checks.Pass, w *object.Workload, e views.MonitorEndpoint) (at object.Field, number int64, ok bool) {
	if n := e.PortNumber(); n.OK {
		return n.Field, n.V, true
	}
	asked := e.Port()
	if asked.V == "" && asked.Known() {
		asked = e.TargetPort()
	}
	if asked.Unknown() {
		p.Undecided(asked)
		return at, 0, false
	}
	if n := asked.Num(); n.OK {
		return n.Field, n.V, true
	}
	for _, c := range w.Containers() {
		for _, port := range c.Ports() {
			if asked.V != "" && port.Name.V == asked.V {
				return asked.Field, port.Number.V, port.Number.OK
			}
		}
	}
	return at, 0, false
}

// annotatedService are the ports that annotations of a Service make Prometheus scrape: the number is that of a port of
// the pods, and without one all ports of the Service are tried.
func annotatedService(p *checks.Pass, svc *object.Service) []scrape {
	scraped := prometheusOf(svc.OwnAnnotations())
	if !scraped.scrape.V {
		return nil
	}
	var all []scrape
	who := fmt.Sprintf("annotation %s of Service %q makes Prometheus scrape", scraped.scrape.Name(), svc.Name)
	for _, w := range p.WorkloadsOf(svc).Sure {
		if !inMesh(p, w) || prometheusOf(w.PodAnnotations()).scrape.V && mergesMetrics(p, w) {
			continue // the pods' own annotations give the metrics
		}
		s := scrape{at: scraped.port.Field, who: who, w: w, number: scraped.port.V, sure: object.Yes(), annotation: true}
		if !scraped.port.Exists() && len(svc.Ports()) == 1 {
			s.at, s.number, scraped.port.OK = scraped.scrape.Field, 0, false
			if number, _, ok := svc.Ports()[0].Resolve(w); ok {
				s.number, scraped.port.OK = number, true
			}
		}
		if scraped.port.Unknown() {
			p.Undecided(scraped.port)
		} else if scraped.port.OK {
			all = append(all, s)
		}
	}
	return all
}

// outputsCertificates reports whether a sidecar of the input writes its certificates into a volume, as Prometheus' own does
// for its jobs. Source: istio/istio samples/addons/extras/prometheus-secure-metrics.yaml.
func outputsCertificates(p *checks.Pass) bool {
	for _, w := range p.Workloads() {
		if strings.Contains(w.PodAnnotation(checks.ProxyConfigKey).V, "OUTPUT_CERTS") {
			return true
		}
	}
	return false
}

// parsedBool reads a boolean as Go does, and reports whether it is one.
func parsedBool(s object.Str) (value, is bool) {
	value, err := strconv.ParseBool(s.V)
	return value, err == nil
}
