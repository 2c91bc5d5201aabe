package schema

import (
	"net/netip"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// The forms of names. Source: labels.IsDNS1123Label, labels.IsWildcardDNS1123Label,
// labels.Instance.Validate.
var (
	labelForm     = lazily(`^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$`)
	wildLabelForm = lazily(`^(\*|(\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$`)
	tagNameForm   = lazily(`^([a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*/)?([A-Za-z0-9](?:[-_.A-Za-z0-9]*[A-Za-z0-9])?)$`)
	literalForm   = lazily(`^[a-zA-Z0-9-._~%!$&'()+,;:@=]+$`) // of security.IsValidLiteral
	tagValueForm  = lazily(`^([A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?)?$`)
)

func isLabel(s string) bool     { return len(s) <= 63 && labelForm().MatchString(s) }
func isWildLabel(s string) bool { return len(s) <= 63 && wildLabelForm().MatchString(s) }

// isDNSLabels reports whether a name is made of labels; the last may be empty, and is no
// number. Source: agent.ValidateDNS1123Labels.
func isDNSLabels(s string) bool {
	parts := strings.Split(s, ".")
	last := len(parts) - 1
	if _, err := strconv.Atoi(parts[last]); err == nil {
		return false
	}
	for i, p := range parts {
		if i == last && p == "" {
			return true
		}
		if !isLabel(p) {
			return false
		}
	}
	return true
}

// isHost is a full name. Source: agent.ValidateFQDN.
func isHost(s string) bool { return s != "" && len(s) <= 255 && isDNSLabels(s) }

// isWildHost is a name whose first label may begin with *. Source:
// agent.ValidateWildcardDomain.
func isWildHost(s string) bool {
	if s == "" || len(s) > 255 {
		return false
	}
	first, rest, more := strings.Cut(s, ".")
	return isWildLabel(first) && (!more || isDNSLabels(rest))
}

func isAddress(s string) bool { _, err := netip.ParseAddr(s); return err == nil }

// isSubnet is an address or a range of them. Source: agent.ValidateIPSubnet.
func isSubnet(s string) bool {
	if strings.Count(s, "/") == 1 {
		_, err := netip.ParsePrefix(s)
		return err == nil
	}
	return isAddress(s)
}

func isHostOrAddress(s string) bool { return isHost(s) || isAddress(s) }

const unix = "unix://"

// isSocket is the path of a socket behind unix://. Source: ValidateUnixAddress.
func isSocket(s string) bool {
	return strings.HasPrefix(s, "@") || path.IsAbs(s) && !strings.HasSuffix(s, "/")
}

// protocols are those that ports of Istio's resources may have, in lower case. Source:
// protocol.Parse.
var protocols = []string{"tcp", "udp", "grpc", "grpc-web", "http", "http_proxy", "http2", "https", "tls", "mongo", "redis", "mysql"}

func isProtocol(s string) bool { return slices.Contains(protocols, strings.ToLower(s)) }

// speaks reports whether a port has one of some protocols, in lower case.
func speaks(protocol object.Field, some ...string) object.Truth {
	return protocol.Str().Matches(func(s string) bool { return slices.Contains(some, strings.ToLower(s)) })
}

func speaksTLS(protocol object.Field) object.Truth { return speaks(protocol, "https", "tls") }
func speaksHTTP(protocol object.Field) object.Truth {
	return speaks(protocol, "http", "http2", "http_proxy", "grpc", "grpc-web")
}

// labels judges a mapping of labels. Source: labels.Instance.Validate.
func (h *hook) labels(f object.Field) {
	h.names(f, func(s string) bool {
		m := tagNameForm().FindStringSubmatch(s)
		return m != nil && len(m[1]) <= 254 && len(m[2]) <= 63
	}, "this is not a name of a label", "write letters, digits, hyphens, dots and underscores, with an optional DNS name and a / in front of it")
	for _, e := range f.Entries() {
		h.text(e, tagValueForm().MatchString, "this is not a value of a label", "write letters, digits, hyphens, dots and underscores")
	}
}

// workloads judges the labels of a selector. Source: ValidateAlphaWorkloadSelector.
func (h *hook) workloads(labels object.Field) {
	h.names(labels, func(s string) bool { return s != "" }, "the name of a label must not be empty", "write the name")
	h.names(labels, func(s string) bool { return !strings.Contains(s, "*") }, "a label name must not contain *", "write the whole name of the label")
}

// targets judges what a policy refers to. Source: validatePolicyTargetReference.
func (h *hook) targets() {
	refs := h.items(h.spec.Get("targetRefs"))
	if one := h.spec.Get("targetRef"); one.Exists() {
		refs = append(refs, one)
	}
	for _, ref := range refs {
		group, kind := ref.Get("group"), ref.Get("kind")
		if ref.Unknown() || group.Unknown() || kind.Unknown() {
			h.undecided(ref)
			continue
		}
		ok := false
		switch group.Str().V {
		case "", "core":
			ok = kind.Str().V == "Service"
		case "networking.istio.io":
			ok = kind.Str().V == "ServiceEntry"
		case "gateway.networking.k8s.io":
			ok = kind.Str().V == "Gateway" || kind.Str().V == "GatewayClass"
		}
		h.refuse(object.TruthOf(!ok), kind, "a policy cannot refer to the kind "+quoted(kind.Str().V)+" of the group "+quoted(group.Str().V),
			"refer to a Service, a ServiceEntry, or a Gateway or GatewayClass of the Gateway API")
	}
}

// exportTo judges to which namespaces a resource is visible. Source: validateExportTo.
func (h *hook) exportTo(f object.Field, toNobody bool) {
	items := h.items(f)
	seen := map[string]bool{}
	for _, item := range items {
		v := item.Str()
		if v.Unknown() {
			h.undecided(item)
			continue
		}
		key := v.V
		if key == "." && h.object.Namespace != "" {
			key = h.object.Namespace
		}
		alone := v.V == "*" || v.V == "~"
		switch {
		case seen[key]:
			h.refuse(object.Yes(), item, "exportTo has "+quoted(v.V)+" twice", "remove one of them")
		case v.V == "~" && !toNobody:
			h.refuse(object.Yes(), item, "~ is not allowed in exportTo of a "+h.object.Kind, "write . for its own namespace")
		case v.V != "." && !alone && !isLabel(v.V):
			h.refuse(object.Yes(), item, quoted(v.V)+" is not a namespace", "write ., * or the name of a namespace")
		case alone && len(items) > 1:
			h.refuse(object.Yes(), item, quoted(v.V)+" in exportTo must be the only one", "remove it or the others")
		}
		seen[key] = true
	}
}

// gatewayNames judges references to Gateways: namespace/name, or a name alone. Istio
// looks at no others behind the first name alone. Source: validateGatewayNames.
func (h *hook) gatewayNames(f object.Field) {
	for _, item := range h.items(f) {
		v := item.Str()
		if v.Unknown() {
			h.undecided(item)
			return
		}
		namespace, name, both := strings.Cut(v.V, "/")
		if !both {
			h.text(item, isHost, "this is not the name of a Gateway", "write namespace/name, or mesh for all sidecars")
			return
		}
		h.refuse(object.TruthOf(!isLabel(namespace) || !isLabel(name)), item, quoted(v.V)+" is not the name of a Gateway", "write namespace/name")
	}
}

// namespacedHost judges namespace/host of Gateways and Sidecars. Source:
// agent.ValidateNamespaceSlashWildcardHostname.
func (h *hook) namespacedHost(item object.Field, gateway bool) {
	if item.Unknown() {
		h.undecided(item)
		return
	}
	text := item.Str().V
	namespace, host, both := strings.Cut(text, "/")
	say := func(message, advice string) { h.refuse(object.Yes(), item, quoted(text)+": "+message, advice) }
	if !both {
		if !gateway {
			say("a host must be written as namespace/host", "write */"+text+", ./"+text+" or another namespace in front")
			return
		}
		namespace, host = "*", text
	}
	if !gateway && len(namespace) > 1 {
		namespace = strings.TrimPrefix(namespace, "~")
	}
	switch {
	case namespace == "" || host == "":
		say("neither the namespace nor the host may be empty", "write namespace/host")
	case namespace != "*" && namespace != "." && (gateway || namespace != "~") && !isLabel(namespace):
		say("this is not a namespace", "write *, . or the name of a namespace in front of the /")
	case gateway && isAddress(host) && strings.Contains(host, "."):
	case host != "*" && !strings.Contains(host, "."):
		say("a short name is not allowed", "write the full name of the host")
	case !isWildHost(host):
		say("this is not the name of a host", "write a DNS name, with * as its first label at most")
	case strings.Contains(host, "*") && host != "*" && !strings.HasPrefix(host, "*."):
		say("a * may only be a whole label", "write *. in front of the rest")
	}
}
