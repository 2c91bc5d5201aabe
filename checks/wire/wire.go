// Package wire knows which protocols software speaks that is not HTTP, and who speaks first, and on which
// ports replicas call each other. In: a port of a Service and the workload behind it, or an image. Out: the protocol, with the
// evidence for it (image, port number, name), or the ports.
package wire

import (
	"sync"

	"github.com/mesh-check/mesh-check/checks/lazyregexp"
)

// Speaker says who sends the first bytes of a connection.
type Speaker uint8

// Who speaks first.
const (
	ClientSpeaks Speaker = iota
	ServerSpeaks         // and the client waits for them
	BothSpeak            // both at once: nobody waits
)

// Protocol is a protocol over TCP that is not HTTP.
type Protocol struct {
	Name  string
	First Speaker
	// Listed says that Istio's page names it as server first, whoever speaks first.
	Listed bool
	// ports are the container ports on which its software speaks it, unless it is
	// configured otherwise.
	ports []int64
	// usual are the ports whose number by itself is evidence: nobody puts anything
	// else there.
	usual []int64
	// software are the servers that speak it, by the whole last part of their image's
	// name, which their labels repeat. Whole names only: mysqld-exporter,
	// mysql-operator and phpmyadmin are none of them.
	software []string
	// Words are those in names of ports that stand for it or for its software.
	Words []string
	// source is who says who speaks first, and on which ports.
	source string
}

// index finds a protocol by what an input shows of it.
type index struct {
	byNumber   map[int64]*Protocol            // by the number alone
	bySoftware map[string]map[int64]*Protocol // by image and number
	byWord     map[string][]*Protocol
}

// protocols is the index of all protocols of the tables.
var protocols = sync.OnceValue(func() *index {
	x := &index{map[int64]*Protocol{}, map[string]map[int64]*Protocol{}, map[string][]*Protocol{}}
	for _, table := range [][]Protocol{serverFirstProtocols, listedByIstio, ClientFirstProtocols} {
		for i := range table {
			x.add(&table[i])
		}
	}
	return x
})

func (x *index) add(pr *Protocol) {
	for _, n := range pr.usual {
		x.byNumber[n] = pr
	}
	for _, name := range pr.software {
		if x.bySoftware[name] == nil {
			x.bySoftware[name] = map[int64]*Protocol{}
		}
		for _, n := range pr.ports {
			x.bySoftware[name][n] = pr
		}
	}
	for _, word := range pr.Words {
		x.byWord[word] = append(x.byWord[word], pr)
	}
}

// ServerFirst reports whether Istio's requirement for server-first protocols is about
// the protocol.
func (pr *Protocol) ServerFirst() bool { return pr.First != ClientSpeaks || pr.Listed }

// tlsFirst are ports on which TLS begins at once, so that the client speaks first.
// Source: IANA; istio.io "Server First Protocols" (TLS is not server first).
var tlsFirst = map[int64]bool{
	465: true, 563: true, 636: true, 853: true, 989: true, 990: true, 993: true, 995: true,
	3269: true, 5223: true, 5671: true, 6697: true, 8883: true,
}

// otherWords are the words in names of ports that report something else than the
// server's own protocol.
var otherWords = []string{
	"metrics", "metric", "exporter", "prometheus", "prom", "monitoring", "monitor", "stats", "status", "health", "healthz", "probe",
	"admin", "api", "rest", "web", "ui", "webui", "http", "https", "grpc", "console", "dashboard", "tls", "ssl", "backup", "xtrabackup",
}

// sideTool matches images of what is beside such a server and speaks something
// else. Source: the images of the exporters, operators and web interfaces.
var sideTool = lazyregexp.New(`exporter|operator|backup|admin|adminer|express|dashboard|metrics|agent|controller|webhook|browser|webmail|roundcube`)
