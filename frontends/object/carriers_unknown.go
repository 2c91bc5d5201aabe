package object

// podless are kinds and whole groups (an empty kind) whose objects may have containers in
// them and make no pods of these. Source: the schemas in datreeio/CRDs-catalog and the
// documentation of the projects.
var podless = map[groupKind]string{
	{"kyverno.io", ""}:                 "a policy: patterns of pods",
	{"policies.kyverno.io", ""}:        "a policy: patterns of pods",
	{"templates.gatekeeper.sh", ""}:    "a policy: a schema",
	{"constraints.gatekeeper.sh", ""}:  "a policy: parameters",
	{"mutations.gatekeeper.sh", ""}:    "a policy: what is put into pods",
	{"kueue.x-k8s.io", "Workload"}:     "written by a controller, of objects that are checked themselves",
	{"core.strimzi.io", ""}:            "written by a controller",
	{"apiextensions.k8s.io", ""}:       "a schema",
	{"install.istio.io", ""}:           "the installation of Istio",
	{"monitoring.coreos.com", "Probe"}: "a target of monitoring",
}

// containerLists are the keys under which objects have lists of containers: steps are those of Tekton's Tasks, which run in
// one pod. Source: k8s.io/api core/v1; tektoncd/pipeline pkg/apis/pipeline/v1 task_types.go.
var containerLists = map[string]string{"containers": "", "steps": "tekton.dev"}

// UnreadPods returns the lists of containers in an object of which nobody knows here what
// pods its controller makes; none for the kinds of Kubernetes and for those whose pods are
// read.
func UnreadPods(o *Object) []Field {
	group := o.Group()
	if kubernetesGroups().groups[group] || len(carriersOf[groupKind{group, o.Kind}]) > 0 {
		return nil
	}
	for _, k := range []groupKind{{group, ""}, {group, o.Kind}} {
		if podless[k] != "" {
			return nil
		}
	}
	return containersIn(o.Root(), group, nil)
}

// containersIn collects the lists of containers below a field, of an object of a group, of which some item has an image.
func containersIn(f Field, group string, found []Field) []Field {
	for _, item := range f.Items() {
		found = containersIn(item, group, found)
	}
	for _, e := range f.Entries() {
		if only, is := containerLists[e.Name()]; is && (only == "" || only == group) && hasImages(e) {
			found = append(found, e)
			continue
		}
		found = containersIn(e, group, found)
	}
	return found
}

func hasImages(list Field) bool {
	for _, c := range list.Items() {
		if c.Get("image").Exists() {
			return true
		}
	}
	return false
}
