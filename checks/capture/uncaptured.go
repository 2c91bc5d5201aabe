package capture

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// uncapturedPort is a port of a Service that leads to a port of pods which their sidecar does not take.
type uncapturedPort struct {
	port   object.ServicePort
	number int64
	// because says why clients certainly send mutual TLS there; empty where they do unless somebody tells them not to.
	because string
	at      object.Field
}

// podsPort is a port of the pods of a workload.
type podsPort struct {
	w      *object.Object
	number int64
}

// keptOut are the ports of pods that are kept from their sidecars on purpose, since those who call them have none: the API
// server, and Prometheus.
func keptOut(p *checks.Pass) map[podsPort]bool {
	kept := map[podsPort]bool{}
	for _, called := range calledPorts(p) {
		kept[podsPort{called.w.Object, called.number}] = true
	}
	for _, s := range scrapes(p) {
		kept[podsPort{s.w.Object, s.number}] = true
	}
	return kept
}

// servedPorts calls judge for every TCP port of the pods of a workload that Services of the input lead to, once for each
// number, without those that are kept out on purpose.
func servedPorts(p *checks.Pass, w *object.Workload, kept map[podsPort]bool, judge func(object.ServicePort, int64)) {
	seen := map[int64]bool{}
	services := p.ServicesOf(w)
	for _, maybe := range services.Maybe {
		p.Undecided(maybe.Because)
	}
	for _, svc := range services.Sure {
		for _, port := range svc.Ports() {
			number, at, ok := port.Resolve(w)
			if !ok && at.Unknown() {
				p.Undecided(at)
			}
			if !ok || seen[number] || !p.OverTCP(port.Protocol) || kept[podsPort{w.Object, number}] || forOutsiders(w, port, number) {
				continue
			}
			seen[number] = true
			judge(port, number)
		}
	}
}

// outsiders are words in the names of Services and of their ports for clients that have no sidecar: not every webhook is
// registered by the input, nor is every scrape.
var outsiders = []string{"metrics", "prometheus", "webhook"}

// forOutsiders reports whether a port is one for such clients, by a name or by an annotation of the pods.
func forOutsiders(w *object.Workload, port object.ServicePort, number int64) bool {
	names := strings.ToLower(port.Name.V + " " + port.Service.Name)
	return slices.ContainsFunc(outsiders, func(word string) bool { return strings.Contains(names, word) }) ||
		prometheusOf(w.PodAnnotations()).port.Is(number).True()
}

// missed is what it means that a port is not captured; matters is false where clients are told to send plain text.
func missed(p *checks.Pass, w *object.Workload, port object.ServicePort, number int64) (of uncapturedPort, matters bool) {
	of = uncapturedPort{port: port, number: number}
	mode, policy := p.MTLS(w, number)
	switch {
	case mode == checks.MTLSDisable, mode == checks.MTLSUndecided, tellsClientsPlain(w), endsItself(p, w):
		return of, false
	}
	for _, rule := range p.TrafficPolicies(port.Service) {
		tls := rule.TLSMode()
		for _, own := range rule.Ports() {
			if own.Port().Is(port.Number.V).True() {
				tls = own.TLSMode()
			}
		}
		switch {
		case tls.Unknown():
			p.Undecided(tls)
			return of, false
		case tls.V == "ISTIO_MUTUAL":
			of.because, of.at = "a DestinationRule makes clients send it", tls.Field
			return of, true
		case tls.Exists():
			return of, false
		}
	}
	if mode == checks.MTLSStrict {
		of.because, of.at = "the mode of the pods is STRICT", policy
		return of, true
	}
	for _, auto := range p.MeshConfig("enableAutoMtls") {
		if !p.Decide(auto.Str().Is("false").Not()) {
			return of, false
		}
	}
	return of, true
}

// tlsModeLabel is the label by which clients see that pods take mutual TLS; the injector adds it as istio. Source:
// istio/api label SecurityTlsMode; istio/istio pilot/pkg/xds/endpoints/mtls_checker.go checkMtlsEnabled.
const tlsModeLabel = "security.istio.io/tlsMode"

func tellsClientsPlain(w *object.Workload) bool {
	label := w.PodLabel(tlsModeLabel)
	return label.Unknown() || label.Exists() && label.V != "istio"
}

// endsItself reports whether the sidecar writes its certificates to files, for an application that ends mutual TLS itself
// and is not to be captured. Source: istio/istio samples/addons/extras/prometheus-secure-metrics.yaml.
func endsItself(p *checks.Pass, w *object.Workload) bool {
	return p.ProxySettings(w).ProxyMetadata["OUTPUT_CERTS"] != ""
}

// frontProxies are words in the names of images of proxies into which clients come from outside the cluster, and past the
// sidecar, so that the clients' addresses stay known: mirrors and proxies that control no Ingress too. Source: istio/istio#7776
// and #18176; the manuals of the controllers on Istio.
var frontProxies = [][]string{{"ingress", "nginx"}, {"traefik"}, {"haproxy"}, {"haproxytech"}, {"kong"}, {"contour"}}

// takesOutsiders reports whether a workload is such a proxy.
func takesOutsiders(w *object.Workload) bool {
	for _, c := range w.Containers() {
		image, _, _ := strings.Cut(c.Image().V, "@")
		words := strings.FieldsFunc(image, func(r rune) bool { return strings.ContainsRune("/-_:.", r) })
		for _, all := range frontProxies {
			if slices.Contains(words, all[0]) && slices.Contains(words, all[len(all)-1]) {
				return true
			}
		}
	}
	return controlsIngresses(w)
}
