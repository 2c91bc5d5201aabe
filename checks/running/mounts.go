package running

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// Mount is a ConfigMap of the input in the file system of a container.
type Mount struct {
	ConfigMap *object.Object
	By        object.Container
}

// Mounts returns the ConfigMaps of the input that a workload's containers mount,
// directly or as part of a projected volume.
func Mounts(p *checks.Pass, w *object.Workload) []Mount {
	volumes := map[string][]*object.Object{}
	for _, v := range w.Volumes() {
		for _, ref := range v.ConfigMaps() {
			if o := ConfigMap(p, w, ref); o != nil {
				name := v.VolumeName()
				volumes[name] = append(volumes[name], o)
			}
		}
	}
	if len(volumes) == 0 {
		return nil
	}
	var found []Mount
	for _, c := range w.Containers() {
		if checks.ProxyContainer(c.Name) {
			continue
		}
		seen := map[*object.Object]bool{}
		for _, name := range c.Mounted() {
			for _, o := range volumes[name] {
				if !seen[o] {
					seen[o] = true
					found = append(found, Mount{o, c})
				}
			}
		}
	}
	return found
}

// ConfigMap returns the ConfigMap of the input that a field of a workload names; nil
// where there is none. An unknown name is recorded as an open question.
func ConfigMap(p *checks.Pass, w *object.Workload, ref object.Field) *object.Object {
	name := ref.Str()
	if name.Unknown() {
		p.Undecided(name)
	}
	if name.V == "" {
		return nil
	}
	return configMapIndex(p)[configMapKey{p.NamespaceOf(w.Object), name.V}]
}

type (
	configMapsKey struct{}
	configMapKey  struct{ namespace, name string }
)

// configMapIndex finds ConfigMaps by their names; of two of one name the first counts.
func configMapIndex(p *checks.Pass) map[configMapKey]*object.Object {
	return checks.Once(p, configMapsKey{}, func() map[configMapKey]*object.Object {
		named := map[configMapKey]*object.Object{}
		for _, o := range p.ByKind("", "ConfigMap") {
			key := configMapKey{p.NamespaceOf(o), o.Name}
			if named[key] == nil {
				named[key] = o
			}
		}
		return named
	})
}
