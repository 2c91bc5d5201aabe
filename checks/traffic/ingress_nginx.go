package traffic

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// The annotations of ingress-nginx that are asked for, and what else names its Ingresses. Source: the manual of
// ingress-nginx, annotations and ConfigMap; its chart.
const (
	nginxPrefix      = "nginx.ingress.kubernetes.io/"
	serviceUpstream  = "service-upstream"
	upstreamVhost    = "upstream-vhost"
	nginxClass       = "nginx"
	nginxController  = "k8s.io/ingress-nginx"
	otherNginxPrefix = "nginx.org/" // of F5's controller, which has other settings
)

// nginxImages are the last parts of the names of images with ingress-nginx; "controller" is one below ingress-nginx/.
var nginxImages = []string{"nginx-ingress-controller", "ingress-nginx-controller"}

// nginxInMesh reports whether ingress-nginx is in the mesh: a flag says so, or the input has it with a sidecar. assumed says
// that nothing enrols it.
func nginxInMesh(p *checks.Pass) (in, assumed bool) {
	if p.Mesh.IngressInMesh {
		return true, false
	}
	assumed = true
	for _, w := range p.Workloads() {
		if !slices.ContainsFunc(w.Containers(), isNginxController) {
			continue
		}
		if e := p.Enrolled(w); e.Sidecar() {
			in, assumed = true, assumed && e.Assumed()
		}
	}
	return in, assumed
}

// nginxNamespace is the namespace of ingress-nginx, if the input has it with a sidecar and in one namespace alone.
func nginxNamespace(p *checks.Pass) (namespace string, known bool) {
	for _, w := range p.Workloads() {
		if !slices.ContainsFunc(w.Containers(), isNginxController) || !p.Enrolled(w).Sidecar() {
			continue
		}
		ns := p.NamespaceOf(w.Object)
		if w.NamespaceField().Unknown() || known && ns != namespace {
			return "", false
		}
		namespace, known = ns, true
	}
	return namespace, known
}

func isNginxController(c object.Container) bool {
	name := c.ImageName()
	return slices.Contains(nginxImages, name) || name == "controller" && strings.Contains(c.Image().V, "ingress-nginx/")
}

// servedByNginx reports whether ingress-nginx serves an Ingress: by its class, or by its annotations where it has none.
func servedByNginx(p *checks.Pass, ingress *object.Object) object.Truth {
	for _, a := range ingress.OwnAnnotations().Entries() {
		if strings.HasPrefix(a.Name(), otherNginxPrefix) {
			return object.No()
		}
	}
	class := views.AsIngress(ingress).Class()
	if class.Unknown() {
		return object.Undecided(class.Field)
	}
	if class.V == "" {
		return object.TruthOf(slices.ContainsFunc(ingress.OwnAnnotations().Entries(), func(a object.Field) bool { return strings.HasPrefix(a.Name(), nginxPrefix) }))
	}
	for _, o := range p.ByKind(views.Kubernetes, "IngressClass") {
		if o.Name == class.V {
			return views.ClassController(o).Is(nginxController)
		}
	}
	return object.TruthOf(class.V == nginxClass)
}

// sendsToService reports whether nginx sends the requests of an Ingress to the address of the Service: by its annotation,
// else by the ConfigMap of the controller.
func sendsToService(p *checks.Pass, ingress *object.Object) object.Truth {
	own := ingress.Annotation(nginxPrefix + serviceUpstream)
	if own.Unknown() || own.Exists() {
		return own.Is("true")
	}
	all := object.No()
	for _, o := range p.ByKind("", "ConfigMap") {
		all = all.Or(views.Data(o, serviceUpstream).Str().Is("true"))
	}
	return all
}

// hostOfUpstream replaces the variables of nginx in a value of upstream-vhost that stand for the backend. Source: the
// configuration that ingress-nginx writes, set $namespace and $service_name of each location.
func hostOfUpstream(vhost, service, namespace string) string {
	host := strings.NewReplacer("${service_name}", service, "$service_name", service, "${namespace}", namespace, "$namespace", namespace).Replace(vhost)
	host, _, _ = strings.Cut(host, ":")
	return host
}

// setsHost reports whether an Ingress sets the Host header otherwise, in a snippet.
func setsHost(ingress *object.Object) bool {
	snippet := strings.ToLower(ingress.Annotation(nginxPrefix + "configuration-snippet").V)
	return strings.Contains(snippet, "proxy_set_header host") || strings.Contains(snippet, "grpc_set_header host")
}

// hidesHost reports whether nginx sends the requests of an Ingress in TLS, or hands its connections on: the sidecar sees no Host.
func hidesHost(ingress *object.Object) bool {
	protocol := strings.ToUpper(ingress.Annotation(nginxPrefix + "backend-protocol").V)
	return protocol == "HTTPS" || protocol == "GRPCS" || protocol == "FCGI" || ingress.Annotation(nginxPrefix+"ssl-passthrough").V == "true"
}

// routedByMesh reports whether a VirtualService for sidecars routes one of the hosts of an Ingress.
func routedByMesh(p *checks.Pass, ingress *object.Object) bool {
	for _, o := range p.ByKind(views.Networking, "VirtualService") {
		vs := views.AsVirtualService(o)
		if gateways := vs.Gateways(); len(gateways.Items()) > 0 && !object.AnyItem(gateways, func(s object.Str) object.Truth { return s.Is("mesh") }).True() {
			continue
		}
		for _, host := range views.AsIngress(ingress).Hosts() {
			if anyItem(vs.Hosts(), func(pattern string) bool { return host.V != "" && checks.HostMatches(pattern, strings.ToLower(host.V)) }).True() {
				return true
			}
		}
	}
	return false
}
