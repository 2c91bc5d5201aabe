package lifecycle

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// pkillWithoutSharedPID finds signals to the sidecar from containers that cannot see
// its processes.
var pkillWithoutSharedPID = &checks.Check{
	ID: "MESH643", Name: "pkill-without-shared-pid", Severity: checks.Warning,
	Summary: "A container that kills the sidecar's agent needs shareProcessNamespace: true in the spec of its pod",
	Advice:  "set shareProcessNamespace: true in the spec of the pod, or send POST http://127.0.0.1:15020/quitquitquit instead",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() {
				continue
			}
			native := nativeSidecar(p, w)
			if native.is {
				continue
			}
			for _, c := range sidecarKills(p, w) {
				if finding := reportKill(p, w, c); finding != nil && native.likely {
					finding.WithSeverity(checks.Note) // a native sidecar needs no signal
				}
			}
		}
	},
}

// reportKill analyzes one signal, and returns what it reports; nil where that is nothing.
func reportKill(p *checks.Pass, w *object.Workload, c commands.Call) *checks.Finding {
	shared := w.ShareProcessNamespace()
	target := agentName().FindString(c.Pipeline)
	is := shared.True()
	if p.Decide(is.Not()) {
		finding := p.Report(killWord(c), "%s of %q finds no process: without shareProcessNamespace a container sees only its own processes", c.Program(), target)
		if wrong := w.Get("spec", "shareProcessNamespace"); wrong.Exists() && wrong.Path() != shared.Path() {
			finding.WithRelated(wrong.AtKey(), "shareProcessNamespace is not a field of a %s: it belongs in the spec of the pod", w.Kind)
		}
		return finding.WithRelated(w.PodSpec.AtKey(), "the spec of the pod")
	}
	uid, proxy := c.By.RunAsUser(), checks.ProxyUID(p, w)
	if is.True() && uid.OK && uid.V != 0 && uid.V != proxy {
		return p.Report(killWord(c), "%s of %q runs as UID %d and cannot signal the sidecar, which runs as UID %d", c.Program(), target, uid.V, proxy).
			WithSeverity(checks.Note).WithAdvice("send POST http://127.0.0.1:15020/quitquitquit instead of the signal").WithRelated(uid, "the UID")
	}
	return nil
}

// killers are the programs that send signals. Source: the manuals of util-linux, procps-ng, psmisc, sysvinit and BusyBox.
var killers = []string{"kill", "pkill", "killall", "killall5", "skill"}

// agentName finds the sidecar's processes in a command line. Source: the names of the
// binaries in the proxyv2 image, /usr/local/bin/pilot-agent and /usr/local/bin/envoy.
var (
	agentName  = lazyregexp.New(`\b(pilot-agent|envoy)\b`)
	ownEnvoy   = lazyregexp.New(`(^|[-_/])envoy([-_]|$)`)
	agentMatch = lazyregexp.New(`(^|[^\w-])(pilot-agent|envoy)($|[^\w-])`)
)

// sidecarKills returns the calls of a workload's containers that send a signal to the
// sidecar's processes. Where a container of the pod is an Envoy itself, "envoy" is
// taken for that one.
func sidecarKills(p *checks.Pass, w *object.Workload) []commands.Call {
	envoys := slices.ContainsFunc(w.Containers(), func(c object.Container) bool {
		return !checks.ProxyContainer(c.Name) && (ownEnvoy().MatchString(c.ImageName()) || ownEnvoy().MatchString(c.Name))
	})
	var kills []commands.Call
	for _, c := range running.Calls(p, w, "kill") {
		if !slices.Contains(killers, c.Program()) || !agentMatch().MatchString(c.Pipeline) ||
			envoys && !strings.Contains(c.Pipeline, "pilot-agent") {
			continue
		}
		kills = append(kills, c)
	}
	return kills
}

// killWord is the word of a call that names the process, else the program.
func killWord(c commands.Call) commands.CallWord {
	for _, w := range c.Words[1:] {
		if agentMatch().MatchString(w.Text) {
			return w
		}
	}
	return c.Words[0]
}
