package injection

import (
	"fmt"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// podTemplateNotChecked says which pods no other check has seen, so that their silence is
// not taken for an answer.
var podTemplateNotChecked = &checks.Check{
	ID: "MESH422", Name: "pod-template-not-checked", Severity: checks.Note,
	Summary: "Pods of kinds that mesh-check does not know are not checked",
	Advice:  "check these pods yourself, or give mesh-check the objects that the controller creates",
	Modes:   []checks.Mode{checks.Sidecar, checks.Ambient},
	Run: func(p *checks.Pass) {
		type kind struct{ group, kind string }
		pods := map[kind][]object.Field{}
		var order []kind
		for _, o := range p.Objects() {
			unread := object.UnreadPods(o)
			if len(unread) == 0 {
				continue
			}
			k := kind{o.Group(), o.Kind}
			if pods[k] == nil {
				order = append(order, k)
			}
			pods[k] = append(pods[k], unread...)
		}
		for _, k := range order {
			reportUnread(p, pods[k])
		}
	},
}

// reportUnread reports lists of containers of one kind, at the first of them.
func reportUnread(p *checks.Pass, lists []object.Field) {
	first := lists[0]
	o := first.Object()
	others := map[*object.Object]bool{}
	for _, l := range lists {
		others[l.Object()] = true
	}
	delete(others, o)
	more := ""
	if n := len(others); n > 0 {
		more = fmt.Sprintf(" (and %d more %s of this kind)", n, checks.Plural(n, "object"))
	}
	p.Report(first.AtKey(), "%s %q%s has containers at %s, but mesh-check does not know how the kind %s creates pods: they are not checked",
		o.Kind, o.Name, more, first.Path(), strings.TrimSuffix(o.Kind+"."+o.Group(), "."))
}
