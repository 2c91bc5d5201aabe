package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Admission is the API group of webhook configurations.
const Admission = "admissionregistration.k8s.io"

// Webhooks is the view of a MutatingWebhookConfiguration or ValidatingWebhookConfiguration.
type Webhooks struct{ *object.Object }

// AsWebhooks returns the view of a configuration of webhooks.
func AsWebhooks(o *object.Object) Webhooks { return Webhooks{o} }

// WebhookList is webhooks.
func (w Webhooks) WebhookList() object.Field { return w.Get("webhooks") }

// List are the elements of webhooks.
func (w Webhooks) List() []Webhook {
	var all []Webhook
	for _, f := range w.WebhookList().Items() {
		all = append(all, Webhook{f})
	}
	return all
}

// Webhook is one webhook of a configuration.
type Webhook struct{ object.Field }

// WebhookName is the name of the webhook.
func (w Webhook) WebhookName() object.Str { return w.Get("name").Str() }

// URL is clientConfig.url, of a webhook outside the cluster.
func (w Webhook) URL() object.Str { return w.Get("clientConfig", "url").Str() }

// Service is clientConfig.service, of a webhook in the cluster.
func (w Webhook) Service() object.Field { return w.Get("clientConfig", "service") }

// ServiceName is the name of the Service.
func (w Webhook) ServiceName() object.Str { return w.Service().Get("name").Str() }

// ServiceNamespace is the namespace of the Service.
func (w Webhook) ServiceNamespace() object.Str { return w.Service().Get("namespace").Str() }

// Called is clientConfig.service as what the API server calls.
func (w Webhook) Called() ServiceReference { return ServiceReference{w.Service()} }

// FailurePolicy is failurePolicy: Fail or Ignore.
func (w Webhook) FailurePolicy() object.Str { return w.Get("failurePolicy").Str() }

// Selectors are the selectors of namespaces and of objects; all are selected where one is missing.
func (w Webhook) Selectors() (namespaces, objects LabelSelector) {
	return LabelSelector{w.Get("namespaceSelector")}, LabelSelector{w.Get("objectSelector")}
}

// LabelSelector is a selector with matchLabels and matchExpressions.
type LabelSelector struct{ object.Field }

// ValuesOf are the values that the selector asks of a label, in either form.
func (s LabelSelector) ValuesOf(label string) []object.Str {
	var all []object.Str
	if v := s.Get("matchLabels", label).Str(); v.Exists() {
		all = append(all, v)
	}
	for _, e := range s.Get("matchExpressions").Items() {
		if e.Get("key").Str().V != label {
			continue
		}
		for _, v := range e.Get("values").Items() {
			all = append(all, v.Str())
		}
	}
	return all
}

// Matches evaluates the selector on labels that are given here and in no object. A null selects everything, as
// an empty one does.
func (s LabelSelector) Matches(labels map[string]string) object.Truth {
	if s.Unknown() {
		return object.Undecided(s.Field)
	}
	selected := object.Yes()
	pairs := s.Get("matchLabels")
	if pairs.Unknown() || pairs.Partial() {
		selected = object.Undecided(pairs)
	}
	for _, e := range pairs.Entries() {
		want, has := labels[e.Name()]
		selected = selected.And(asked(e.Str(), func(v string) bool { return has && v == want }))
	}
	for _, e := range s.Get("matchExpressions").Items() {
		value, has := labels[e.Get("key").Str().V]
		in := object.AnyItem(e.Get("values"), func(want object.Str) object.Truth {
			return asked(want, func(v string) bool { return has && v == value })
		})
		switch operator := e.Get("operator").Str(); operator.V {
		case "In":
			selected = selected.And(in)
		case "NotIn":
			selected = selected.And(in.Not())
		case "Exists":
			selected = selected.And(object.TruthOf(has))
		case "DoesNotExist":
			selected = selected.And(object.TruthOf(!has))
		default:
			selected = selected.And(operator.Is("").And(object.No()))
		}
	}
	return selected
}

// asked asks a question about a text that may not be known; a missing one is empty.
func asked(s object.Str, ask func(string) bool) object.Truth {
	if s.Unknown() {
		return object.Undecided(s.Field)
	}
	return object.TruthOf(ask(s.V))
}

// Asked are the labels that the selector asks for, and values of each that it takes.
func (s LabelSelector) Asked() map[string][]string {
	asked := map[string][]string{}
	for _, e := range s.Get("matchLabels").Entries() {
		asked[e.Name()] = append(asked[e.Name()], e.Str().V)
	}
	for _, e := range s.Get("matchExpressions").Items() {
		key := e.Get("key").Str().V
		switch e.Get("operator").Str().V {
		case "In":
			for _, v := range e.Get("values").Items() {
				asked[key] = append(asked[key], v.Str().V)
			}
		case "Exists":
			asked[key] = append(asked[key], "")
		}
	}
	return asked
}

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
