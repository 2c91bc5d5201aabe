package checks

// grpcWebName is the one protocol name with a hyphen in it.
const grpcWebName = "grpc-web"

// protocolNames are the names that declare a protocol, in lower case, and the
// version in which Istio forgot them. Source: istio/istio pkg/config/protocol/
// instance.go, function Parse, read at the last patch of every minor 1.7 .. 1.32.
var protocolNames = map[string]struct {
	protocol Protocol
	gone     string
}{
	"tcp":        {protocol: TCP},
	"udp":        {protocol: UDP},
	"grpc":       {protocol: GRPC},
	"grpc-web":   {protocol: GRPCWeb},
	"http":       {protocol: HTTP},
	"http_proxy": {protocol: HTTPProxy},
	"http2":      {protocol: HTTP2},
	"https":      {protocol: HTTPS},
	"tls":        {protocol: TLS},
	"mongo":      {protocol: Mongo},
	"redis":      {protocol: Redis},
	"mysql":      {protocol: MySQL},
	"thrift":     {protocol: Thrift, gone: "1.14"},
}

// AppProtocols are Kubernetes' standard values of appProtocol and the first Istio
// that reads them. Source: istio/istio pkg/config/kube/conversion.go (1.19.10,
// 1.24.6) and KEP-3726.
var AppProtocols = map[string]struct {
	Protocol Protocol
	Since    string
}{
	"kubernetes.io/h2c": {HTTP2, "1.19"},
	"kubernetes.io/ws":  {HTTP, "1.24"},
	"kubernetes.io/wss": {HTTPS, "1.24"},
}

// wellKnownTCP are the Service ports which Istio takes for TCP when nothing declares
// their protocol, since their servers speak first. Source: istio/istio pkg/config/
// kube/conversion.go, all versions.
var wellKnownTCP = map[int64]string{25: "SMTP", 53: "DNS", 3306: "MySQL", 27017: "MongoDB"}

// TakenForTCP reports whether Istio takes a Service port of a number for TCP where nothing
// declares its protocol.
func TakenForTCP(number int64) bool {
	_, is := wellKnownTCP[number]
	return is
}

// families tells how Envoy is set up for a protocol. Source: istio/istio pkg/config/
// protocol/instance.go, IsHTTP, IsTCP and IsTLS.
var families = map[Protocol]Family{
	HTTP: FamilyHTTP, HTTP2: FamilyHTTP, HTTPProxy: FamilyHTTP, GRPC: FamilyHTTP, GRPCWeb: FamilyHTTP,
	HTTPS: FamilyTLS, TLS: FamilyTLS,
	TCP: FamilyTCP, Mongo: FamilyTCP, Redis: FamilyTCP, MySQL: FamilyTCP, Thrift: FamilyTCP,
	UDP: FamilyUDP,
}
