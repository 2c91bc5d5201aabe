package lifecycle

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// quitVariables are environment variables of programs that wrap the application and
// tell the sidecar to quit. Source: the README of redboxllc/scuttle.
var quitVariables = []string{"ISTIO_QUIT_API", "ENVOY_ADMIN_API"}

// quitsSidecar reports whether something in the pods tells the sidecar to quit: a
// request to /quitquitquit, however wrong (MESH642), or a signal that can reach it
// (else MESH643). What is not known could be it. Hooks and probes are not: Kubernetes runs
// none of them when a container ends by itself. Source: Kubernetes, "Container Lifecycle
// Hooks", hook handler execution.
func quitsSidecar(p *checks.Pass, w *object.Workload) bool {
	for _, c := range w.Containers() {
		if checks.ProxyContainer(c.Name) {
			continue
		}
		for _, env := range c.Env() {
			if slices.Contains(quitVariables, env.VarName()) || strings.Contains(env.Value().V, quitPath) {
				return true
			}
		}
		line := commands.CommandLines(c)[0]
		if because, is := line.Unknown(); is {
			p.Undecided(because)
			return true
		}
		if slices.ContainsFunc(line.Words, func(w object.Str) bool { return quits(w.V) }) {
			return true
		}
	}
	for _, m := range running.Mounts(p, w) {
		for _, entry := range views.Data(m.ConfigMap).Entries() {
			if entry.Unknown() {
				p.Undecided(entry)
				return true
			}
			if quits(entry.Str().V) {
				return true
			}
		}
	}
	shared := w.ShareProcessNamespace().True()
	return len(sidecarKills(p, w)) > 0 && (p.Decide(shared) || !shared.False())
}

// quits reports whether a text has a request to quit in it that is not commented out.
func quits(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if at := strings.Index(line, quitPath); at >= 0 && !commands.CommentedOut(line, at) {
			return true
		}
	}
	return false
}

// quitHook is the handler of a pod's container that has a request to quit in it.
func quitHook(w *object.Workload) (object.Field, bool) {
	for _, c := range w.Containers() {
		for _, line := range commands.CommandLines(c)[1:] {
			for _, word := range line.Words {
				if quits(word.V) {
					return word.Field, true
				}
			}
		}
	}
	return object.Field{}, false
}
