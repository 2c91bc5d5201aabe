package traffic

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// reservedHosts are names of which nothing can be reached: for documentation and
// tests, or names of the host itself. A leading dot stands for everything below.
// Source: RFC 2606, RFC 6761, RFC 6762, RFC 7686; the names of Docker, minikube and
// the clouds' metadata servers (169.254.169.254) from their documentation.
var reservedHosts = []string{
	"example.com", ".example.com", "example.net", ".example.net", "example.org", ".example.org",
	".example", ".test", ".invalid", "localhost", ".localhost", ".local", ".localdomain", ".onion", ".arpa",
	"metadata.google.internal", "metadata.azure.internal", "host.docker.internal", "gateway.docker.internal", "host.minikube.internal",
}

// schemaHosts are hosts of names that look like URLs and are never fetched: XML and
// RDF namespaces, JSON schemas. Source: the specifications that define them.
var schemaHosts = []string{
	"www.w3.org", "w3.org", "json-schema.org", "json.schemastore.org", "schema.org", "schemas.xmlsoap.org",
	"schemas.microsoft.com", "schemas.openxmlformats.org", "schemas.android.com", "purl.org", "xmlns.com", "xmlns.jcp.org", "xmlns.oracle.com",
	"java.sun.com", "jakarta.ee", "xmlns.jakarta.ee", "maven.apache.org", "www.springframework.org", "ns.adobe.com", "docs.oasis-open.org", "specs.openid.net",
}

// placeholders are words by which people mark a host that one has to fill in.
var placeholders = lazyregexp.New(`(^|[.-])(my-?|your-?|some-?|this-)?(domain|company|org|host|hostname|server|bucket|account|project|instance)\.(com|net|org|io|tld|local)$|(^|[.-])your|^my-?(domain|company|host|server)|change-?me|placeholder|example|xxx|^foo\.|^bar\.`)

// ambiguousDomains are top-level domains that are also usual names of namespaces:
// api.dev may be a Service as well as a site. Source: the IANA root zone, and what
// people call their environments and teams.
var ambiguousDomains = []string{
	"app", "apps", "bot", "build", "cloud", "data", "dev", "games", "host", "live", "media", "network", "prod", "qa", "security",
	"services", "shop", "store", "systems", "team", "tools", "web", "work", "zone", "search", "email", "chat", "support", "ci", "academy",
}

// reach says what a host name is, seen from a pod.
type reach uint8

const (
	inside    reach = iota // of the cluster, of the pod itself, or of nothing at all
	doubtful               // a name outside the cluster, or a Service in a namespace
	outside                // a name or address outside the cluster
	unwritten              // a variable decides
)

// reachOf says where an endpoint lies. Names without a public top-level domain are
// names of the cluster: Services in namespaces, pods of StatefulSets.
func reachOf(p *checks.Pass, e commands.Endpoint) reach {
	if !e.Plain {
		return unwritten
	}
	if addr, ok := e.Addr(); ok {
		if addr.IsPrivate() || addr.IsLoopback() || addr.IsLinkLocalUnicast() || addr.IsUnspecified() || addr.IsMulticast() || sharedSpace.Contains(addr) {
			return inside
		}
		return outside
	}
	labels := strings.Split(e.Host, ".")
	if len(labels) == 1 || clusterName(e.Host) || matchesName(reservedHosts, e.Host) || slices.Contains(schemaHosts, e.Host) ||
		placeholders().MatchString(e.Host) || hostIn(p.Mesh.KnownHosts, e.Host) {
		return inside
	}
	if allDigits(labels[len(labels)-1]) { // 1.2.3 is a version
		return inside
	}
	if suffix, icann := publicsuffix.PublicSuffix(e.Host); !icann && !strings.Contains(suffix, ".") {
		return inside
	}
	last := labels[len(labels)-1]
	if len(labels) <= 3 && namespaceKnown(p, last) { // svc.namespace, pod.svc.namespace
		return inside
	}
	if len(labels) == 2 && slices.Contains(ambiguousDomains, last) {
		return doubtful
	}
	return outside
}

