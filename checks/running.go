package checks

import "github.com/mesh-check/mesh-check/frontends/object"

// script is a shell script in a ConfigMap that a container mounts.
type script struct {
	object.Str
	by object.Container
}

// scripts returns the shell scripts of ConfigMaps of the input that a workload's
// containers mount.
func scripts(p *Pass, w *object.Workload) []script {
	var found []script
	for _, m := range p.mounts(w) {
		for _, entry := range m.configMap.Get("data").Entries() {
			if isScript(entry) {
				found = append(found, script{entry.Str(), m.by})
			}
		}
	}
	return found
}

// calls returns what a workload's containers execute (command, args, exec handlers
// and mounted scripts) where one of some texts occurs in it. Istio's own containers
// do not count. What is not known is recorded as an open question.
func calls(p *Pass, w *object.Workload, texts ...string) []call {
	var calls []call
	for _, c := range w.Containers() {
		if proxyContainer(c.Name) {
			continue
		}
		for _, line := range commandLines(c) {
			if because, is := line.unknown(); is {
				p.Open(because)
			}
			if line.mentions(texts...) {
				calls = append(calls, line.calls()...)
			}
		}
	}
	for _, s := range scripts(p, w) {
		if s.Unknown() {
			p.Open(s)
		}
		if mentions(s.V, texts...) {
			calls = append(calls, textCalls(s.Str, s.by)...)
		}
	}
	return calls
}
