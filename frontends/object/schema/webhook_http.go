package schema

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// httpRoute judges a route for HTTP. Source: validateHTTPRoute, validateHTTPRouteConflict.
func (h *hook) httpRoute(r object.Field, delegate object.Truth) {
	to := r.Get("delegate")
	handsOn := to.Written()
	root := delegate.Not().And(handsOn)
	h.refuse(delegate.And(handsOn), to, "a delegate cannot have a delegate itself", "remove delegate")
	redirect, direct, route := r.Get("redirect"), r.Get("directResponse"), r.Get("route")
	h.refuse(root.And(redirect.Written()), redirect.AtKey(), "a route with a delegate must not have redirect", "keep one of them")
	h.refuse(root.And(filled(route)), route.AtKey(), "a route with a delegate must not have route", "keep one of them")
	for _, main := range []object.Field{redirect, direct} {
		alone := main.Written().And(root.Not())
		h.refuse(alone.And(filled(route)), route.AtKey(), "a route with "+main.Name()+" must not have route", "keep one of them")
		for _, name := range []string{"fault", "rewrite"} {
			h.refuse(alone.And(r.Get(name).Written()), r.Get(name).AtKey(), "a route with "+main.Name()+" must not have "+name, "remove "+name)
		}
	}
	h.refuse(redirect.Written().And(direct.Written()).And(root.Not()), direct.AtKey(), "only one of redirect and directResponse may be set", "keep one of them")
	h.refuse(root.Not().And(anySet(r, "redirect", "directResponse").Or(filled(route)).Not()), r, "the route leads nowhere", "add route, redirect or directResponse")
	h.refuse(r.Get("mirror").Written().And(filled(r.Get("mirrors"))), r.Get("mirror").AtKey(), "only one of mirror and mirrors may be set", "keep one of them")

	for _, match := range h.items(r.Get("match")) {
		h.httpMatch(match)
	}
	h.headers(r.Get("headers"))
	h.cors(r.Get("corsPolicy"))
	h.fault(r.Get("fault"))
	h.percent(r.Get("mirrorPercent"))
	h.percent(r.Get("mirrorPercentage", "value"))
	h.destination(r.Get("mirror"))
	for _, m := range h.items(r.Get("mirrors")) {
		h.destination(m.Get("destination"))
		h.percent(m.Get("percentage", "value"))
	}
	h.redirect(redirect, r.Get("match"))
	h.status(direct.Get("status"))
	h.retries(r.Get("retries"))
	h.rewrite(r.Get("rewrite"), r.Get("headers"))
	h.destinations(route)
	for _, d := range route.Items() {
		h.headers(d.Get("headers"))
	}
}

// headerForm is the form of a header's name, and headerValue that of a value, in which
// %…% stands for a variable.
var (
	headerForm  = lazily("^[!#$%&'*+.^_`|~A-Za-z0-9-]+$")
	headerValue = lazily(`^([^%]|%%|%[^%(]+%|%[^%(]*\([^)]*\) *%)*$`)
)

// httpMatch judges a match. Source: validateHTTPRouteMatchRequest.
func (h *hook) httpMatch(m object.Field) {
	for _, name := range []string{"headers", "withoutHeaders"} {
		h.names(m.Get(name), func(s string) bool {
			return isClaim(s) || slices.Contains([]string{":method", ":scheme", ":authority", ":path", ":status"}, s) || headerForm().MatchString(s)
		}, "this is not the name of a header", "write the name of a header")
	}
	for _, e := range m.Get("headers").Entries() {
		h.stringMatch(e)
	}
	for _, e := range m.Get("withoutHeaders").Entries() {
		if e.Get("regex").Str().V != "*" {
			h.stringMatch(e)
		}
	}
	h.expression(m.Get("uri", "regex"))
	for _, name := range []string{"scheme", "method", "authority"} {
		h.stringMatch(m.Get(name))
	}
	for _, e := range h.entries(m.Get("queryParams")) {
		h.stringMatch(e)
	}
	h.port(m.Get("port"))
	h.labels(m.Get("sourceLabels"))
	h.gatewayNames(m.Get("gateways"))
	h.text(m.Get("sourceNamespace"), func(s string) bool { return s == "" || isLabel(s) }, "this is not the name of a namespace", "write the name of a namespace")
}

// stringMatch judges how a text is compared. Source: validateStringMatch.
func (h *hook) stringMatch(m object.Field) {
	h.text(m.Get("prefix"), func(s string) bool { return s != "" }, "an empty prefix is not allowed", "write a prefix, or remove the match")
	h.expression(m.Get("regex"))
}

