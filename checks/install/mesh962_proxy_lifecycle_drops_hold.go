package install

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

var proxyLifecycleDropsHold = &checks.Check{
	ID: "MESH962", Name: "proxy-lifecycle-drops-hold", Severity: checks.Warning,
	Summary: "The value global.proxy.lifecycle replaces the hooks by which the proxy starts first and drains its connections",
	Advice:  "add the hook that Istio would write: postStart with the command pilot-agent wait",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		lifecycles := p.InjectorValues("global", "proxy", "lifecycle")
		if len(lifecycles) == 0 {
			return
		}
		hold := holds(p)
		for _, lifecycle := range lifecycles {
			if lifecycle.Unknown() {
				p.Undecided(lifecycle)
				continue
			}
			if len(lifecycle.Entries()) == 0 {
				continue // an empty one replaces nothing
			}
			started, drained := hasHook(lifecycle, "postStart", "wait"), hasHook(lifecycle, "preStop", "drain")
			if hold.Object() != nil && p.Decide(started.Not()) {
				p.Report(lifecycle, "global.proxy.lifecycle replaces the hook of holdApplicationUntilProxyStarts: applications start before their proxy all the same").
					WithRelated(hold, "holdApplicationUntilProxyStarts is set here")
			} else if native(p.Mesh) && hold.Object() == nil && p.Decide(drained.Not()) {
				p.Report(lifecycle, "global.proxy.lifecycle replaces the preStop hook that drains the connections of native sidecars").WithSeverity(checks.Note).
					WithAdvice("add a preStop hook with the command pilot-agent request POST drain")
			}
		}
	},
}

// hasHook reports whether a lifecycle has a hook whose command is the agent's with a word. Source: istio/istio
// manifests/charts/istio-control/istio-discovery/files/injection-template.yaml (1.31).
func hasHook(lifecycle object.Field, hook, word string) object.Truth {
	command := views.HookCommand(lifecycle, hook)
	if command.Unknown() {
		return object.Undecided(command)
	}
	has := func(part string) object.Truth {
		return object.AnyItem(command, func(s object.Str) object.Truth {
			return s.Matches(func(v string) bool { return slices.Contains(strings.Fields(v), part) })
		})
	}
	return has("pilot-agent").And(has(word))
}

// holds is the field that makes applications wait for their proxy; of no object where none does.
func holds(p *checks.Pass) object.Field {
	const key = "holdApplicationUntilProxyStarts"
	for _, f := range append(p.InjectorValues("global", "proxy", key), p.MeshConfig("defaultConfig", key)...) {
		if p.Decide(f.Flag().True()) {
			return f
		}
	}
	for _, w := range p.Workloads() {
		if hold := p.ProxySettings(w).HoldApplication; hold != nil && *hold {
			return w.PodAnnotation(checks.ProxyConfigKey).Field
		}
	}
	return object.Field{}
}

// native reports whether sidecars certainly are restartable init containers.
func native(m *checks.Mesh) bool {
	return m.NativeSidecars == "on" && m.NoNativeSidecars() == "" ||
		m.NativeSidecars != "off" && m.IstioFrom(checks.NativeAutoSince) && m.Kubernetes != "" && m.KubernetesFrom(checks.NativeAutoKubernetes)
}
