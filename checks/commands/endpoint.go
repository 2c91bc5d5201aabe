package commands

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks/lazyregexp"
)

// Endpoint is what a text says about where a connection goes. It never holds the
// user, password, path or query of a URL, so that no message can repeat them.
type Endpoint struct {
	Scheme string // lower case; empty where the text has none
	Host   string // lower case, without brackets and final dot
	Port   int    // 0 where neither the text nor the scheme says
	// Plain says that the host is written out, without variables.
	Plain bool
	// Start and end are the bytes of the text that it was found in: of its URL, or of
	// its host:port. Both are 0 where it is the text.
	Start, End int
}

// String is the endpoint as messages name it.
func (e Endpoint) String() string {
	if e.Port == 0 {
		return e.Host
	}
	if strings.Contains(e.Host, ":") {
		return "[" + e.Host + "]:" + strconv.Itoa(e.Port)
	}
	return e.Host + ":" + strconv.Itoa(e.Port)
}

// Addr is the host as an IP address.
func (e Endpoint) Addr() (netip.Addr, bool) {
	a, err := netip.ParseAddr(e.Host)
	return a, err == nil
}

// ReachesItself reports whether an endpoint is the pod itself: any address of the loopback
// interface, and the unspecified one, which leads there.
func (e Endpoint) ReachesItself() bool {
	addr, is := e.Addr()
	return e.Host == "localhost" || is && (addr.IsLoopback() || addr.IsUnspecified())
}

// schemePorts are the schemes of URLs that name a TCP server, with their default
// port (0: none is usual). Source: the IANA registry of service names, and the
// documentation of the products for those that IANA lacks.
var schemePorts = map[string]int{
	"amqp": 5672, "amqps": 5671, "bolt": 7687, "cassandra": 9042, "clickhouse": 9000, "etcd": 2379, "ftp": 21, "ftps": 990,
	"git": 9418, "grpc": 0, "grpcs": 0, "http": 80, "https": 443, "imap": 143, "imaps": 993, "kafka": 9092, "ldap": 389,
	"ldaps": 636, "mariadb": 3306, "memcached": 11211, "mongodb": 27017, "mqtt": 1883, "mqtts": 8883, "mysql": 3306,
	"nats": 4222, "neo4j": 7687, "plaintext": 9092, "postgres": 5432, "postgresql": 5432, "pulsar": 6650, "redis": 6379,
	"rediss": 6379, "sasl_plaintext": 9092, "sasl_ssl": 9092, "sftp": 22, "smtp": 25, "smtps": 465, "sqlserver": 1433, "ssh": 22,
	"ssl": 0, "stomp": 61613, "tcp": 0, "tls": 0, "ws": 80, "wss": 443, "zk": 2181, "zookeeper": 2181,
}

// noConnection are schemes whose URLs are no TCP connection of the pod to the host
// that they name: other transports (Istio takes no UDP), names, files, image
// references, listeners. Source: IANA's registry of URI schemes (data, file, urn); the manuals of Docker, containerd, SPIFFE,
// systemd (fd), rsyslog and Go's package net (unix, unixgram, udp).
var noConnection = map[string]bool{
	"docker": true, "file": true, "udp": true, "unix": true, "unixgram": true, "spiffe": true, "urn": true, "data": true,
	"image": true, "syslog+udp": true, "quic": true, "vsock": true, "fd": true,
}

// urlDelimiters end a URL inside a longer text.
const urlDelimiters = " \t\r\n\"'<>`|\\;)]}"

// maxURL and maxHost bound what is read as one URL and one host name, in bytes: what
// is longer is none (RFC 1035 for names).
const (
	maxURL  = 4096
	maxHost = 253
)

// URLs returns the endpoints of all URLs in a text. A list of hosts in one URL, as
// MongoDB has it, gives one endpoint each. SRV URLs name no host to connect to.
func URLs(text string) []Endpoint {
	var found []Endpoint
	at := 0 // where rest begins
	for rest := text; ; {
		i := strings.Index(rest, "://")
		if i < 0 {
			return found
		}
		start := i
		for start > max(0, i-maxScheme) && schemeByte(rest[start-1]) {
			start--
		}
		end := i + len("://")
		depth := 0 // of brackets that opened inside: an IPv6 address, $(NAME), ${NAME}
		for ; end < min(len(rest), start+maxURL); end++ {
			if strings.IndexByte("[({", rest[end]) >= 0 {
				depth++
			} else if strings.IndexByte("])}", rest[end]) >= 0 && depth > 0 {
				depth--
			} else if strings.IndexByte(urlDelimiters, rest[end]) >= 0 || rest[end] == ',' && urlBegins(rest[end+1:]) {
				break
			}
		}
		for _, e := range urlEndpoints(rest[start:i], rest[i+len("://"):end]) {
			e.Start, e.End = at+start, at+end
			found = append(found, e)
		}
		rest, at = rest[end:], at+end
	}
}

