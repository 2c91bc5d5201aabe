package terraform

import (
	"maps"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/frontends/terraform/kube"
	"github.com/mesh-check/mesh-check/frontends/terraform/plan"
	"github.com/mesh-check/mesh-check/render/source"
)

// Root is what a Terraform root, or a plan, makes.
type Root struct {
	// Objects are in the order of the resources.
	Objects []*object.Object
	// Notes are what a person should know: what was not analyzed, and why.
	Notes []string
	// Errors are faults of the input; what they do not touch is there.
	Errors []*source.Error
	// Resources is the number of blocks that make Kubernetes objects, Instances that of
	// their instances.
	Resources, Instances int
	// Files are the files that were read, and those of the charts that releases install.
	Files []*source.File
}

// Load reads the configuration in a directory and makes the objects of its resources.
// The error is a *source.Error, of a root that cannot be read at all.
func Load(root string, o Options) (*Root, error) {
	o = o.settled()
	c, err := eval.Evaluate(root, o.Options)
	if err != nil {
		return nil, err
	}
	out := &Root{Notes: c.Notes, Errors: c.Errors, Resources: c.Blocks}
	out.add(c.Resources, kube.Options{Input: root, Root: root, Within: o.Within, Files: c.Files, Helm: o.Helm})
	if c.Blocks == 0 && len(c.Errors) == 0 {
		out.Notes = append(out.Notes, "the configuration has no kubernetes_*, kubectl_manifest or helm_release resources")
	}
	return out, nil
}

// mapPlan makes the objects of a plan's resources. path is the plan; the
// configuration is that of its sources and may be nil.
func mapPlan(path string, resources []*eval.Resource, o Options, c *eval.Configuration) *Root {
	options := kube.Options{Input: path, Within: o.Within, Helm: o.Helm}
	blocks := map[string]bool{}
	for _, r := range resources {
		blocks[eval.BlockAddress(r.Address)] = true
	}
	out := &Root{Resources: len(blocks)}
	if c != nil {
		options.Root, options.Files = c.Root, c.Files
	}
	out.add(resources, options)
	return out
}

// add makes objects of resources.
func (root *Root) add(resources []*eval.Resource, o kube.Options) {
	for _, r := range resources {
		if !r.Data && eval.Relevant(r.Type) {
			root.Instances++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Files)) {
		root.Files = append(root.Files, o.Files[name])
	}
	o.Read = func(files []*source.File) { root.Files = append(root.Files, files...) }
	objs, notes, errs := kube.Objects(resources, o)
	root.Objects = append(root.Objects, objs...)
	root.Notes = append(root.Notes, notes...)
	root.Errors = append(root.Errors, errs...)
}

// LoadPlan reads the JSON of a plan (terraform show -json). path is what the user calls
// it; sources is the directory of its .tf files or the binary plan, which has a
// snapshot of them; where it is empty they are looked for beside the plan and in the
// working directory. The error is a *source.Error of a text of which nothing can be
// read.
//
// The values are those of the plan and, where it does not know them, those of the
// sources; the places are those of the sources, else the address in the plan.
func LoadPlan(path string, data []byte, o Options, sources string) (*Root, error) {
	o = o.settled()
	p, err := plan.Resolve(path, data, o.Options, sources)
	if err != nil {
		return nil, err
	}
	root := mapPlan(path, p.Resources, o, p.Configuration)
	root.Notes = slices.Concat(p.Notes, root.Notes, p.LastNotes)
	root.Errors = slices.Concat(p.Errors, root.Errors, p.LastErrors)
	return root, nil
}
