package lifecycle

import (
	"path"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// client says when a call of a program certainly connects to something outside of its pod.
type client struct {
	// verbs are the words of which one must be an operand, as in git clone.
	verbs []string
	// hosts are the options that name the server, and variable the environment variable that does: without either, the
	// program talks to its own pod.
	hosts    []string
	variable string
	// values are the options that take the next word as their value, and not the words with which a verb means something else.
	values, not []string
	// local says that the verbs also take files of the pod, which may be all that they need.
	local bool
}

// The clients of several names. Source: the manual pages of psql, mysql, mongosh, apk, apt-get, yum, nc and pip.
var (
	postgres = client{hosts: []string{"-h", "--host"}, variable: "PGHOST"}
	mysql    = client{hosts: []string{"-h", "--host"}}
	mongo    = client{hosts: []string{"--host"}}
	packages = client{verbs: []string{"add", "install", "update", "upgrade"}}
	waiter   = client{} // every operand is an address
	pip      = client{verbs: []string{"install", "download"}, local: true, values: []string{
		"-c", "--constraint", "-d", "--dest", "-f", "--find-links", "-i", "--index-url", "--extra-index-url", "-t", "--target", "--cache-dir", "--prefix",
		"--root", "--timeout", "--trusted-host",
	}}
)

// clients are programs that connect by TCP, beside curl and wget. Source: their manual pages; the last lines are scripts that charts
// wait with, and tools that change the schema of a database.
var clients = map[string]client{
	"nc": waiter, "ncat": waiter, "netcat": waiter, "telnet": waiter, "grpcurl": waiter,
	"psql": postgres, "pg_isready": postgres, "pg_dump": postgres, "createdb": postgres,
	"mysql": mysql, "mysqladmin": mysql, "mariadb": mysql, "mariadb-admin": mysql,
	"mongo": mongo, "mongosh": mongo, "redis-cli": {hosts: []string{"-h", "-u"}},
	"git":     {verbs: []string{"clone", "fetch", "pull", "ls-remote"}},
	"kubectl": {verbs: []string{"get", "wait", "apply", "create", "delete", "patch", "rollout", "label", "annotate", "describe"}},
	"aws":     {verbs: []string{"s3", "s3api", "secretsmanager", "ssm", "sts", "ecr", "ec2"}},
	"gsutil":  {verbs: []string{"cp", "ls", "rsync"}},
	"apk":     packages, "apt-get": packages, "apt": packages, "yum": packages, "dnf": packages, "microdnf": packages,
	"pip": pip, "pip3": pip,
	"npm": {verbs: []string{"ci", "install", "i"}, local: true, values: []string{"-C", "--prefix", "--cache", "--registry", "--omit", "--include", "--loglevel"},
		not: []string{"run", "run-script", "exec", "config", "test", "cache", "link"}},
	"helm":     {verbs: []string{"add", "pull", "upgrade"}, not: []string{"template", "lint", "plugin", "completion"}},
	"wait-for": waiter, "wait-for.sh": waiter, "wait-for-it": waiter, "wait-for-it.sh": waiter, "wait4x": waiter,
	"dockerize": {hosts: []string{"-wait", "--wait"}},
	"flyway":    {verbs: []string{"migrate", "info", "validate", "repair"}},
	"liquibase": {verbs: []string{"update", "status"}},
	"migrate":   {hosts: []string{"-database", "--database"}},
}

// resolvers are programs that ask the DNS server: by UDP, which only DNS capture redirects. Source: the manual pages of BIND 9.
var resolvers = []string{"nslookup", "dig", "host"}

// imageClients are images whose entrypoint is one of the clients. Source: the Dockerfiles of curlimages/curl, bitnami/kubectl,
// alpine/git, amazon/aws-cli, flyway/flyway, liquibase/liquibase and migrate/migrate.
var imageClients = map[string]string{
	"curl": "curl", "kubectl": "kubectl", "git": "git", "aws-cli": "aws", "flyway": "flyway", "liquibase": "liquibase", "migrate": "migrate",
}

// imagesOnline are images that do nothing but call others. Source: groundnuty/k8s-wait-for and kubernetes/git-sync.
var imagesOnline = []string{"k8s-wait-for", "git-sync"}

// online is a call that certainly uses the network.
type online struct {
	object.Field
	program string
	// handled says that its failure, while the proxy is not ready, does no harm: the script goes on or tries again, or has slept or
	// asked the proxy before.
	handled bool
}

// onlineCalls returns what a container certainly calls over the network when it starts; dns says that DNS requests count.
func onlineCalls(p *checks.Pass, c object.Container, dns bool) []online {
	byImage := c.Command().Written().False()
	if byImage && slices.Contains(imagesOnline, c.ImageName()) {
		return []online{{c.Image().Field, c.ImageName(), false}}
	}
	entrypoint, byImage := imageClients[c.ImageName()], byImage && imageClients[c.ImageName()] != ""
	var found []online
	patient := false
	for _, call := range running.Start(p, c) {
		name, args := programOf(call)
		patient = patient || name == "sleep" || slices.ContainsFunc(args, asksProxy)
		if byImage {
			name, args = entrypoint, call.Words
		}
		if slices.ContainsFunc(call.Words, func(w commands.CallWord) bool { return w.Unknown() || slices.Contains(offline, w.Text) }) {
			continue
		}
		if connects(c, name, args) || dns && slices.Contains(resolvers, name) && len(args) > 0 ||
			slices.ContainsFunc(call.Requests(), func(r commands.Request) bool { return elsewhere(c, r.URL) }) {
			found = append(found, online{call.Words[0].Field, name, call.Handled || patient})
		}
	}
	if at, is := deviceTCP(c); is {
		found = append(found, online{at, "/dev/tcp", true})
	}
	return found
}

// programOf is what a call runs, and its arguments: python -m pip is pip.
func programOf(call commands.Call) (name string, args []commands.CallWord) {
	name, args = call.Program(), call.Words[1:]
	if strings.HasPrefix(name, "python") && len(args) > 1 && args[0].Text == "-m" {
		return args[1].Text, args[2:]
	}
	return name, args
}

// asksProxy reports whether a word is the address at which the proxy says that it is ready. Source: istio.io, "Application
// requirements", ports used by Istio.
func asksProxy(w commands.CallWord) bool {
	return strings.Contains(w.Text, "localhost:150") || strings.Contains(w.Text, "127.0.0.1:150")
}

// offline are words that turn a call into one that asks nobody. Source: the manual pages of the clients above; kubectl's reference for
// --client and --dry-run; curl(1) for sockets of the node; pip and npm for what they have at hand.
var offline = []string{"--version", "-V", "--help", "--no-network", "--dry-run=client", "--client", "--no-index", "--offline", "--unix-socket", "--abstract-unix-socket"}

// connects reports whether a call certainly leads outside of the pod. Of curl and wget it knows URLs alone.
func connects(c object.Container, program string, args []commands.CallWord) bool {
	addressed := func(w commands.CallWord) bool { return strings.Contains(w.Text, "://") && elsewhere(c, w) }
	if program == "curl" || program == "wget" {
		return slices.ContainsFunc(args, addressed)
	}
	cl, known := clients[program]
	if !known {
		return false
	}
	operands, hosts := cl.read(args)
	switch {
	case cl.verbs != nil:
		at := slices.IndexFunc(operands, func(w commands.CallWord) bool { return slices.Contains(cl.verbs, w.Text) })
		switch {
		case at < 0 || slices.ContainsFunc(operands[:at], func(w commands.CallWord) bool { return slices.Contains(cl.not, w.Text) }):
			return false
		case operands[at].Text == "clone":
			return slices.ContainsFunc(operands, remoteRepository)
		}
		return !cl.local || at+1 == len(operands) || slices.ContainsFunc(operands[at+1:], func(w commands.CallWord) bool { return !localPackage(w) })
	case cl.hosts != nil:
		return slices.ContainsFunc(hosts, func(w commands.CallWord) bool { return elsewhere(c, w) }) || slices.ContainsFunc(operands, addressed) ||
			cl.variable != "" && len(hosts) == 0 && variableElsewhere(c, cl.variable)
	}
	if strings.HasPrefix(program, "n") && slices.ContainsFunc(args, listens) { // nc, ncat, netcat
		return false
	}
	return len(operands) > 0 && !slices.ContainsFunc(operands, func(w commands.CallWord) bool { return !elsewhere(c, w) })
}

// read cuts the arguments of a call into operands and the values of options that name hosts, up to what a waiter runs then.
func (cl client) read(args []commands.CallWord) (operands, hosts []commands.CallWord) {
	for i := 0; i < len(args); i++ {
		w := args[i]
		option, value, joined := strings.Cut(w.Text, "=")
		switch {
		case w.Text == "--":
			return operands, hosts
		case joined && slices.Contains(cl.hosts, option):
			hosts = append(hosts, w.Cut(len(w.Text)-len(value), len(w.Text)))
		case slices.Contains(cl.values, w.Text):
			i++
		case slices.Contains(cl.hosts, w.Text) && i+1 < len(args):
			i++
			hosts = append(hosts, args[i])
		case len(w.Text) > 2 && w.Text[0] == '-' && w.Text[1] != '-' && slices.Contains(cl.hosts, w.Text[:2]): // -hdb
			hosts = append(hosts, w.Cut(2, len(w.Text)))
		case !strings.HasPrefix(w.Text, "-"):
			operands = append(operands, w)
		}
	}
	return operands, hosts
}

// remoteRepository reports whether a word names a repository of another host.
func remoteRepository(w commands.CallWord) bool {
	return strings.Contains(w.Text, "://") && !strings.HasPrefix(w.Text, "file:") || strings.Contains(w.Text, "@")
}

// localPackage reports whether a word names a package that is in the pod. A list of packages is a text.
func localPackage(w commands.CallWord) bool {
	return !strings.HasSuffix(w.Text, ".txt") && (w.Text == "." || strings.HasPrefix(w.Text, "./") || strings.HasPrefix(w.Text, "../") || path.IsAbs(w.Text) ||
		strings.HasPrefix(w.Text, "file:") || !strings.Contains(w.Text, "://") && (strings.HasSuffix(w.Text, ".whl") || strings.HasSuffix(w.Text, "gz")))
}

// listens reports whether an option makes netcat wait for others, send by UDP or use a file.
func listens(w commands.CallWord) bool {
	if slices.Contains([]string{"--listen", "--udp", "--unixsock"}, w.Text) {
		return true
	}
	return len(w.Text) > 1 && w.Text[0] == '-' && w.Text[1] != '-' && strings.ContainsAny(w.Text, "luU")
}

// elsewhere reports whether a word names a host that is not the pod itself. Of a variable whose value is not in the container,
// that is so: nothing else runs in the pod yet.
func elsewhere(c object.Container, w commands.CallWord) bool {
	if ownAddress(c, w.Text) {
		return false
	}
	for _, env := range c.Env() {
		if name := env.VarName(); name != "" && strings.Contains(w.Text, "$") && strings.Contains(w.Text, name) && (!elsewhereText(env.Value().V) || ownAddress(c, env.Value().V)) {
			return false
		}
	}
	return elsewhereText(w.Text)
}

func elsewhereText(text string) bool {
	if (commands.Endpoint{Host: text}).ReachesItself() {
		return false
	}
	e, is := commands.ParseURL(text)
	if !is {
		if strings.Contains(text, "://") && !strings.HasPrefix(text, "$") || path.IsAbs(text) {
			return false // a file, or a kind of address that nobody knows
		}
		host, _, _ := strings.Cut(text, "/")
		e, _ = commands.ParseHostPort(host)
	}
	return !e.ReachesItself()
}

// variableElsewhere reports whether a container has an environment variable that names another host.
func variableElsewhere(c object.Container, name string) bool {
	return slices.ContainsFunc(c.Env(), func(env object.EnvVar) bool {
		return env.VarName() == name && env.Value().V != "" && elsewhereText(env.Value().V) && !ownAddress(c, env.Value().V)
	})
}

// hostExpansion is a host that a variable or the program hostname gives: $HOST, ${HOST}, $(HOST), $(hostname -i). Source: hostname(1) of
// Debian and BusyBox.
var hostExpansion = lazyregexp.New("(?:^|//|@)\\[?(?:\\$(\\w+)|\\$\\{(\\w+)\\}|\\$\\((\\w+)\\)|(?:\\$\\(|`)(hostname)(?: +(?:-[ifsI]|--(?:all-)?ip-address(?:es)?))?(?: *\\|[^()`]*)?[)`])\\]?(?:[:/?]|$)")

// ownAddress reports whether the host in a text is an address or the name of the pod itself, to which connections stay on its loopback
// interface. Source: istio/istio tools/istio-iptables/pkg/capture/run.go (what the application sends by lo returns); Kubernetes, fieldRef
// (status.podIP, metadata.name, which is in /etc/hosts) and the variable HOSTNAME.
func ownAddress(c object.Container, text string) bool {
	found := hostExpansion().FindStringSubmatch(text)
	if found == nil {
		return false
	}
	name := found[1] + found[2] + found[3] + found[4]
	if name == "hostname" || name == "HOSTNAME" {
		return true
	}
	return slices.ContainsFunc(c.Env(), func(env object.EnvVar) bool {
		return env.VarName() == name && slices.Contains([]string{"status.podIP", "status.podIPs", "metadata.name"}, env.FieldPath().V)
	})
}

var devTCP = lazyregexp.New(`/dev/tcp/([^/\s"']+)/`)

// deviceTCP is a word of a container's command line with bash's own file of a connection.
func deviceTCP(c object.Container) (object.Field, bool) {
	for _, word := range commands.CommandLines(c)[0].Words {
		for _, at := range devTCP().FindAllStringSubmatchIndex(word.V, -1) {
			host := commands.Endpoint{Host: word.V[at[2]:at[3]]}
			if !host.ReachesItself() && !commands.CommentedOut(word.V, at[0]) {
				return word.Within(at[0], at[1]), true
			}
		}
	}
	return object.Field{}, false
}
