package privileges

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// runAs is a field that makes containers run as a user or group.
type runAs struct {
	object.Num
	containers []string
}

// String names the containers, as messages begin.
func (r runAs) String() string {
	if len(r.containers) == 1 {
		return "container " + quoted(r.containers) + " runs"
	}
	return "containers " + quoted(r.containers) + " run"
}

// runningAs returns the fields that make application containers of one kind run as
// an id, each once with the names of its containers.
func runningAs(p *checks.Pass, w *object.Workload, id int64, of func(object.Container) object.Num, kind func(object.Container) bool) []*runAs {
	var all []*runAs
	byPath := map[string]*runAs{}
	for _, c := range w.Containers() {
		if checks.ProxyContainer(c.Name) || !kind(c) {
			continue
		}
		as := of(c)
		is := as.Is(id)
		if policy := c.RestartPolicy(); c.Role == object.Init && policy.Unknown() {
			is = is.And(object.Undecided(policy.Field))
		}
		if !p.Decide(is) {
			continue
		}
		r := byPath[as.Path()]
		if r == nil {
			r = &runAs{Num: as}
			byPath[as.Path()] = r
			all = append(all, r)
		}
		r.containers = append(r.containers, c.Name)
	}
	return all
}

// quoted lists names as messages do: "a", "b".
func quoted(names []string) string {
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", name)
	}
	return b.String()
}