// sharedSpace is address space of carriers (RFC 6598) that clusters use for pods.
var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")

// clusterName reports whether a host is a DNS name of Kubernetes.
func clusterName(host string) bool {
	return strings.HasSuffix(host, ".svc") || strings.Contains(host, ".svc.") || strings.HasSuffix(host, ".cluster.local") ||
		strings.HasSuffix(host, ".pod")
}

// namespaceKnown reports whether the input or the mesh has a namespace of a name.
func namespaceKnown(p *checks.Pass, name string) bool {
	if name == p.Mesh.SystemNamespace() || p.Namespace(name) != nil || p.Mesh.NamespaceLabels[name] != nil {
		return true
	}
	return namespacesUsed(p)[name]
}

// matchesName reports whether a host is one of some names; a name with a leading dot
// stands for everything below it.
func matchesName(names []string, host string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return host == name || strings.HasPrefix(name, ".") && strings.HasSuffix(host, name)
	})
}

// hostIn reports whether a host is one of some hosts as Istio writes them: exact, "*",
// or "*." before a suffix.
func hostIn(hosts []string, host string) bool {
	return slices.ContainsFunc(hosts, func(h string) bool { return checks.HostMatches(h, host) })
}

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// serviceName brings the ways to write a Service's name into one: name.namespace. A
// name of something else stays as it is.
func serviceName(host, namespace string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	host = strings.TrimSuffix(host, ".cluster.local")
	host = strings.TrimSuffix(host, ".svc")
	if !strings.Contains(host, ".") {
		return host + "." + namespace
	}
	return host
}

// ownHosts are the hosts under which the input offers its own Services to the outside.
func ownHosts(p *checks.Pass) []string {
	var hosts []string
	for _, f := range views.PublicHosts(p.Set) {
		if v := f.Str().V; v != "" {
			hosts = append(hosts, strings.ToLower(v[strings.LastIndexByte(v, '/')+1:]))
		}
	}
	// "*" is no name that somebody could mean.
	return slices.DeleteFunc(hosts, func(h string) bool { return h == "*" })
}

// notCalled are words in names of settings whose URLs are told to others and not
// called: the own address, where browsers may come from, documentation.
var notCalled = lazyregexp.New(`(^|_)(CORS|ORIGINS?|REDIRECT|CALLBACK|ROOT_URL|PUBLIC|EXTERNAL_URL|EXTERNAL_HOST|DOCS?|DOCUMENTATION|HELP|` +
	`USER_AGENT|REFERER|REFERRER|ADVERTISED?|NO_PROXY|LICENSE|COMMENT|DESCRIPTION)(_|$)`)

// proxyVariable are the names of variables that hold an HTTP proxy.
var proxyVariable = lazyregexp.New(`(^|_)(HTTPS?|ALL)_PROXY$`)

// hasProxy reports whether a container sends its HTTP through a proxy of its own choice.
func hasProxy(c object.Container) bool {
	return slices.ContainsFunc(c.Env(), func(env object.EnvVar) bool {
		return named(env.VarName(), proxyVariable) && (env.Value().V != "" || env.Value().Unknown())
	})
}

// outboundAnnotation begins the annotations that keep traffic away from the sidecar.
// Source: istio/api annotation SidecarTrafficIncludeOutboundIPRanges and others.
const outboundAnnotation = "traffic.sidecar.istio.io/"

// bypasses reports whether annotations keep a connection, or any that cannot be determined
// from it, away from the sidecar.
func bypasses(w *object.Workload, e commands.Endpoint) bool {
	annotation := func(name string) object.Str { return w.PodAnnotation(outboundAnnotation + name) }
	include := annotation("includeOutboundIPRanges")
	return annotation("excludeOutboundIPRanges").V != "" || include.Exists() && include.V != "*" ||
		slices.Contains(checks.SplitList(annotation("excludeOutboundPorts").V), strconv.Itoa(e.Port))
}
