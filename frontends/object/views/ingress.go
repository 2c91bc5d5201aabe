package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Ingress is the view of an Ingress; where it leads is IngressBackends.
type Ingress struct{ *object.Object }

// AsIngress returns the view of an Ingress.
func AsIngress(o *object.Object) Ingress { return Ingress{o} }

// classAnnotation named the class of an Ingress before it had a field; controllers prefer it. Source: Kubernetes, "Ingress",
// deprecated annotation.
const classAnnotation = "kubernetes.io/ingress.class"

// Class is the name of its class: the annotation, else spec.ingressClassName.
func (i Ingress) Class() object.Str {
	if class := i.Annotation(classAnnotation); class.Exists() {
		return class
	}
	return i.Get("spec", "ingressClassName").Str()
}

// Hosts are spec.rules[].host; a rule without one is for all hosts.
func (i Ingress) Hosts() []object.Str {
	var hosts []object.Str
	for _, host := range each(i.Get("spec", "rules"), "host") {
		hosts = append(hosts, host.Str())
	}
	return hosts
}

// ClassController is spec.controller of an IngressClass: which software serves the class.
func ClassController(class *object.Object) object.Str { return class.Get("spec", "controller").Str() }