// maxExpression is how long a regular expression may be.
const maxExpression = 1024

// expression judges a regular expression. Source: validateStringMatchRegexp,
// validateStringRegexp.
func (h *hook) expression(f object.Field) {
	refuse := func(message, advice string) {
		h.refuseAs(Expression, object.Yes(), f, called(f)+" is "+message, advice)
	}
	s := f.Str()
	switch _, err := regexp.Compile(s.V); {
	case s.Unknown():
		h.undecided(f)
	case f.Node() == nil || f.Node().Kind != object.String:
	case s.V == "":
		refuse("empty, which matches nothing and is not allowed", "write an expression")
	case len(s.V) > maxExpression:
		refuse(quoted(s.V)+", which is longer than 1024 bytes", "write a shorter expression")
	case err != nil:
		refuse(quoted(s.V)+", which is not a regular expression of RE2: "+reason(err), "write an expression in the syntax of RE2")
	}
}

// reason is why a text is no regular expression.
func reason(err error) string { return strings.TrimPrefix(err.Error(), "error parsing regexp: ") }

// headers judges changes of headers. Source: ValidateHTTPHeaderWithAuthorityOperationName,
// ValidateHTTPHeaderOperationName, ValidateHTTPHeaderValue.
func (h *hook) headers(f object.Field) {
	for _, side := range []string{"request", "response"} {
		good := func(s string) bool { return s != "" && s[0] != ':' && !strings.EqualFold(s, "host") }
		for _, what := range []string{"add", "set"} {
			fits := good
			if side == "request" {
				fits = func(s string) bool { return good(s) || isAuthority(s) }
			}
			list := f.Get(side, what)
			h.names(list, fits, "this header cannot be changed", "write the name of another header")
			for _, e := range list.Entries() {
				h.text(e, headerValue().MatchString, "a % must begin and end a variable, or be doubled", "write %% for a % itself")
			}
		}
		h.texts(f.Get(side, "remove"), good, "this header cannot be removed", "write the name of another header")
	}
}

func isAuthority(s string) bool {
	return strings.EqualFold(s, ":authority") || strings.EqualFold(s, "host")
}

// corsMethods are the methods that a CORS policy may allow. Source: supportedCORSMethods in pkg/config/validation/validation.go (1.32).
var corsMethods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"}

// cors judges a CORS policy. Source: validateCORSPolicy.
func (h *hook) cors(f object.Field) {
	for _, origin := range h.items(f.Get("allowOrigins")) {
		h.refuse(anyOf(origin, "exact", "prefix", "regex").Not(), origin, "the origin is empty", "set exact, prefix or regex")
		h.expression(origin.Get("regex"))
	}
	h.texts(f.Get("allowMethods"), func(s string) bool { return slices.Contains(corsMethods, s) }, "this is not a method of HTTP", "write GET, POST or another method in capitals")
	for _, name := range []string{"allowHeaders", "exposeHeaders"} {
		h.texts(f.Get(name), headerForm().MatchString, "this is not the name of a header", "write the name of a header")
	}
}

// statuses are the names of gRPC's status codes. Source: SupportedGRPCStatus of istio/istio pkg/util/grpc/codes.go (1.32);
// grpc/grpc doc/statuscodes.md.
var statuses = []string{
	"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
	"FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
}

// fault judges injected faults. Source: validateHTTPFaultInjection.
func (h *hook) fault(f object.Field) {
	if h.absent(f) {
		return
	}
	h.refuse(anySet(f, "abort", "delay").Not(), f, "fault has neither abort nor delay", "add one of them")
	abort, delay := f.Get("abort"), f.Get("delay")
	for _, part := range []object.Field{abort, delay} {
		h.ranged(part.Get("percentage", "value"), 0.0001, 100, "it must be 0, or between 0.0001 and 100", "write a percentage")
	}
	h.status(abort.Get("httpStatus"))
	h.text(abort.Get("grpcStatus"), func(s string) bool { return slices.Contains(statuses, s) }, "this is not a status of gRPC", "write a name such as UNAVAILABLE")
	h.refuse(abort.Get("http2Error").Written(), abort.Get("http2Error"), "http2Error is not supported", "write httpStatus")
	h.refuse(delay.Get("exponentialDelay").Written(), delay.Get("exponentialDelay"), "exponentialDelay is not supported", "write fixedDelay")
}

