package kube

import (
	"fmt"
	"sort"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/helm"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// Options say how resources become objects.
type Options struct {
	// Input is what the user calls the root or the plan.
	Input string
	// Root is the directory of the root module, for the paths of charts; empty where
	// there is none. Within is the outermost directory of which charts are read.
	Root, Within string
	// Files are the files that were read, for the places of texts out of them.
	Files map[string]*source.File
	// Read takes the files of each chart that is rendered; may be nil.
	Read func([]*source.File)
	// Helm are the options of charts, without names and values.
	Helm helm.Options
}

// resourceMapper makes objects of all resources of a root.
type resourceMapper struct {
	o       Options
	objects []*object.Object
	decoded map[*object.Object]bool // of YAML, which tells its own faults
	patches []*patch
	notes   []string
	errs    []*source.Error
	told    map[string]bool

	remote, uncertain, unknown []string
	unsure                     string // why the first uncertain one is
}

// Objects makes the Kubernetes objects of resources, and applies the resources that
// patch others.
func Objects(resources []*eval.Resource, o Options) (objs []*object.Object, notes []string, errs []*source.Error) {
	m := &resourceMapper{o: o, decoded: map[*object.Object]bool{}, told: map[string]bool{}}
	for _, r := range resources {
		if r.Data || r.Values == nil || r.Values.Kind != object.Map {
			if !r.Data && r.Values != nil && r.Values.Kind == object.Unknown {
				m.note(r.Address + " was not analyzed: " + r.Values.Text)
			}
			continue
		}
		before := len(m.objects) + len(m.patches)
		m.resource(r)
		if r.Uncertain != "" && len(m.objects)+len(m.patches) > before {
			if m.uncertain = append(m.uncertain, r.Address); m.unsure == "" {
				m.unsure = r.Uncertain
			}
		}
	}
	m.patch()
	for _, obj := range m.objects {
		obj.Input = o.Input
		if obj.Namespace == "" && !obj.ClusterWide() && obj.Get("metadata", "namespace").Known() {
			obj.Namespace = "default"
		}
		nameUnknown(obj)
		if !m.decoded[obj] {
			m.fault(obj.TypeErrors()...)
		}
	}
	m.count()
	return m.objects, m.notes, m.errs
}

// resource makes the objects of one resource, and says what the plan does with them.
func (m *resourceMapper) resource(r *eval.Resource) {
	before := len(m.objects)
	m.make(r)
	for _, o := range m.objects[before:] {
		o.Change = r.Change
	}
}

func (m *resourceMapper) make(r *eval.Resource) {
	if k, ok := kindOfResource(r); ok {
		t, known := k.structOf()
		if !known {
			m.unknown = append(m.unknown, r.Type)
			return
		}
		s := &structMapper{address: r.Address}
		m.objects = append(m.objects, s.typed(r, k, t))
		m.note(s.notes...)
		sort.SliceStable(s.faults, func(i, j int) bool { return s.faults[i].At.Start < s.faults[j].At.Start })
		m.fault(s.faults...)
		return
	}
	switch _, patches := patchTypes[r.Type]; {
	case patches:
		p, note := newPatch(r)
		if p == nil {
			m.note(note)
			return
		}
		m.fault(p.faults...)
		m.patches = append(m.patches, p)
	case r.Type == "kubernetes_manifest":
		m.add(fromManifest(r), false)
	case r.Type == "kubectl_manifest":
		m.add(fromYAML(r, m.o.Files), true)
	case r.Type == "helm_release":
		made, remote := fromRelease(r, m.o)
		if remote {
			m.remote = append(m.remote, r.Address)
		}
		m.add(made, true)
	case eval.Relevant(r.Type):
		m.unknown = append(m.unknown, r.Type)
	}
}

func (m *resourceMapper) add(made result, decoded bool) {
	for _, o := range made.objects {
		m.decoded[o] = decoded
	}
	m.objects = append(m.objects, made.objects...)
	m.note(made.notes...)
	m.fault(made.errs...)
}

// patch applies the patches: to the objects that they are for, else to ones that
// stand for what is outside the configuration.
func (m *resourceMapper) patch() {
	type id struct{ group, kind, name string }
	byName := map[id][]*object.Object{}
	if len(m.patches) > 0 {
		for _, o := range m.objects {
			key := id{o.Group(), o.Kind, o.Name}
			byName[key] = append(byName[key], o)
		}
	}
	for _, p := range m.patches {
		key := id{p.target.Group(), p.target.Kind, p.target.Name}
		found := false
		for _, o := range byName[key] {
			if p.patches(o) {
				p.applyTo(o)
				m.decoded[o] = false
				found = true
			}
		}
		if !found && p.target.Kind != "" {
			o := p.stub()
			m.objects = append(m.objects, o)
			byName[key] = append(byName[key], o)
		}
		m.note(p.notes...)
	}
}

// note tells what a person should know, once.
func (m *resourceMapper) note(texts ...string) {
	for _, text := range texts {
		if !m.told[text] {
			m.told[text] = true
			m.notes = append(m.notes, text)
		}
	}
}

// fault reports errors, each place once: the instances of a block have the same ones.
func (m *resourceMapper) fault(errs ...*source.Error) {
	for _, err := range errs {
		_, what, _ := strings.Cut(err.What, ": ")
		key := err.At.String() + what
		if !err.At.Valid() {
			key = err.Error()
		}
		if m.told[key] {
			continue
		}
		m.told[key] = true
		if err.Path == "" {
			err.Path = m.o.Input
		}
		m.errs = append(m.errs, err)
	}
}

// count tells what was left out, with numbers and names.
func (m *resourceMapper) count() {
	if n := len(m.remote); n > 0 {
		charts := "charts are"
		if n == 1 {
			charts = "chart is"
		}
		m.note(fmt.Sprintf("%d helm_release %s remote and %s not analyzed: %s", n, charts, wasWere(n), someOf(m.remote)))
	}
	if n := len(m.uncertain); n > 0 {
		exist := "exist, and how often: they are checked as if they existed once"
		if n == 1 {
			exist = "exists, and how often: it is checked as if it existed once"
		}
		m.note(fmt.Sprintf("it is not known whether %s %s: %s (%s)", eval.HowMany(n, "resource"), exist, someOf(m.uncertain), m.unsure))
	}
	if n := len(m.unknown); n > 0 {
		m.note(fmt.Sprintf("%s of a type that is not known %s not analyzed: %s", eval.HowMany(n, "resource"), wasWere(n), someOf(distinct(m.unknown))))
	}
}
