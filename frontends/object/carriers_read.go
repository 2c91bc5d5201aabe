package object

import "strings"

// podParts is what an object makes pods of, as far as it is not a pod template.
type podParts struct {
	// meta and spec are those of the pods; missing ones lie where somebody would write
	// them.
	meta, spec Field
	// containers are containers that are not in a list of spec.
	containers []Container
	// none says that no pods are made of it.
	none bool
}

// podTemplate reads a pod template, or a Pod.
func podTemplate(_ *Object, at Field) podParts {
	return podParts{meta: at.Get("metadata"), spec: at.Get("spec")}
}

// workflowPods reads one template of a workflow of Argo. What it does not say itself is
// said for all of them by the defaults and by the workflow, whose spec is at a path.
func workflowPods(path ...string) func(*Object, Field) podParts {
	return func(o *Object, at Field) podParts {
		spec := o.Get(path...)
		defaults := spec.Get("templateDefaults")
		p := podParts{
			meta: at.Get("metadata").merged(defaults.Get("metadata"), spec.Get("podMetadata")),
			spec: at.over(defaults, spec),
		}
		for _, key := range []string{"container", "script"} {
			if c := at.Get(key); c.Exists() {
				p.containers = append(p.containers, Container{Field: c, Role: App, Name: c.Get("name").Str().Or("main")})
			}
		}
		for _, list := range []Field{at.Get("containerSet", "containers"), at.Get("sidecars")} {
			for _, c := range list.Items() {
				p.containers = append(p.containers, Container{Field: c, Role: App, Name: c.Get("name").Str().V})
			}
		}
		// Steps, graphs and the like make no pods of their own.
		p.none = at.Known() && len(p.containers) == 0 && !at.Partial()
		return p
	}
}

// sparkPods reads the driver or the executors of an application of Spark, whose spec lies
// at a path: a container with the labels and the settings of its pod beside it.
func sparkPods(path ...string) func(*Object, Field) podParts {
	return func(o *Object, at Field) podParts {
		template := at.Get("template")
		p := podParts{meta: at.merged(template.Get("metadata")), spec: at.over(template.Get("spec"))}
		main := at.over(o.Get(path...)) // which has the image of both
		p.containers = append(p.containers, Container{Field: main, Role: App, Name: "spark-kubernetes-" + at.Name()})
		for _, c := range at.Get("sidecars").Items() {
			p.containers = append(p.containers, Container{Field: c, Role: App, Name: c.Get("name").Str().V})
		}
		return p
	}
}

// flinkPods reads a pod template of Flink: that of one component is laid over the one for
// all.
func flinkPods(o *Object, at Field) podParts {
	all := o.Get("spec", "podTemplate")
	if at.Path() == all.Path() {
		p := podTemplate(o, at)
		p.none = o.Get("spec", "jobManager", "podTemplate").Exists() && o.Get("spec", "taskManager", "podTemplate").Exists()
		return p
	}
	return podParts{
		meta: at.Get("metadata").merged(all.Get("metadata")),
		spec: at.Get("spec").over(all.Get("spec")),
	}
}

// inferencePods reads a component of an InferenceService: a pod spec with labels and
// annotations among its fields, and those of the object, which reach the pods too.
func inferencePods(o *Object, at Field) podParts {
	return podParts{meta: at.merged(o.Get("metadata")), spec: at}
}

// patchedPods reads what is written for an operator about the pods that it makes itself: fields of a pod spec, and the metadata of
// the pods under a key among them.
func patchedPods(metadata string) func(*Object, Field) podParts {
	return func(_ *Object, at Field) podParts {
		return podParts{meta: at.Get(metadata), spec: at}
	}
}

// follow returns the fields at a path of carrier.pods, as far as they are written. What is
// not known stands for all that is in it.
func follow(f Field, path string) []Field {
	if path == "" {
		return []Field{f}
	}
	step, rest, _ := strings.Cut(path, ".")
	name, list := strings.CutSuffix(step, "[]")
	var next []Field
	switch {
	case name == "*":
		next = f.Entries()
	case list:
		next = f.Get(name).Items()
	default:
		next = []Field{f.Get(name)}
	}
	if whole := f.Get(name); list && whole.Unknown() {
		next = []Field{whole}
	}
	var found []Field
	for _, at := range next {
		if at.Exists() {
			found = append(found, follow(at, rest)...)
		}
	}
	return found
}