// status judges a status that is written, be it 0.
func (h *hook) status(f object.Field) {
	const message, advice = "a status must be between 200 and 599", "write a status of HTTP"
	h.ranged(f, 200, 600, message, advice)
	h.refuse(f.Written().And(filled(f).Not()), f, message, advice)
}

// redirect judges a redirect. Source: validateHTTPRedirect.
func (h *hook) redirect(f, matches object.Field) {
	if h.absent(f) {
		return
	}
	prefix := filled(f.Get("prefixRewrite"))
	h.refuse(filled(f.Get("uri")).And(prefix), f.Get("prefixRewrite").AtKey(), "only one of uri and prefixRewrite may be set", "keep one of them")
	if !prefix.False() {
		for _, m := range h.items(matches) {
			uri := m.Get("uri")
			h.refuse(prefix.And(uri.Written()).And(uri.Get("prefix").Written().Not()), uri, "prefixRewrite needs matches of prefixes", "match with prefix, or redirect with uri")
		}
	}
	set := anyOf(f, "uri", "prefixRewrite", "authority", "scheme").Or(anySet(f, "port", "derivePort"))
	h.refuse(set.Not(), f, "the redirect leads nowhere", "set uri, authority, scheme or port")
	h.ranged(f.Get("redirectCode"), 300, 399, "a redirect needs a status of 3xx", "write 301, 302, 303, 307 or 308")
	h.text(f.Get("scheme"), func(s string) bool { return s == "" || s == "http" || s == "https" }, "this is not a scheme of a redirect", "write http or https")
	h.port(f.Get("port"))
}

// retryOn are the conditions of retries, besides status codes. Source: supportedRetryOnPolicies in
// pkg/config/validation/agent/validation.go (1.32).
var retryOn = []string{
	"5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "retriable-4xx", "refused-stream", "retriable-status-codes",
	"retriable-headers", "envoy-ratelimited", "http3-post-connect-failure",
	"cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable",
}

// isStatus is a status code of HTTP that has a name. Source: net/http.StatusText.
func isStatus(code int) bool {
	for _, known := range [][2]int{{100, 103}, {200, 208}, {226, 226}, {300, 305}, {307, 308}, {400, 418}, {421, 426}, {428, 429}, {431, 431}, {451, 451}, {500, 508}, {510, 511}} {
		if known[0] <= code && code <= known[1] {
			return true
		}
	}
	return false
}

// retries judges retries. Source: validateHTTPRetry.
func (h *hook) retries(f object.Field) {
	attempts := f.Get("attempts")
	h.notNegative(attempts)
	for _, name := range []string{"perTryTimeout", "retryRemoteLocalities", "retryOn"} {
		set := f.Get(name).Written()
		if name == "retryOn" {
			set = filled(f.Get(name))
		}
		h.refuse(set.And(filled(attempts).Not()), f.Get(name), name+" does nothing without attempts", "set attempts")
	}
	h.text(f.Get("retryOn"), func(s string) bool {
		for _, condition := range strings.Split(s, ",") {
			if code, _ := strconv.Atoi(condition); s != "" && !isStatus(code) && !slices.Contains(retryOn, condition) {
				return false
			}
		}
		return true
	}, "it has a condition that Envoy does not know", "write conditions such as 5xx,reset without blanks")
}

// rewrite judges a rewrite, and that the authority is set in one place. Source:
// validateHTTPRewrite, validateAuthorityRewrite.
func (h *hook) rewrite(f, headers object.Field) {
	authorities := []object.Truth{filled(f.Get("authority"))}
	var last object.Field
	for _, what := range []string{"set", "add"} {
		for _, e := range headers.Get("request", what).Entries() {
			if isAuthority(e.Name()) {
				authorities = append(authorities, filled(e))
				last = e
			}
		}
	}
	h.refuse(two(authorities), last.AtKey(), "the authority is set twice", "keep one of them")
	if h.absent(f) {
		return
	}
	pattern := f.Get("uriRegexRewrite")
	h.refuse(filled(f.Get("uri")).And(pattern.Written()), pattern.AtKey(), "only one of uri and uriRegexRewrite may be set", "keep one of them")
	h.refuse(anyOf(f, "uri", "authority").Or(pattern.Written()).Not(), f, "the rewrite changes nothing", "set uri, uriRegexRewrite or authority")
	if pattern.Exists() {
		for _, name := range []string{"match", "rewrite"} {
			h.refuse(filled(pattern.Get(name)).Not(), pattern.Get(name), "uriRegexRewrite has no "+name, "set "+name)
		}
		h.expression(pattern.Get("match"))
	}
}
