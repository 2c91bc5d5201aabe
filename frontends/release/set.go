package release

import (
	"cmp"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// By is the convention by which a release is declared, the first word of the name of its values
// set.
type By string

// The conventions.
const (
	ArgoCD     By = "argocd"
	Configured By = "config" // the releases of .mesh-check.yaml
	Kustomize  By = "kustomize"
	Terraform  By = "terraform"
)

// Set is the name of the values set that the release is of its chart, such as "argocd
// idfprod/nublado". Among the releases of one chart it is unique if NameSets has named them.
func (r *Release) Set() string {
	if r.set != "" {
		return r.set
	}
	return r.setName("")
}

// setName is the name of the values set, before others count. root is the directory of the
// repository.
func (r *Release) setName(root string) string {
	name := cmp.Or(r.Declared.Short, r.Name, r.Declared.Name)
	switch {
	case r.By == Terraform:
		name = r.Declared.Name
	case r.By == Kustomize && r.Root == "":
		if dir := path.Dir(r.declaredIn(root)); dir != "." {
			name = dir + "/" + name
		}
	case r.Root != "":
		name = r.Root + "/" + name
	}
	return string(cmp.Or(r.By, ArgoCD)) + " " + name
}

// declaredIn is the file that declares the release, from the directory of the repository.
func (r *Release) declaredIn(root string) string {
	if r.Declared.Span.File == nil {
		return ""
	}
	name := r.Declared.Span.File.Name()
	if rel, err := filepath.Rel(root, name); root != "" && err == nil && filepath.IsLocal(rel) {
		name = rel
	}
	return filepath.ToSlash(name)
}

// NameSets names the values sets of all releases of a repository. Where releases of one chart
// would have one name, the namespace is added, then the file of the declaration, then a number, each
// where it tells some of them apart: "argocd web (shop, apps/web.yaml) 2".
func NameSets(root string, releases []*Release) {
	type named struct{ chart, name string }
	byName := map[named][]*Release{}
	var order []named
	for _, r := range releases {
		r.set = ""
		key := named{r.Chart, r.setName(root)}
		if byName[key] == nil {
			order = append(order, key)
		}
		byName[key] = append(byName[key], r)
	}
	nameEnvironments(releases)
	taken, last := map[named]bool{}, map[named]int{}
	for _, key := range order {
		if len(byName[key]) == 1 {
			byName[key][0].set, taken[key] = key.name, true
		}
	}
	for _, key := range order {
		same := byName[key]
		if len(same) == 1 {
			continue
		}
		namespaces := differ(same, func(r *Release) string { return r.Namespace })
		files := differ(same, func(r *Release) string { return r.Namespace + "\x00" + r.declaredIn(root) }) > namespaces
		for _, r := range same {
			var more []string
			if namespaces > 1 && r.Namespace != "" {
				more = append(more, r.Namespace)
			}
			if in := r.declaredIn(root); files && in != "" {
				more = append(more, in)
			}
			name := key.name
			if len(more) > 0 {
				name += " (" + strings.Join(more, ", ") + ")"
			}
			r.set = name
			for base := (named{r.Chart, name}); taken[named{r.Chart, r.set}]; {
				last[base] = max(last[base], 1) + 1
				r.set = name + " " + strconv.Itoa(last[base])
			}
			taken[named{r.Chart, r.set}] = true
		}
	}
}

// nameEnvironments has clusters as environments, where releases without a root set are deployed
// to several of them.
func nameEnvironments(releases []*Release) {
	var plain []*Release
	for _, r := range releases {
		if r.environment = ""; r.Root == "" && r.Cluster != "" {
			plain = append(plain, r)
		}
	}
	if differ(plain, func(r *Release) string { return r.Cluster }) < 2 {
		return
	}
	for _, r := range plain {
		r.environment = r.Cluster
	}
}

// differ is how many different texts releases give.
func differ(releases []*Release, text func(*Release) string) int {
	all := map[string]bool{}
	for _, r := range releases {
		all[text(r)] = true
	}
	return len(all)
}

// RootSet is a values file of a chart that declares releases.
type RootSet struct {
	Chart       string // as in Release
	Environment string // such as idfprod, for values-idfprod.yaml
	File        string
}

// Set is the name of the values set of the chart with this file.
func (s RootSet) Set() string { return string(ArgoCD) + " " + s.Environment }
