package delivery

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// parameters are those of a source.
type parameters struct {
	list []parameter
	// at are the places in the list by kind and path, unnamed a name of each kind that is not known.
	at      map[atPath][]int
	unnamed map[kind]object.Field
}

// maxSpellings is how many names of one path are compared with others; nobody spells one in more ways.
const maxSpellings = 100

type atPath struct {
	kind
	path string
}

// parametersOf are those of a source, as Argo CD collects them: of two of one kind and name the last one counts.
func parametersOf(p *checks.Pass, a views.Application, s views.ApplicationSource) parameters {
	all := parameters{at: map[atPath][]int{}, unnamed: map[kind]object.Field{}}
	last := map[atPath]int{} // by name
	var unnamed []object.Str
	for i, list := range []object.Field{s.ParameterList(), s.FileParameterList()} {
		if list.Unknown() {
			p.Undecided(list)
		}
		for _, given := range views.HelmParameters(list) {
			k, known := kindOf(p, given, i == 1)
			if !known {
				continue
			}
			one := parameterOf(given, k, a.Template)
			if name := one.ParameterName(); name.Unknown() {
				all.unnamed[one.kind] = name.Field
				unnamed = append(unnamed, name)
			} else if at, again := last[atPath{one.kind, name.V}]; again {
				all.list[at] = one
			} else {
				last[atPath{one.kind, name.V}] = len(all.list)
				all.list = append(all.list, one)
			}
		}
	}
	for i, one := range all.list {
		if one.path != nil {
			paths := prefixes(one.path)
			key := atPath{one.kind, paths[len(paths)-1]}
			if len(all.at[key]) < maxSpellings {
				all.at[key] = append(all.at[key], i)
			}
		}
	}
	if len(all.list)+len(unnamed) > 1 {
		for _, name := range unnamed {
			p.Undecided(name)
		}
	}
	return all
}

// kindOf is the kind of one, where it is known.
func kindOf(p *checks.Pass, given views.HelmParameter, file bool) (k kind, known bool) {
	switch forced := given.ForceString(); {
	case file:
		return setFile, true
	case p.Decide(forced.True()):
		return setString, true
	default:
		return set, forced.Known()
	}
}
