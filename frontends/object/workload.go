package object

// Workload is an object that makes pods, seen through its pod template.
type Workload struct {
	*Object
	// PodMeta is the metadata of the pods: spec.template.metadata, or metadata of
	// a Pod itself.
	PodMeta Field
	// PodSpec is the spec of the pods.
	PodSpec Field
	// Selector is spec.selector.matchLabels; missing where the kind has none.
	Selector Field

	labels     Field
	containers []Container
}

// templatePaths tells where a workload kind keeps its pod template. Source: the
// k8s.io/api types core/v1, apps/v1 and batch/v1.
var templatePaths = map[[2]string][]string{
	{"", "Pod"}:                   nil,
	{"", "PodTemplate"}:           {"template"},
	{"", "ReplicationController"}: {"spec", "template"},
	{"apps", "Deployment"}:        {"spec", "template"},
	{"apps", "StatefulSet"}:       {"spec", "template"},
	{"apps", "DaemonSet"}:         {"spec", "template"},
	{"apps", "ReplicaSet"}:        {"spec", "template"},
	{"extensions", "Deployment"}:  {"spec", "template"},
	{"extensions", "DaemonSet"}:   {"spec", "template"},
	{"extensions", "ReplicaSet"}:  {"spec", "template"},
	{"batch", "Job"}:              {"spec", "template"},
	{"batch", "CronJob"}:          {"spec", "jobTemplate", "spec", "template"},
}

// AsWorkload returns the view of an object that makes pods.
func AsWorkload(o *Object) (*Workload, bool) {
	path, ok := templatePaths[[2]string{o.Group(), o.Kind}]
	if !ok {
		return nil, false
	}
	template := o.Get(path...)
	w := &Workload{Object: o, PodMeta: template.Get("metadata"), PodSpec: template.Get("spec")}
	switch o.Kind {
	case "ReplicationController":
		w.Selector = o.Get("spec", "selector")
	case "Pod", "PodTemplate", "CronJob":
	default:
		w.Selector = o.Get("spec", "selector", "matchLabels")
	}
	w.labels = w.PodMeta.Get("labels")
	w.containers = w.readContainers()
	return w, true
}

// Templated says whether the pods' metadata is another one than the object's.
func (w *Workload) Templated() bool { return w.Kind != "Pod" }

// RunsToCompletion says whether the pods are meant to end: Job, CronJob, and a Pod
// that is not restarted always.
func (w *Workload) RunsToCompletion() Truth {
	switch w.Kind {
	case "Job", "CronJob":
		return Yes()
	case "Pod":
		return w.PodSpec.Get("restartPolicy").Str().In("Never", "OnFailure")
	}
	return No()
}

// Labels are the labels of the pods.
func (w *Workload) Labels() Field { return w.labels }

// PodLabel returns a label of the pods.
func (w *Workload) PodLabel(name string) Str { return w.Labels().Get(name).Str() }

// PodAnnotation returns an annotation of the pods.
func (w *Workload) PodAnnotation(name string) Str {
	return w.PodMeta.Get("annotations", name).Str()
}

// HostNetwork says whether the pods share the node's network.
func (w *Workload) HostNetwork() Flag { return w.PodSpec.Get("hostNetwork").Flag() }

// Replicas is spec.replicas.
func (w *Workload) Replicas() Num { return w.Get("spec", "replicas").Num() }

// ServiceAccount is the name of the pods' service account; "default" where none is
// named. The Field is the deprecated alias serviceAccount where only that is set.
func (w *Workload) ServiceAccount() Str {
	name := w.PodSpec.Get("serviceAccountName").Str()
	if alias := w.PodSpec.Get("serviceAccount").Str(); !name.Exists() && alias.Exists() {
		name = alias
	}
	if !name.Exists() || name.Known() && name.V == "" {
		name.V = "default"
	}
	return name
}
