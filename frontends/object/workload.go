package object

import "strings"

// Workload is an object that makes pods, seen through one of its pod templates.
type Workload struct {
	*Object
	// PodMeta is the metadata of the pods: spec.template.metadata, or metadata of
	// a Pod itself. Where several are laid over each other, it has the members of all.
	PodMeta Field
	// PodSpec is the spec of the pods.
	PodSpec Field
	// Selector is spec.selector.matchLabels or what the kind has for it; missing where the kind has none.
	Selector Field

	labels     Field
	containers []Container
	carrier    *carrier
}

// WorkloadsIn returns the views of an object that makes pods, one for each pod template
// that it has. A Deployment and its like without a template have one all the same.
func WorkloadsIn(o *Object) []*Workload {
	var found []*Workload
	for _, c := range carriersOf[groupKind{o.Group(), o.Kind}] {
		for _, path := range c.pods {
			templates := follow(o.Root(), path)
			if len(templates) == 0 && c.source == kubernetesAPI {
				templates = []Field{o.Get(strings.Split(path, ".")...)}
			}
			for _, at := range templates {
				if w := c.view(o, at); w != nil {
					found = append(found, w)
				}
			}
		}
	}
	return found
}

// view is the view of one pod template; nil where it makes no pods.
func (c *carrier) view(o *Object, at Field) *Workload {
	read := c.read
	if read == nil {
		read = podTemplate
	}
	p := read(o, at)
	if p.none {
		return nil
	}
	w := &Workload{Object: o, PodMeta: p.meta, PodSpec: p.spec, carrier: c}
	if c.selector != "" {
		w.Selector = o.Get(strings.Split(c.selector, ".")...)
	}
	w.labels = w.PodMeta.Get("labels")
	w.containers = w.readContainers(p.containers)
	return w
}

// Templated reports whether the pods' metadata is another one than the object's.
func (w *Workload) Templated() bool { return w.carrier.pods[0] != "" }

// RunsToCompletion reports whether the pods are meant to end: those of a Job, a CronJob and
// their like, and a Pod that is not restarted always.
func (w *Workload) RunsToCompletion() Truth {
	switch {
	case w.carrier.ends:
		return Yes()
	case w.Kind == "Pod":
		return w.PodSpec.Get("restartPolicy").Str().In("Never", "OnFailure")
	}
	return No()
}

// Transient reports whether the pods come and go, so that nobody calls them or looks for
// them in telemetry: what runs to completion, and Helm's hooks and tests.
func (w *Workload) Transient() bool { return w.RunsToCompletion().True() || len(w.Hooks) > 0 }

// LabelledByOthers reports whether a controller gives the pods labels that nobody wrote,
// among them one that names the application, and makes their Services.
func (w *Workload) LabelledByOthers() bool { return w.carrier.labelled }

// Labels are the labels of the pods.
func (w *Workload) Labels() Field { return w.labels }

// PodLabel returns a label of the pods.
func (w *Workload) PodLabel(name string) Str { return w.Labels().Get(name).Str() }

// PodAnnotation returns an annotation of the pods.
func (w *Workload) PodAnnotation(name string) Str {
	return w.PodMeta.Get("annotations", name).Str()
}

// PodAnnotations are the annotations of the pods.
func (w *Workload) PodAnnotations() Field { return w.PodMeta.Get("annotations") }

// Volume is a volume of the pods.
type Volume struct{ Field }

// Volumes returns the volumes of the pods.
func (w *Workload) Volumes() []Volume {
	var volumes []Volume
	for _, f := range w.PodSpec.Get("volumes").Items() {
		volumes = append(volumes, Volume{f})
	}
	return volumes
}

// VolumeName is the name by which containers mount the volume.
func (v Volume) VolumeName() string { return v.Get("name").Str().V }

// HostPath is the path of the node that the volume is; missing for other volumes.
func (v Volume) HostPath() Str { return v.Get("hostPath", "path").Str() }

// ConfigMaps are the names of the ConfigMaps in the volume, projected ones too. The first may be missing.
func (v Volume) ConfigMaps() []Field {
	names := []Field{v.Get("configMap", "name")}
	for _, source := range v.Get("projected", "sources").Items() {
		names = append(names, source.Get("configMap", "name"))
	}
	return names
}

// ShareProcessNamespace reports whether the containers of a pod see each other's processes.
func (w *Workload) ShareProcessNamespace() Flag {
	return w.PodSpec.Get("shareProcessNamespace").Flag()
}

// JobMetadata is the metadata of the Jobs that a CronJob makes; missing for all other kinds.
func (w *Workload) JobMetadata() Field {
	if w.Kind != "CronJob" {
		return Field{}
	}
	return w.Get("spec", "jobTemplate", "metadata")
}

// HostNetwork reports whether the pods share the node's network.
func (w *Workload) HostNetwork() Flag { return w.PodSpec.Get("hostNetwork").Flag() }

// GracePeriod is how many seconds the pods have to end; missing means 30.
func (w *Workload) GracePeriod() Num { return w.PodSpec.Get("terminationGracePeriodSeconds").Num() }

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
