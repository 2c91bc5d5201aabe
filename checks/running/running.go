// Package running knows what the containers of workloads run: their commands, their handlers and the scripts of ConfigMaps that they
// mount. In: a workload. Out: the calls of programs and the mounted ConfigMaps, each with the container that runs or mounts it; what
// is not known is recorded as an open question.
package running

import (
	"slices"

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
	for _, m := range Mounts(p, w) {
		for _, entry := range views.Data(m.ConfigMap).Entries() {
			if commands.IsScript(entry) {
				found = append(found, script{entry.Str(), m.By})
			}
		}
	}
	return found
}

// Start returns what a container executes when it starts: its command and arguments, and the mounted scripts that these
// run. What is not known is recorded as an open question.
func Start(p *checks.Pass, c object.Container) []commands.Call {
	line := commands.CommandLines(c)[0]
	if because, is := line.Unknown(); is {
		p.Undecided(because)
	}
	calls := line.Calls()
	for _, s := range scripts(p, c.Workload) {
		if s.by.Name != c.Name || !slices.ContainsFunc(line.Calls(), func(c commands.Call) bool { return c.Runs(s.Name()) }) {
			continue
		}
		if s.Unknown() {
			p.Undecided(s)
		}
		calls = append(calls, commands.TextCalls(s.Str, s.by)...)
	}
	return calls
}

// Calls returns what a workload's containers execute (command, args, exec handlers
// and mounted scripts) where one of some texts occurs in it. Istio's own containers
// do not count. What is not known is recorded as an open question.
func Calls(p *checks.Pass, w *object.Workload, texts ...string) []commands.Call {
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
