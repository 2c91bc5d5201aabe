package checks

import "sync"

// speaker says who sends the first bytes of a connection.
type speaker uint8

const (
	clientSpeaks speaker = iota
	serverSpeaks         // and the client waits for them
	bothSpeak            // both at once: nobody waits
)

// wireProtocol is a protocol over TCP that is not HTTP.
type wireProtocol struct {
	name  string
	first speaker
	// listed says that Istio's page names it as server first, whoever speaks first.
	listed bool
	// ports are the container ports on which its software speaks it, unless it is
	// told otherwise.
	ports []int64
	// usual are the ports whose number by itself is evidence: nobody puts anything
	// else there.
	usual []int64
	// software are the servers that speak it, by the whole last part of their image's
	// name, which their labels repeat. Whole names only: mysqld-exporter,
	// mysql-operator and phpmyadmin are none of them.
	software []string
	// words are those in names of ports that stand for it or for its software.
	words []string
	// source is who says who speaks first, and on which ports.
	source string
}

// wireIndex finds a protocol by what an input shows of it.
type wireIndex struct {
	byNumber   map[int64]*wireProtocol            // by the number alone
	bySoftware map[string]map[int64]*wireProtocol // by image and number
	byWord     map[string][]*wireProtocol
}

// wire is the index of all protocols of the tables.
var wire = sync.OnceValue(func() *wireIndex {
	x := &wireIndex{map[int64]*wireProtocol{}, map[string]map[int64]*wireProtocol{}, map[string][]*wireProtocol{}}
	for _, table := range [][]wireProtocol{serverFirstProtocols, listedByIstio, clientFirstProtocols} {
		for i := range table {
			x.add(&table[i])
		}
	}
	return x
})

func (x *wireIndex) add(pr *wireProtocol) {
	for _, n := range pr.usual {
		x.byNumber[n] = pr
	}
	for _, name := range pr.software {
		if x.bySoftware[name] == nil {
			x.bySoftware[name] = map[int64]*wireProtocol{}
		}
		for _, n := range pr.ports {
			x.bySoftware[name][n] = pr
		}
	}
	for _, word := range pr.words {
		x.byWord[word] = append(x.byWord[word], pr)
	}
}

// serverFirst says whether Istio's requirement for server-first protocols is about
// the protocol.
func (pr *wireProtocol) serverFirst() bool { return pr.first != clientSpeaks || pr.listed }

// tlsFirst are ports on which TLS begins at once, so that the client speaks first.
// Source: IANA; istio.io "Server First Protocols" (TLS is not server first).
var tlsFirst = map[int64]bool{
	465: true, 563: true, 636: true, 853: true, 989: true, 990: true, 993: true, 995: true,
	3269: true, 5223: true, 5671: true, 6697: true, 8883: true,
}

// otherWords are the words in names of ports that tell of something else than the
// server's own protocol.
var otherWords = []string{
	"metrics", "metric", "exporter", "prometheus", "prom", "monitoring", "monitor", "stats", "status", "health", "healthz", "probe",
	"admin", "api", "rest", "web", "ui", "webui", "http", "https", "grpc", "console", "dashboard", "tls", "ssl", "backup", "xtrabackup",
}

// sideTool matches images of what stands beside such a server and speaks something
// else. Source: the images of the exporters, operators and web interfaces.
var sideTool = lazily(`exporter|operator|backup|admin|adminer|express|dashboard|metrics|agent|controller|webhook|browser|webmail|roundcube`)