// maxScheme bounds the scheme of a URL, in bytes.
const maxScheme = 32

// urlBegins reports whether a text begins with a URL: a comma before it then separates
// URLs, and not the hosts of one.
func urlBegins(text string) bool {
	i := strings.Index(text[:min(len(text), maxScheme)], "://")
	return i > 0 && strings.IndexFunc(text[:i], func(r rune) bool { return r > 'z' || !schemeByte(byte(r)) }) < 0
}

func schemeByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '+' || b == '-' || b == '_'
}

// urlEndpoints returns the endpoints of one URL, given as its scheme and what is
// behind the slashes.
func urlEndpoints(scheme, rest string) []Endpoint {
	scheme = strings.ToLower(scheme)
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
		// A password with a slash: what looks like host and port is the user.
		if !strings.Contains(authority, "@") && strings.Contains(authority, ":") && strings.Contains(rest[i:], "@") && !strings.Contains(rest[i:], "://") {
			return nil
		}
	}
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	usual, known := schemePorts[scheme]
	var found []Endpoint
	for _, hostport := range strings.Split(authority, ",") {
		e, ok := ParseHostPort(hostport)
		if !ok || scheme == "" || noConnection[scheme] || !known && e.Port == 0 {
			continue
		}
		e.Scheme = scheme
		if e.Port == 0 {
			e.Port = usual
		}
		found = append(found, e)
	}
	return found
}

// ParseURL reads a text that is one URL as a whole.
func ParseURL(text string) (Endpoint, bool) {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		return Endpoint{}, false
	}
	all := urlEndpoints(scheme, rest)
	if len(all) == 0 {
		return Endpoint{}, false
	}
	return all[0], true
}

var (
	hostname = lazyregexp.New(`^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$`)
	variable = lazyregexp.New(`[$%{}()*]`)
)

// ParseHostPort reads host, host:port, [IPv6] or [IPv6]:port. A host with variables
// gives an endpoint that is not plain.
func ParseHostPort(text string) (Endpoint, bool) {
	host, port := text, ""
	switch end := strings.LastIndexByte(text, ']'); {
	case strings.HasPrefix(text, "[") && end > 0:
		host, port = text[1:end], strings.TrimPrefix(text[end+1:], ":")
	case !variable().MatchString(text):
		host, port, _ = strings.Cut(text, ":")
	default: // ${HOST:-web}:80
		depth := 0
		for i := range len(text) {
			switch text[i] {
			case '{', '(':
				depth++
			case '}', ')':
				depth--
			case ':':
				if depth == 0 {
					host, port = text[:i], text[i+1:]
				}
			}
		}
	}
	e := Endpoint{Host: strings.TrimSuffix(strings.ToLower(host), "."), Plain: !variable().MatchString(host)}
	if port != "" {
		n, err := strconv.Atoi(port)
		switch {
		case err == nil && n > 0 && n < 1<<16:
			e.Port = n
		case !variable().MatchString(port):
			return Endpoint{}, false
		default:
			e.Plain = false
		}
	}
	if _, isAddr := e.Addr(); e.Host == "" || len(e.Host) > maxHost || e.Plain && !isAddr && !hostname().MatchString(e.Host) {
		return Endpoint{}, false
	}
	return e, true
}

// HostPorts returns the endpoints of a text that is a list of host:port, as
// configuration has it: separated by commas, semicolons or blanks.
func HostPorts(text string) []Endpoint {
	var found []Endpoint
	at := 0 // behind the last token
	for token := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(", ;\t\n", r) }) {
		start := at + strings.Index(text[at:], token)
		at = start + len(token)
		// With a path it may as well be an image: registry.io:5000/web.
		if strings.Contains(token, "/") {
			continue
		}
		if e, ok := ParseHostPort(token); ok && e.Port != 0 && e.Plain {
			e.Start, e.End = start, at
			found = append(found, e)
		}
	}
	return found
}
