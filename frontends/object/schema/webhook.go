package schema

import (
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Webhook is the sort of a problem that Istio's validation webhook refuses and the CRDs
// do not know.
const Webhook Sort = "webhook"

// Expression is the sort of one about a regular expression.
const Expression Sort = "expression"

// Admit says what Istio's validation webhook refuses in an object besides what its CRD
// refuses, which is reported: nothing is reported twice of one field; and what it accepts
// with a warning (Warned). Its rules are those of
// Istio 1.32. It does not know what a patch of an EnvoyFilter has for Envoy, and has no
// rules for what is no resource of Istio.
//
// Source: istio/istio, pkg/config/validation, the function that is named at each rule.
func Admit(o *object.Object, told Result) Result {
	group, _, _ := strings.Cut(o.APIVersion, "/")
	if !strings.HasSuffix(group, ".istio.io") {
		return Result{}
	}
	c := &checker{object: o, release: newest, told: map[*object.Node]bool{}, absent: map[absentKey]bool{}, asked: map[string]bool{}}
	h := &hook{checker: c, spec: o.Get("spec"), known: map[string]Sort{}}
	for _, p := range told.Problems {
		h.known[p.Field.Path()] = p.Sort
	}
	h.annotations()
	for _, semantics := range []string{"internal.istio.io/gateway-semantics", "internal.istio.io/route-semantics"} {
		if o.Annotation(semantics).Exists() {
			return h.result // Istio made it of a resource of the Gateway API, by other rules
		}
	}
	if rules := hooks(group, o.Kind); rules != nil {
		rules(h)
		h.warnings()
	}
	return h.result
}

// hooks are the rules of a kind; nil where there are none.
func hooks(group, kind string) func(*hook) {
	switch group + "/" + kind {
	case "networking.istio.io/Gateway":
		return (*hook).gateway
	case "networking.istio.io/VirtualService":
		return (*hook).virtualService
	case "networking.istio.io/DestinationRule":
		return (*hook).destinationRule
	case "networking.istio.io/ServiceEntry":
		return (*hook).serviceEntry
	case "networking.istio.io/Sidecar":
		return (*hook).sidecar
	case "networking.istio.io/WorkloadEntry":
		return (*hook).workloadEntry
	case "networking.istio.io/WorkloadGroup":
		return (*hook).workloadGroup
	case "networking.istio.io/EnvoyFilter":
		return (*hook).envoyFilter
	case "security.istio.io/AuthorizationPolicy":
		return (*hook).authorizationPolicy
	case "security.istio.io/PeerAuthentication":
		return (*hook).peerAuthentication
	case "security.istio.io/RequestAuthentication":
		return (*hook).requestAuthentication
	case "telemetry.istio.io/Telemetry":
		return (*hook).telemetry
	case "extensions.istio.io/WasmPlugin", "extensions.istio.io/TrafficExtension":
		return (*hook).targets
	}
	return nil
}

// hook judges one object.
type hook struct {
	*checker
	spec  object.Field
	known map[string]Sort // the fields whose problems are reported, by their paths
}

// refuse tells a problem if it is certain, and else what has to be known.
func (h *hook) refuse(wrong object.Truth, at object.Field, message, advice string) {
	h.refuseAs(Webhook, wrong, at, message, advice)
}

func (h *hook) refuseAs(sort Sort, wrong object.Truth, at object.Field, message, advice string) {
	if because, open := wrong.Undecided(); open {
		h.undecided(because)
	} else if wrong.True() && !h.saidOf(at.Path()) {
		h.problem(sort, at, message, advice)
	}
}

// saidOf reports whether a field, or one that it lies in, has a problem already.
func (h *hook) saidOf(path string) bool {
	for p := path; p != ""; p = p[:max(strings.LastIndexAny(p, ".["), 0)] {
		if sort, told := h.known[p]; told && (p == path || sort == Missing || sort == WrongType) {
			return true
		}
	}
	return false
}

// absent reports whether there is nothing to judge in a field; an unknown one is open.
func (h *hook) absent(f object.Field) bool {
	if f.Unknown() {
		h.undecided(f)
		return true
	}
	return !f.Exists()
}

// items are the items of a list.
func (h *hook) items(f object.Field) []object.Field {
	if f.Unknown() {
		h.undecided(f)
	}
	return f.Items()
}

// entries are the members of a mapping.
func (h *hook) entries(f object.Field) []object.Field {
	if f.Unknown() || f.Partial() {
		h.undecided(f)
	}
	return f.Entries()
}

// text asks about a text that is written. A message names the field and the value in
// front of what it says.
func (h *hook) text(f object.Field, good func(string) bool, message, advice string) {
	switch {
	case f.Unknown():
		h.undecided(f)
	case f.Node() != nil && f.Node().Kind == object.String && !good(f.Node().Text):
		h.refuse(object.Yes(), f, called(f)+" is "+quoted(f.Node().Text)+": "+message, advice)
	}
}

// texts asks about each text of a list.
func (h *hook) texts(f object.Field, good func(string) bool, message, advice string) {
	for _, item := range h.items(f) {
		h.text(item, good, message, advice)
	}
}

// names asks about the names of the members of a mapping.
func (h *hook) names(f object.Field, good func(string) bool, message, advice string) {
	for _, e := range h.entries(f) {
		if !good(e.Name()) {
			h.refuse(object.Yes(), e.AtKey(), quoted(e.Name())+": "+message, advice)
		}
	}
}

// port asks about the number of a port that is written and not 0.
func (h *hook) port(f object.Field) {
	h.ranged(f, 1, 65535, "a port must be between 1 and 65535", "write a port number from 1 to 65535")
}

// ranged asks about a number that is written and not 0.
func (h *hook) ranged(f object.Field, low, high float64, message, advice string) {
	if f.Unknown() {
		h.undecided(f)
		return
	}
	if n := f.Node(); n != nil && (n.Kind == object.Int || n.Kind == object.Float) {
		if v, err := strconv.ParseFloat(n.Text, 64); err == nil && v != 0 && (v < low || v > high) {
			h.refuse(object.Yes(), f, called(f)+" is "+n.Text+": "+message, advice)
		}
	}
}

// filled reports whether a field has another value than that of a message of Protocol
// Buffers without it: a text or list that is not empty, a number that is not 0, true.
func filled(f object.Field) object.Truth {
	if f.Unknown() {
		return object.Undecided(f)
	}
	n := f.Node()
	if n == nil {
		return object.No()
	}
	switch n.Kind {
	case object.String:
		return object.TruthOf(n.Text != "")
	case object.Int, object.Float:
		v, err := strconv.ParseFloat(n.Text, 64)
		return object.TruthOf(err != nil || v != 0)
	case object.Bool:
		return object.TruthOf(n.Text == "true")
	case object.List:
		return object.TruthOf(len(n.Items) > 0)
	case object.Map:
		if len(n.Entries) == 0 && f.Partial() {
			return object.Undecided(f)
		}
		return object.TruthOf(len(n.Entries) > 0)
	}
	return object.No()
}

// anyOf reports whether one of some members is filled.
func anyOf(f object.Field, names ...string) object.Truth {
	t := object.No()
	for _, name := range names {
		t = t.Or(filled(f.Get(name)))
	}
	return t
}

// anySet reports whether one of some members is written, be it empty.
func anySet(f object.Field, names ...string) object.Truth {
	t := object.No()
	for _, name := range names {
		t = t.Or(f.Get(name).Written())
	}
	return t
}

// is reports whether a text is one of some; where it is missing it is the initial one.
func is(f object.Field, initial string, values ...string) object.Truth {
	if f.Known() && !f.Exists() {
		for _, v := range values {
			if v == initial {
				return object.Yes()
			}
		}
		return object.No()
	}
	return f.Str().In(values...)
}

// has reports whether a text is in a list.
func has(list object.Field, value string) object.Truth {
	if list.Unknown() {
		return object.Undecided(list)
	}
	t := object.No()
	for _, item := range list.Items() {
		t = t.Or(item.Str().Is(value))
	}
	return t
}

// unique tells the items of a list whose field has the value of an earlier one; empty
// values do not count.
func (h *hook) unique(items []object.Field, message, advice string, path ...string) {
	seen := map[string]bool{}
	for _, item := range items {
		f := item.Get(path...)
		v := f.Str()
		if v.Unknown() {
			h.undecided(f)
		} else if v.V != "" && v.V != "0" {
			h.refuse(object.TruthOf(seen[v.V]), f, message, advice)
			seen[v.V] = true
		}
	}
}

// annotations judges the annotations that Istio reads on its own resources.
// Source: validateMetadata, checkDryRunAnnotation.
func (h *hook) annotations() {
	all := h.object.Get("metadata", "annotations")
	for _, name := range []string{"internal.istio.io/parents", "internal.istio.io/parent-namespace", "internal.istio.io/webhook-always-reject"} {
		if a := all.Get(name); !all.Unknown() && !all.Partial() {
			h.refuse(a.Written(), a, "the annotation "+name+" is for Istio itself", "remove it")
		}
	}
	const dryRun = "istio.io/dry-run"
	if all.Unknown() || all.Partial() {
		return
	}
	a := all.Get(dryRun)
	if h.object.Kind != "AuthorizationPolicy" {
		h.refuse(a.Written(), a, "the annotation "+dryRun+" is only for AuthorizationPolicies", "remove it")
		return
	}
	plain := is(h.spec.Get("action"), "ALLOW", "ALLOW", "DENY")
	h.refuse(a.Written().And(plain.Not()), a, "the annotation "+dryRun+" works with the actions ALLOW and DENY only", "remove it")
	if plain.True() {
		h.text(a, func(s string) bool { _, err := strconv.ParseBool(s); return err == nil }, "it must be true or false", `write "true" or "false"`)
	}
}
