package views

import "github.com/mesh-check/mesh-check/frontends/object"

// APIService is the view of apiregistration.k8s.io APIService.
type APIService struct{ *object.Object }

// APIServices are the APIServices of a set.
func APIServices(set *object.Set) []APIService {
	var all []APIService
	for _, o := range set.ByKind("apiregistration.k8s.io", "APIService") {
		all = append(all, APIService{o})
	}
	return all
}

// Called is spec.service; missing for an API that the API server itself serves.
func (a APIService) Called() ServiceReference { return ServiceReference{a.Get("spec", "service")} }

// ServiceReference is a port of a Service that the API server calls.
type ServiceReference struct{ object.Field }

// ServiceName is the name of the Service.
func (r ServiceReference) ServiceName() object.Str { return r.Get("name").Str() }

// ServiceNamespace is the namespace of the Service.
func (r ServiceReference) ServiceNamespace() object.Str { return r.Get("namespace").Str() }

// calledPort is the port that the API server calls unless a reference says otherwise. Source: the API reference of
// Kubernetes 1.16 to 1.34, of all that have a reference to a Service.
const calledPort = 443

// Port is the number of the Service's port; 443 where none is written.
func (r ServiceReference) Port() object.Num {
	port := r.Get("port").Num()
	if !port.Exists() {
		port.V, port.OK = calledPort, true
	}
	return port
}
