package checks

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// quitEndpointWrong finds requests that mean to end the sidecar and do not reach it.
var quitEndpointWrong = &Check{
	ID: "MESH642", Name: "quit-endpoint-wrong", Severity: Warning,
	Summary: "The request that ends a sidecar must be POST http://127.0.0.1:15020/quitquitquit",
	Advice:  "send it as: curl -fsS -X POST http://127.0.0.1:15020/quitquitquit",
	Modes:   []Mode{Sidecar},
	Run: func(p *Pass) {
		for _, w := range p.Workloads() {
			if !p.Enrolled(w).Sidecar() {
				continue
			}
			for _, c := range calls(p, w, quitPath) {
				quitCall(p, w, c)
			}
		}
	},
}

// quitCall looks at a call that has the path of the request in it.
func quitCall(p *Pass, w *object.Workload, c call) {
	if c.program() == "pilot-agent" {
		quitByAgent(p, c)
		return
	}
	requests := c.requests()
	for _, r := range requests {
		if strings.Contains(r.url.text, quitPath) {
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

func quitRequest(p *Pass, w *object.Workload, r request) {
	if otherQuit(w, r) {
		return
	}
	if r.target.plain && r.url.plain {
		quitTarget(p, w, r.target, r.url)
	}
	if r.method != "" && r.method != "POST" {
		p.Report(r.url, "%s sends the request to quit as %s: the sidecar takes POST alone and answers 405", r.program(), r.method)
	}
}

// quitTarget reports an address at which no sidecar takes the request.
func quitTarget(p *Pass, w *object.Workload, to endpoint, at callWord) {
	if !to.reachesItself() {
		p.Report(at, "the request to quit goes to %s: the sidecar takes it at 127.0.0.1:15020 alone", to)
		return
	}
	if written := strings.Contains(at.text, ":"+strconv.Itoa(to.port)); !written || to.port == 0 {
		p.Report(at, "the request to quit has no port: the sidecar takes it at 127.0.0.1:15020 alone")
		return
	}
	status := w.PodAnnotation("status.sidecar.istio.io/port")
	if !slices.Contains(quitPorts, to.port) && status.V != strconv.Itoa(to.port) {
		if status.Unknown() {
			p.Open(status)
			return
		}
		p.Report(at, "the request to quit goes to port %d: the sidecar takes it at 127.0.0.1:15020 alone", to.port)
		return
	}
	switch path := pathOf(at.text); {
	case to.scheme == "https":
		p.Report(at, "the request to quit is sent with TLS: the sidecar takes it in plain text alone")
	case path != "/"+quitPath:
		p.Report(at, "the request to quit asks for the path %s: the sidecar knows /%s alone and answers 404", path, quitPath)
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
func quitByAgent(p *Pass, c call) {
	if len(c.words) < 4 || c.words[1].text != "request" || !c.words[2].plain {
		return
	}
	if method := strings.ToUpper(c.words[2].text); method != "POST" {
		p.Report(c.words[2], "pilot-agent sends the request to quit as %s: the sidecar takes POST alone and answers 405", method)
	}
}

// otherQuit says whether a request is meant for another program of the pod than the
// sidecar: its port is that of one, or a container declares it.
func otherQuit(w *object.Workload, r request) bool {
	if slices.Contains(otherQuitPorts, r.target.port) {
		return true
	}
	for _, c := range w.Containers() {
		for _, port := range c.Ports() {
			if !proxyContainer(c.Name) && port.Number.V == int64(r.target.port) && port.Number.OK {
				return true
			}
		}
	}
	return false
}

var quitURLs = lazily(`https?://[^\s"'` + "`" + `()<>]*/` + quitPath + `/*`)

// quitURL looks at the URLs in the words of a program whose options are not known: a
// script of Python, say. Of the method it knows nothing.
func quitURL(p *Pass, w *object.Workload, c call) {
	for _, word := range c.words {
		for _, at := range quitURLs().FindAllStringIndex(word.text, -1) {
			if commentedOut(word.text, at[0]) {
				continue
			}
			url := word.cut(at[0], at[1])
			e, ok := parseURL(url.text)
			r := request{call: c, target: e, url: url}
			if ok && e.plain && !otherQuit(w, r) {
				quitTarget(p, w, e, r.url)
			}
		}
	}
}
