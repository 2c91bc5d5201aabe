package schema

import (
	"encoding/json"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object/nearest"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// The members of a source and an operation of an AuthorizationPolicy. Source: istio/api
// security/v1beta1/authorization_policy.proto; ValidateAuthorizationPolicy (1.32).
var (
	sourceNames = []string{
		"principals", "requestPrincipals", "namespaces", "serviceAccounts", "ipBlocks", "remoteIpBlocks", "trustDomains",
		"notPrincipals", "notRequestPrincipals", "notNamespaces", "notServiceAccounts", "notIpBlocks", "notRemoteIpBlocks", "notTrustDomains",
	}
	operationNames = []string{"hosts", "ports", "methods", "paths", "notHosts", "notPorts", "notMethods", "notPaths"}
	// notCustom are the members of a source that the action CUSTOM does not know.
	notCustom = []string{
		"namespaces", "notNamespaces", "serviceAccounts", "notServiceAccounts", "trustDomains", "notTrustDomains",
		"principals", "notPrincipals", "requestPrincipals", "notRequestPrincipals",
	}
)

// authorizationPolicy judges an AuthorizationPolicy. Source: ValidateAuthorizationPolicy.
func (h *hook) authorizationPolicy() {
	h.targets()
	action, rules, provider := h.spec.Get("action"), h.spec.Get("rules"), h.spec.Get("provider")
	custom := is(action, "ALLOW", "CUSTOM")
	h.refuse(is(action, "ALLOW", "DENY", "CUSTOM").And(filled(rules).Not()), action,
		"a policy with the action "+action.Str().V+" and without rules does nothing", "add rules; an empty rule, {}, matches all requests")
	name := provider.Get("name")
	at := name
	if !provider.Exists() {
		at = action // what asks for a provider
	}
	h.refuse(custom.And(filled(rules)).And(filled(name).Not()), at, "the action CUSTOM needs provider.name", "set provider.name")
	h.refuse(provider.Written().And(custom.Not()), provider, "provider is only for the action CUSTOM", "remove provider, or set action to CUSTOM")
	for _, rule := range h.items(rules) {
		for _, from := range h.items(rule.Get("from")) {
			h.sourceOf(from.Get("source"), custom)
		}
		for _, to := range h.items(rule.Get("to")) {
			h.operation(to.Get("operation"))
		}
		for _, when := range h.items(rule.Get("when")) {
			h.condition(when, custom)
		}
	}
}

func (h *hook) sourceOf(source object.Field, custom object.Truth) {
	h.refuse(h.empty(source, sourceNames...), source, "source is empty", "say which requests are meant, or remove it")
	for _, name := range notCustom {
		f := source.Get(name)
		h.refuse(custom.And(filled(f)), f, name+" is not supported with the action CUSTOM", "remove "+name)
	}
	for _, name := range sourceNames {
		f := source.Get(name)
		switch plain := strings.ToLower(strings.TrimPrefix(name, "not")); plain {
		case "ipblocks", "remoteipblocks":
			h.texts(f, isBlock, "this is neither an IP address nor a range of them", "write an address such as 10.1.2.3 or 10.1.0.0/16")
		case "serviceaccounts":
			h.accounts(f)
		case "trustdomains":
			h.texts(f, func(s string) bool { return isWildText(s) && !strings.Contains(s, "/") }, "this is not a trust domain", "write a trust domain, with a * at its beginning or end at most")
		default:
			h.notEmpty(f)
		}
	}
}

// isBlock is an address or a range. Source: security.ValidateIPs.
func isBlock(s string) bool {
	if strings.Contains(s, "/") {
		_, err := netip.ParsePrefix(s)
		return err == nil
	}
	return isAddress(s)
}

// isWildText has one * at most, at its beginning or end. Source:
// security.CheckWildcardValues.
func isWildText(s string) bool {
	return s != "" && (strings.Count(s, "*") == 0 || strings.Count(s, "*") == 1 && (s[0] == '*' || s[len(s)-1] == '*'))
}

// notEmpty judges a list of texts. Source: security.CheckEmptyValues.
func (h *hook) notEmpty(f object.Field) {
	h.texts(f, func(s string) bool { return s != "" }, "an empty text matches nothing and is not allowed", "write a value, or remove it")
}

// accounts judges a list of service accounts. Source: security.CheckServiceAccount.
func (h *hook) accounts(f object.Field) {
	h.refuse(object.TruthOf(len(f.Items()) > 16), f, called(f)+" has more than 16 items", "write a second rule")
	h.texts(f, func(s string) bool {
		namespace, account, both := strings.Cut(s, "/")
		return s != "" && len(s) <= 320 && !strings.Contains(s, "*") && (!both || namespace != "" && account != "" && !strings.Contains(account, "/"))
	}, "this is not a service account", "write its name, or namespace/name")
}

func (h *hook) operation(op object.Field) {
	h.refuse(h.empty(op, operationNames...), op, "operation is empty", "say which operations are meant, or remove it")
	for _, name := range operationNames {
		f := op.Get(name)
		switch strings.ToLower(strings.TrimPrefix(name, "not")) {
		case "ports":
			h.texts(f, isPort, "this is not a port", "write a port number from 0 to 65535")
		case "paths":
			h.notEmpty(f)
			h.texts(f, isPath, "braces may only be a whole segment: {*}, or {**} for the last ones", "write {*} or {**} between slashes")
		default:
			h.notEmpty(f)
		}
	}
}

// isPort is the number of a port. Source: security.ValidatePorts.
func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 32)
	return err == nil && n <= 65535
}

