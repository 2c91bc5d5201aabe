package capture

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// listening is a setting of a container that certainly tells it on which port to listen.
type listening struct {
	// at is what is to be edited, and unknown says that its value is not known.
	at      object.Field
	unknown bool
	// name is that of the variable or of the flag.
	name   string
	number int64
}

// listens returns the settings of a container that tell it on which ports to listen: its variables, and the flags of what it
// runs.
func listens(c object.Container) []listening {
	var variables []option
	for _, env := range c.Env() {
		value := env.Value()
		ofPod := env.FieldPath().V == podIP
		variables = append(variables, option{env.VarName(), wordsOf(env.VarName()), value.V, value.Field, !value.Unknown(), ofPod})
	}
	all := portsOf(variables)
	if list := c.EnvList(); list.Unknown() {
		all = append(all, listening{at: list, unknown: true})
	}
	for _, call := range commands.CommandLines(c)[0].Calls() {
		if len(call.Requests()) == 0 && !clients[call.Program()] {
			flags, unclear := flagsOf(call.Words)
			all = append(all, portsOf(flags)...)
			for _, word := range unclear {
				all = append(all, listening{at: word.Field, unknown: true})
			}
		}
	}
	return all
}

// clients are programs whose ports are those of others, and the sidecar's own agent. Source: the manual pages of these programs;
// istio/istio pilot/cmd/pilot-agent (1.31).
var clients = map[string]bool{"nc": true, "ncat": true, "netcat": true, "telnet": true, "ssh": true, "scp": true, "psql": true, "pg_isready": true, "mysql": true,
	"mongosh": true, "redis-cli": true, "socat": true, "iptables": true, "pilot-agent": true, "wait-for-it.sh": true, "wait-for-it": true, "wait-for": true, "dockerize": true}

// option is a variable or a flag of a container.
type option struct {
	name  string
	words []string
	value string
	at    object.Field
	plain bool // the value is written out
	ofPod bool // the value is the address of the pod
}

const podIP = "status.podIP"

// flagsOf are the flags among the words of a call, with their values: --port=N, --port N, -Dserver.port=N. Unclear are words
// that may be any flag.
func flagsOf(words []commands.CallWord) (flags []option, unclear []commands.CallWord) {
	waits := false // the word before is a flag whose value may come next
	for i, word := range words {
		text := word.Text
		if word.Unknown() {
			text = strings.TrimLeft(word.Given(), "${\"") // ${"--port=${var.port}"}
		}
		name, value, joined := strings.Cut(text, "=")
		if !strings.HasPrefix(name, "-") || len(name) < 3 {
			if word.Unknown() && !waits {
				unclear = append(unclear, word)
			}
			waits = false
			continue
		}
		waits = !joined
		at := word
		if waits && i+1 < len(words) {
			at = words[i+1]
			value = at.Text
		}
		of := wordsOf(strings.TrimPrefix(strings.TrimLeft(name, "-"), "D"))
		flags = append(flags, option{name, of, value, at.Field, at.Plain && !at.Unknown(), false})
	}
	return flags, unclear
}

// hostWords end the names of options with the host that belongs to the port of the same name.
var hostWords = []string{"HOST", "HOSTNAME", "ADDR", "ADDRESS", "SERVER", "URL", "URI", "ENDPOINT"}

// portsOf are the options that say on which port one listens. With a host beside it (DB_HOST and DB_PORT, --host and
// --port) a port is where one connects to, unless the host is all addresses of the pod.
func portsOf(options []option) []listening {
	connects := map[string]bool{}
	for _, o := range options {
		if prefix, is := before(o.words, hostWords...); is && !o.ofPod && !wildcard(o.value) && !wildcard(hostIn(o.value)) {
			connects[prefix] = true
		}
	}
	var all []listening
	for _, o := range options {
		prefix, port := before(o.words, "PORT")
		listener := slices.ContainsFunc(o.words, func(w string) bool { return w == "LISTEN" || w == "BIND" })
		_, address := before(o.words, "ADDR", "ADDRESS")
		address = address && !listener && bindable(o)
		if !port && !listener && !address || port && connects[prefix] || slices.ContainsFunc(o.words, func(w string) bool { return ofOthers[w] }) {
			continue
		}
		if number, ok := portIn(o.value, listener || address); ok && o.plain || o.at.Unknown() {
			all = append(all, listening{o.at, o.at.Unknown(), o.name, number})
		}
	}
	return all
}

// before is what stands before the last word of a name, if that is one of some.
func before(words []string, last ...string) (prefix string, is bool) {
	if len(words) == 0 || !slices.Contains(last, words[len(words)-1]) {
		return "", false
	}
	return strings.Join(words[:len(words)-1], "_"), true
}

// ofOthers are words in the name of a setting whose port is one to connect to: of Istio's own proxy, or of another server.
var ofOthers = map[string]bool{
	"ISTIO": true, "ENVOY": true, "PROXY": true, "SIDECAR": true, "MESH": true, "PILOT": true, "AGENT": true, "QUIT": true, "SERVICE": true,
	"REMOTE": true, "TARGET": true, "UPSTREAM": true, "BACKEND": true, "DEST": true, "DESTINATION": true, "CLIENT": true, "CONNECT": true, "PEER": true,
	"EXCLUDE": true, "EXCLUDED": true, "IGNORE": true, "EXTERNAL": true, "ADVERTISE": true, "ADVERTISED": true, "PUBLIC": true, "FORWARD": true,
}

// wordsOf are the words of the name of a variable (HTTP_PORT), a flag (http-port) or a property (server.port, httpPort).
func wordsOf(name string) []string {
	var spaced strings.Builder
	last := rune(0)
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(unicode.ToUpper(r))
		last = r
	}
	return strings.FieldsFunc(spaced.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// portIn reads a port: a number alone or, where the setting is an address to listen on, behind a colon and all addresses
// of the pod. Those of one host, such as localhost, may be meant for the sidecar there.
func portIn(value string, address bool) (number int64, ok bool) {
	if address {
		value = strings.TrimPrefix(value, "tcp://")
		colon := strings.LastIndexByte(value, ':')
		if colon >= 0 && !wildcard(value[:colon]) {
			return 0, false
		}
		value = value[colon+1:]
	}
	number, err := strconv.ParseInt(value, 10, 64)
	return number, err == nil
}

// hostIn is what stands before the port of an address; all of it where it has none.
func hostIn(address string) string {
	address = strings.TrimPrefix(address, "tcp://")
	if colon := strings.LastIndexByte(address, ':'); colon >= 0 {
		return address[:colon]
	}
	return address
}

// bindable reports whether an option with the name of an address (--metrics-addr) has one on which only servers are: a port behind a
// colon and all addresses of the pod. Of a value that is not known, what is written before the unknown part says so.
func bindable(o option) bool {
	address, known := o.value, !o.at.Unknown()
	if !known && address == "" {
		address = strings.TrimLeft(o.at.Given(), "\"")
	}
	address, _, partly := strings.Cut(address, "${")
	if known || partly && address != "" {
		return strings.Contains(address, ":") && wildcard(hostIn(address))
	}
	return true
}

// wildcard reports whether a host is every address of the pod.
func wildcard(host string) bool {
	return slices.Contains([]string{"", "*", "0.0.0.0", "::", "[::]"}, host)
}
