package privileges

import (
	"fmt"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// The labels by which a namespace chooses a level of the Pod Security Standards, and
// the levels. Baseline allows 13 capabilities, NET_ADMIN and NET_RAW not among them.
// Source: k8s.io/pod-security-admission v0.34.1 api/constants.go and policy/
// check_capabilities_baseline.go. Istio's page of requirements says that baseline is
// enough, its page on Pod Security Admission that it is not: the code decides.
const (
	podSecurityLabel  = "pod-security.kubernetes.io/"
	baselineLevel     = "baseline"
	restrictedLevel   = "restricted"
	podSecuritySince  = "1.23" // on by default
	enforceMode       = "enforce"
	seccompOfTheProxy = "global.proxy.seccompProfile"
)

var psaDeniesInitCapabilities = &checks.Check{
	ID: "MESH204", Name: "psa-denies-init-capabilities", Severity: checks.Error,
	Summary: "A namespace that enforces the Pod Security level baseline or restricted rejects istio-init",
	Advice:  "install Istio's CNI plugin (--cni), or let the namespace enforce the level privileged",
	Modes:   []checks.Mode{checks.Sidecar},

	KubernetesSince: podSecuritySince,
	Run: func(p *checks.Pass) {
		apps := map[string][]*object.Workload{} // by namespace
		for _, w := range p.SidecarApplications() {
			apps[p.NamespaceOf(w.Object)] = append(apps[p.NamespaceOf(w.Object)], w)
		}
		for _, ns := range p.ByKind("", "Namespace") {
			if ns.Name == p.Mesh.SystemNamespace() {
				continue // the CNI plugin's own agent needs privileged there
			}
			if injected := injectedInto(p, ns, apps[ns.Name]); injected != "" {
				judgeLevels(p, ns, injected)
			}
		}
		judgeToldLevels(p)
	},
}

// injectedInto says why pods of a namespace, made by its apps, get istio-init; empty where nothing says
// that they do. "assumed" is all that can be said where only workloads of which
// nothing is known are in it.
func injectedInto(p *checks.Pass, ns *object.Object, apps []*object.Workload) string {
	why, spared := "", false
	for _, w := range apps {
		switch e := p.Enrolled(w); {
		case !p.Decide(p.CaptureByInit(w)):
			spared = true
		case !e.Assumed():
			return fmt.Sprintf("%s %q is one of them", w.Kind, w.Name)
		default:
			why = "assumed"
		}
	}
	if why != "" || spared {
		return why
	}
	if p.Decide(ns.Label(checks.InjectionLabel).Is("enabled")) {
		return checks.InjectionLabel + " is enabled"
	}
	if ns.Label(checks.InjectionLabel).V != "disabled" && p.Decide(ns.Label(checks.RevisionLabel).Written()) {
		return "it has " + checks.RevisionLabel
	}
	return ""
}

func judgeLevels(p *checks.Pass, ns *object.Object, injected string) {
	level := func(mode string) object.Str { return ns.Label(podSecurityLabel + mode) }
	enforced := level(enforceMode)
	if p.Decide(p.CNI()) {
		if p.Decide(enforced.Is(restrictedLevel)) && len(p.InjectorValues("global", "proxy", "seccompProfile")) == 0 {
			p.Report(enforced, "namespace %q enforces the Pod Security level %q, which requires a seccomp profile that the sidecar has only if %s is set",
				ns.Name, enforced.V, seccompOfTheProxy).WithSeverity(checks.Note).
				WithAdvice("set %s to {type: RuntimeDefault} in the values of istiod", seccompOfTheProxy)
		}
		return
	}
	if p.Decide(enforced.In(baselineLevel, restrictedLevel)) {
		if injected == "assumed" {
			p.Report(enforced, "namespace %q enforces the Pod Security level %q, which rejects istio-init (NET_ADMIN, NET_RAW) if its pods get sidecars",
				ns.Name, enforced.V).WithSeverity(checks.Note)
			return
		}
		p.Report(enforced, "namespace %q enforces the Pod Security level %q, which rejects istio-init (NET_ADMIN, NET_RAW) and with it every injected pod: %s",
			ns.Name, enforced.V, injected)
		return
	}
	for _, mode := range []string{"warn", "audit"} {
		if said := level(mode); p.Decide(said.In(baselineLevel, restrictedLevel)) {
			p.Report(said, "namespace %q has the Pod Security level %q for %s, which istio-init (NET_ADMIN, NET_RAW) violates in every injected pod",
				ns.Name, said.V, mode).WithSeverity(checks.Note)
		}
	}
}

// judgeToldLevels looks at the labels of namespaces that the command line tells and
// the input does not have: what can be pointed at is the workloads.
func judgeToldLevels(p *checks.Pass) {
	if p.Decide(p.CNI()) {
		return
	}
	for _, w := range p.SidecarApplications() {
		ns := p.NamespaceOf(w.Object)
		if p.Namespace(ns) != nil || ns == p.Mesh.SystemNamespace() {
			continue
		}
		level := p.Mesh.NamespaceLabels[ns][podSecurityLabel+enforceMode]
		if (level == baselineLevel || level == restrictedLevel) && p.Decide(p.CaptureByInit(w)) {
			p.Report(w.PodSpec.AtKey(), "namespace %q enforces the Pod Security level %q, which rejects istio-init (NET_ADMIN, NET_RAW) of %s %q",
				ns, level, w.Kind, w.Name).WithCause("namespace " + ns)
		}
	}
}