// isPath is a path with templates. Source: security.CheckValidPathTemplate.
func isPath(s string) bool {
	ended := false
	template := strings.Contains(s, "{*}") || strings.Contains(s, "{**}")
	for _, part := range strings.Split(strings.Trim(s, "/"), "/") {
		switch {
		case part == "{*}" || part == "{**}":
			if ended {
				return false
			}
			ended = part == "{**}"
		case strings.ContainsAny(part, "{}"), template && !literalForm().MatchString(part):
			return false
		}
	}
	return true
}

// conditions judge the values of a condition by its key; nil where any value that is not
// empty will do. Source: security.ValidateAttribute.
var conditions = map[string]func(string) bool{
	"source.ip": isBlock, "remote.ip": isBlock, "destination.ip": isBlock, "destination.port": isPort,
	"source.namespace": nil, "source.serviceAccount": nil, "source.principal": nil, "source.trustDomain": isWildText,
	"request.auth.principal": nil, "request.auth.audiences": nil, "request.auth.presenter": nil, "connection.sni": nil,
}

func (h *hook) condition(when object.Field, custom object.Truth) {
	key := when.Get("key")
	values, notValues := when.Get("values"), when.Get("notValues")
	if key.Unknown() {
		h.undecided(key)
		return
	}
	name := key.Str().V
	if name == "" {
		h.refuse(object.Yes(), key, "the condition has no key", "set key")
		return
	}
	h.refuse(filled(values).Or(filled(notValues)).Not(), when, "the condition has neither values nor notValues", "set one of them")
	_, simple := conditions[name]
	if !simple && !isMapKey(name) {
		h.refuse(object.Yes(), key, quoted(name)+" is not a key that conditions know", conditionAdvice(name))
		return
	}
	unfit := strings.HasPrefix(name, "request.auth.") || slices.Contains([]string{"source.namespace", "source.serviceAccount", "source.trustDomain", "source.principal"}, name)
	h.refuse(custom.And(object.TruthOf(unfit)), key, name+" is not supported with the action CUSTOM", "remove the condition")
	for _, f := range []object.Field{values, notValues} {
		h.notEmpty(f)
		switch good := conditions[name]; {
		case name == "source.serviceAccount":
			h.accounts(f)
		case good != nil:
			h.texts(f, func(s string) bool { return s == "" || good(s) }, "this is not a value of "+name, "write a value that fits "+name)
		}
	}
}

// isMapKey is a key with a name in brackets.
func isMapKey(s string) bool {
	for _, prefix := range []string{"request.headers", "request.auth.claims", "experimental.envoy.filters."} {
		if strings.HasPrefix(s, prefix) {
			open := strings.Index(s, "[")
			return open > 0 && open < len(s)-2 && strings.HasSuffix(s, "]")
		}
	}
	return false
}

func conditionAdvice(name string) string {
	switch {
	case strings.HasPrefix(name, "request.headers"), strings.HasPrefix(name, "request.auth.claims"):
		return "write the name in brackets behind it, as in request.headers[x-token]"
	case name == "destination.namespace":
		return "put the policy into that namespace"
	case strings.HasPrefix(name, "destination.labels"):
		return "select the workloads with selector"
	}
	var names []string
	for known := range conditions {
		names = append(names, known)
	}
	slices.Sort(names)
	if near := nearest.Name(name, names); near != "" {
		return "write " + near
	}
	return "write one of Istio's keys, such as source.ip or request.headers[x-token]"
}

// requestAuthentication judges a RequestAuthentication. Source:
// ValidateRequestAuthentication, validateJwtRule.
func (h *hook) requestAuthentication() {
	h.targets()
	for _, rule := range h.items(h.spec.Get("jwtRules")) {
		h.refuse(anyOf(rule, "issuer", "jwksUri", "jwks_uri").Not(), rule.Get("issuer"), "the rule has neither issuer nor jwksUri", "set issuer")
		h.text(rule.Get("jwks"), func(s string) bool { return s == "" || json.Valid([]byte(s)) }, "this is not a set of keys as JSON", `write {"keys": [...]}`)
	}
}

// peerAuthentication judges a PeerAuthentication, as its CRD does since 1.22. Source:
// ValidatePeerAuthentication.
func (h *hook) peerAuthentication() {
	ports := h.spec.Get("portLevelMtls")
	wide := filled(h.spec.Get("selector", "matchLabels")).Not()
	h.refuse(wide.And(filled(ports)), ports, "portLevelMtls needs a selector: it is about the ports of workloads", "add selector, or remove portLevelMtls")
	h.refuse(ports.Written().And(filled(ports).Not()), ports, "portLevelMtls is empty", "name a port, or remove it")
	h.names(ports, func(s string) bool { return s != "0" && isPort(s) }, "this is not a port", "write the number of a port of the container, from 1 to 65535")
}
