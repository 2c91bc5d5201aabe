package lifecycle

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// quitEndpointWrong finds requests that mean to end the sidecar and do not reach it.
var quitEndpointWrong = &checks.Check{
	ID: "MESH642", Name: "quit-endpoint-wrong", Severity: checks.Warning,
	Summary: "The request that ends a sidecar must be POST http://127.0.0.1:15020/quitquitquit",
	Advice:  "send it as: curl -fsS -X POST http://127.0.0.1:15020/quitquitquit",
	Modes:   []checks.Mode{checks.Sidecar},
	Run: func(p *checks.Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() {
				continue
			}
			for _, c := range running.Calls(p, w, quitPath) {
				quitCall(p, w, c)
			}
		}
	},
}

// quitCall looks at a call that has the path of the request in it.
func quitCall(p *checks.Pass, w *object.Workload, c commands.Call) {
	if c.Program() == "pilot-agent" {
		quitByAgent(p, c)
		return
	}
	requests := c.Requests()
	for _, r := range requests {
		if strings.Contains(r.URL.Text, quitPath) {
			quitRequest(p, w, r)
		}
	}
	if len(requests) == 0 {
		quitURL(p, w, c)
	}
}

const quitPath = "quitquitquit"

// quitPorts are where the request is taken: the agent's status port and Envoy's
// admin port. Source: istio/istio pilot/cmd/pilot-agent/status/server.go handleQuit
// (403 unless from localhost, 405 unless POST) and Run (http.ServeMux, so that no path but
// /quitquitquit itself is known; without TLS).
var quitPorts = []int{15020, 15000}

// otherQuitPorts are the ports on which other programs beside an application take a
// request of the same path. Source: the manuals of Cloud SQL Auth Proxy and AlloyDB
// Auth Proxy (9091), and of Envoy as one runs it oneself (9901).
var otherQuitPorts = []int{9091, 9901}

func quitRequest(p *checks.Pass, w *object.Workload, r commands.Request) {
	if otherQuit(w, r) {
		return
	}
	if r.Target.Plain && r.URL.Plain {
		quitTarget(p, w, r.Target, r.URL)
	}
	if r.Method != "" && r.Method != "POST" {
		p.Report(r.URL, "%s sends the request to quit as %s: the sidecar accepts only POST and answers 405", r.Program(), r.Method)
	}
}

// quitTarget reports an address at which no sidecar takes the request.
func quitTarget(p *checks.Pass, w *object.Workload, to commands.Endpoint, at commands.CallWord) {
	if !to.ReachesItself() {
		p.Report(at, "the request to quit goes to %s: the sidecar accepts it only at 127.0.0.1:15020", to)
		return
	}
	if written := strings.Contains(at.Text, ":"+strconv.Itoa(to.Port)); !written || to.Port == 0 {
		p.Report(at, "the request to quit has no port: the sidecar accepts it only at 127.0.0.1:15020")
		return
	}
	status := w.PodAnnotation("status.sidecar.istio.io/port")
	if !slices.Contains(quitPorts, to.Port) && status.V != strconv.Itoa(to.Port) {
		if status.Unknown() {
			p.Undecided(status)
			return
		}
		p.Report(at, "the request to quit goes to port %d: the sidecar accepts it only at 127.0.0.1:15020", to.Port)
		return
	}
	switch path := pathOf(at.Text); {
	case to.Scheme == "https":
		p.Report(at, "the request to quit is sent with TLS: the sidecar accepts it only in plain text")
	case path != "/"+quitPath:
		p.Report(at, "the request to quit uses the path %s: the sidecar knows only /%s and answers 404", path, quitPath)
	}
}

// pathOf is the path of a URL, without its query.
func pathOf(url string) string {
	_, rest, found := strings.Cut(url, "://")
	if !found {
		rest = url
	}
	if end := strings.IndexAny(rest, "?#"); end >= 0 {
		rest = rest[:end]
	}
	_, path, _ := strings.Cut(rest, "/")
	return "/" + path
}

// quitByAgent looks at the agent's own command, which knows the address: pilot-agent
// request METHOD PATH.
func quitByAgent(p *checks.Pass, c commands.Call) {
	if len(c.Words) < 4 || c.Words[1].Text != "request" || !c.Words[2].Plain {
		return
	}
	if method := strings.ToUpper(c.Words[2].Text); method != "POST" {
		p.Report(c.Words[2], "pilot-agent sends the request to quit as %s: the sidecar accepts only POST and answers 405", method)
	}
}

// otherQuit reports whether a request is meant for another program of the pod than the
// sidecar: its port is that of one, or a container declares it.
func otherQuit(w *object.Workload, r commands.Request) bool {
	if slices.Contains(otherQuitPorts, r.Target.Port) {
		return true
	}
	for _, c := range w.Containers() {
		for _, port := range c.Ports() {
			if !checks.ProxyContainer(c.Name) && port.Number.V == int64(r.Target.Port) && port.Number.OK {
				return true
			}
		}
	}
	return false
}

var quitURLs = lazyregexp.New(`https?://[^\s"'` + "`" + `()<>]*/` + quitPath + `/*`)

// quitURL looks at the URLs in the words of a program whose options are not known: a
// script of Python, say. Of the method it knows nothing.
func quitURL(p *checks.Pass, w *object.Workload, c commands.Call) {
	for _, word := range c.Words {
		for _, at := range quitURLs().FindAllStringIndex(word.Text, -1) {
			if commands.CommentedOut(word.Text, at[0]) {
				continue
			}
			url := word.Cut(at[0], at[1])
			e, ok := commands.ParseURL(url.Text)
			r := commands.Request{Call: c, Target: e, URL: url}
			if ok && e.Plain && !otherQuit(w, r) {
				quitTarget(p, w, e, r.URL)
			}
		}
	}
}
