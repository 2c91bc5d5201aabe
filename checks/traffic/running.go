package traffic

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// script is a shell script in a ConfigMap that a container mounts.
type script struct {
	object.Str
	by object.Container
}

// scripts returns the shell scripts of ConfigMaps of the input that a workload's
// containers mount.
func scripts(p *checks.Pass, w *object.Workload) []script {
	var found []script
	for _, m := range mounts(p, w) {
		for _, entry := range views.Data(m.configMap).Entries() {
			if commands.IsScript(entry) {
				found = append(found, script{entry.Str(), m.by})
			}
		}
	}
	return found
}

// calls returns what a workload's containers execute (command, args, exec handlers
// and mounted scripts) where one of some texts occurs in it. Istio's own containers
// do not count. What is not known is recorded as an open question.
func calls(p *checks.Pass, w *object.Workload, texts ...string) []commands.Call {
	var calls []commands.Call
	for _, c := range w.Containers() {
		if checks.ProxyContainer(c.Name) {
			continue
		}
		for _, line := range commands.CommandLines(c) {
			if because, is := line.Unknown(); is {
				p.Undecided(because)
			}
			if line.Mentions(texts...) {
				calls = append(calls, line.Calls()...)
			}
		}
	}
	for _, s := range scripts(p, w) {
		if s.Unknown() {
			p.Undecided(s)
		}
		if commands.Mentions(s.V, texts...) {
			calls = append(calls, commands.TextCalls(s.Str, s.by)...)
		}
	}
	return calls
}
