package injection

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
)

// The tables by name, made when somebody first asks.
var (
	annotationsByName = sync.OnceValue(func() map[string]*known { return byName(annotations) })
	labelsByName      = sync.OnceValue(func() map[string]*known { return byName(labels) })
)

func byName(table []known) map[string]*known {
	named := make(map[string]*known, len(table))
	for i := range table {
		named[table[i].name] = &table[i]
	}
	return named
}

// worksOn reports whether it has an effect on objects of a kind; pod templates are of kind Pod.
func (k *known) worksOn(kind string) bool {
	return k.kinds == "Any" || slices.Contains(k.places(), kind)
}

// places are the kinds that it works on.
func (k *known) places() []string {
	if k.kinds == "" {
		return []string{"Pod"}
	}
	return strings.Fields(k.kinds)
}

// istioKey reports whether a key of labels or annotations is in one of Istio's domains, and whether users write it.
func istioKey(key string) bool {
	domain, _, _ := strings.Cut(key, "/")
	return (domain == "istio.io" || strings.HasSuffix(domain, ".istio.io")) && domain != key && !slices.Contains(ownDomains, domain)
}

// nearKey is the one of Istio's keys that was probably meant by another; empty where none is near. What is behind the slash
// counts: the domains resemble each other.
func nearKey(key string, table map[string]*known) string {
	domain, name, _ := strings.Cut(key, "/")
	byLocal := map[string][]string{}
	var here []string
	for k := range table {
		if d, local, has := strings.Cut(k, "/"); has {
			byLocal[strings.ToLower(local)] = append(byLocal[strings.ToLower(local)], k)
			if d == domain {
				here = append(here, local)
			}
		}
	}
	slices.Sort(here)
	if same := byLocal[strings.ToLower(name)]; len(same) > 0 {
		slices.Sort(same)
		if near := nearest.Name(key, same); near != "" {
			return near
		}
		return same[0]
	}
	if near := nearest.Name(name, here); near != "" {
		return domain + "/" + near
	}
	var locals []string
	for local := range byLocal {
		locals = append(locals, local)
	}
	slices.Sort(locals)
	if near := byLocal[nearest.Name(name, locals)]; len(near) > 0 {
		slices.Sort(near)
		return near[0]
	}
	return ""
}

// nearKeyOf is what the nearest key is remembered by: many objects have the same wrong one.
type nearKeyOf struct{ key, what string }

// near is nearKey among the annotations or labels.
func near(p *checks.Pass, key, what string) string {
	return checks.Once(p, nearKeyOf{key, what}, func() string {
		if what == "label" {
			return nearKey(key, labelsByName())
		}
		return nearKey(key, annotationsByName())
	})
}

// misspeltDomain is the key of Istio's that was meant by one in a misspelt domain; empty where it is none.
func misspeltDomain(key string, table map[string]*known) string {
	domain, name, has := strings.Cut(key, "/")
	if !has {
		return ""
	}
	for _, wrong := range misspelt {
		front, is := strings.CutSuffix(domain, wrong)
		if is && (front == "" || strings.HasSuffix(front, ".")) {
			if meant := front + "istio.io/" + name; table[meant] != nil {
				return meant
			}
		}
	}
	return ""
}

// place is where labels and annotations lie: the metadata of an object or of its pods.
type place struct {
	object.Field // the metadata
	// kind is the kind of the object, and Pod for pods.
	kind string
	// workload is what makes the pods, of its own metadata too; nil for other objects.
	workload *object.Workload
	// of names the place in messages: "the pods of Deployment \"web\"".
	of string
}

// entries are the labels or annotations that are certainly there. What is not known is recorded as an open question.
func (at place) entries(p *checks.Pass, what string) []object.Field {
	mapping := at.Get(what)
	if mapping.Unknown() {
		p.Undecided(mapping)
		return nil
	}
	return slices.DeleteFunc(mapping.Entries(), func(f object.Field) bool { return f.Known() && !f.Exists() })
}

type placesKey struct{}

// placesOf are all places of labels and annotations in the input.
func placesOf(p *checks.Pass) []place {
	return checks.Once(p, placesKey{}, func() []place {
		var all []place
		workloads := map[*object.Object]*object.Workload{}
		for _, w := range p.Workloads() {
			workloads[w.Object] = w
			all = append(all, place{w.PodMeta, "Pod", w, fmt.Sprintf("the pods of %s %q", w.Kind, w.Name)})
			if job := w.JobMetadata(); job.Exists() {
				all = append(all, place{job, "Job", w, fmt.Sprintf("the Jobs of %s %q", w.Kind, w.Name)})
			}
		}
		for _, o := range p.Objects() {
			w := workloads[o]
			if w == nil || w.Templated() {
				all = append(all, place{o.Metadata(), o.Kind, w, fmt.Sprintf("%s %q", o.Kind, o.Name)})
			}
		}
		for i := range all {
			if w := all[i].workload; w != nil && !w.Templated() {
				all[i].of = fmt.Sprintf("%s %q", w.Kind, w.Name)
			}
		}
		return all
	})
}
