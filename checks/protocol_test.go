package checks

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// table reads one of the tables that were taken from Istio's code.
func table(t *testing.T, name string, into any) {
	t.Helper()
	sourcetest.JSON(t, "data/istio-cases/tables/"+name, into)
}

func TestParseProtocol(t *testing.T) {
	tests := []struct {
		name  string
		istio string
		want  Protocol
	}{
		{"http", "", HTTP}, {"HTTP-web", "", HTTP}, {"http2", "", HTTP2}, {"http2foo", "", Unsupported},
		{"grpc-web", "", GRPCWeb}, {"grpc-webx", "", GRPCWeb}, {"grpcweb", "", Unsupported}, {"grpc-x", "", GRPC},
		{"http_proxy", "", HTTPProxy}, {"", "", Unsupported}, {"metrics", "", Unsupported}, {"mongo-db", "", Mongo},
		{"thrift", "", Unsupported}, {"thrift", "1.13", Thrift}, {"thrift", "1.14", Unsupported},
	}
	for _, tt := range tests {
		if got := ParseProtocol(tt.name, &Mesh{Istio: tt.istio}); got != tt.want {
			t.Errorf("ParseProtocol(%q) for Istio %q = %s, want %s", tt.name, tt.istio, got, tt.want)
		}
	}
	if got := ParseAppProtocol("kubernetes.io/h2c", &Mesh{Istio: "1.18"}); got != Unsupported {
		t.Errorf("Istio 1.18 reads kubernetes.io/h2c as %s, want %s", got, Unsupported)
	}
	if got := ParseAppProtocol("kubernetes.io/H2C", nil); got != Unsupported {
		t.Errorf("kubernetes.io/H2C is read as %s; Istio compares letter by letter", got)
	}
}

// TestParseAsIstio runs the rows of Istio's own TestParse.
func TestParseAsIstio(t *testing.T) {
	var file struct {
		Rows []struct{ Input, Want string }
	}
	table(t, "protocol_parse.json", &file)
	tunnels := 0
	for _, row := range file.Rows {
		if strings.EqualFold(row.Input, "hbone") {
			tunnels++ // Istio's own tunnel, which nobody declares for an application
			continue
		}
		if got := ParseProtocol(row.Input, nil); string(got) != row.Want {
			t.Errorf("ParseProtocol(%q) = %s, Istio says %s", row.Input, string(got), row.Want)
		}
	}
	if len(file.Rows) != 27 || tunnels != 1 {
		t.Errorf("%d rows, %d of them of the tunnel, and 27 and 1 are expected", len(file.Rows), tunnels)
	}
	t.Logf("%d rows, %d more of the tunnel", len(file.Rows)-tunnels, tunnels)
}

type conversion struct {
	Port             int64
	Name, PortName   string
	Protocol         string
	AppProtocol      *string
	Want             string
	IstioProtocol    string `json:"istio_protocol"`
	IsHTTP           bool   `json:"is_http"`
	IsTCP            bool   `json:"is_tcp"`
	IsTLS            bool   `json:"is_tls"`
	UnusedAutoDetect bool   `json:"auto_detect"`
}

// protocolsIn is what one release of Istio knows of protocols.
type protocolsIn struct {
	Names       []string
	AppProtocol []string `json:"app_protocol_standard"`
	WellKnown   []int64  `json:"well_known_tcp_ports"`
}

// protocolsByVersion reads them, HEAD as the newest release.
func protocolsByVersion(t *testing.T) map[string]protocolsIn {
	t.Helper()
	var versions map[string]protocolsIn
	table(t, "protocol_names_by_version.json", &versions)
	if len(versions) < 25 {
		t.Fatalf("only %d releases", len(versions))
	}
	versions[NewestIstio] = versions["HEAD"]
	delete(versions, "HEAD")
	return versions
}

// TestConvertAsIstio compares with what Istio's ConvertProtocol gives: each row, for each release. The rows are of HEAD; other
// releases differ in the names and in the values of appProtocol that they know, and in nothing else.
func TestConvertAsIstio(t *testing.T) {
	versions := protocolsByVersion(t)
	head := versions[NewestIstio]
	compared, other := 0, 0
	for file, rowsThere := range map[string]int{"convert_protocol.json": 9, "convert_protocol_extended.json": 778} {
		var rows struct{ Rows []conversion }
		table(t, file, &rows)
		if len(rows.Rows) != rowsThere {
			t.Errorf("%s has %d rows, and %d are expected", file, len(rows.Rows), rowsThere)
		}
		for _, row := range rows.Rows {
			name, want := row.Name, row.IstioProtocol
			if want == "" { // in the table of Istio's own test, name is the test's
				name, want = row.PortName, row.Want
			}
			port := servicePort(row.Port, name, row.Protocol, row.AppProtocol)
			for version, knows := range versions {
				want := want
				if row.Protocol != "UDP" {
					declared := name
					if row.AppProtocol != nil {
						declared = *row.AppProtocol
					}
					want = knows.convert(head, row, declared, want)
				}
				got, truth := (&Pass{Mesh: &Mesh{Istio: version}}).Protocol(port)
				if compared++; !truth.True() || string(got) != want {
					t.Errorf("%s: port %d, name %q, protocol %q, appProtocol %v: got %s, Istio %s says %s",
						file, row.Port, name, row.Protocol, row.AppProtocol, string(got), version, want)
				}
				if version != NewestIstio && want != row.IstioProtocol && row.IstioProtocol != "" {
					other++
				}
			}
			if got, _ := (&Pass{Mesh: &Mesh{}}).Protocol(port); string(got) != want {
				t.Errorf("%s: port %d, name %q, appProtocol %v: without a target %s, Istio says %s", file, row.Port, name, row.AppProtocol, string(got), want)
			} else if row.IstioProtocol != "" {
				f := got.Family()
				if row.IsHTTP != (f == FamilyHTTP) || row.IsTLS != (f == FamilyTLS) || row.IsTCP && f != FamilyTCP && f != FamilyTLS {
					t.Errorf("%s is of family %s; Istio says http %v, tcp %v, tls %v", got, f, row.IsHTTP, row.IsTCP, row.IsTLS)
				}
			}
		}
		t.Logf("%s: %d rows, each for %d releases", file, len(rows.Rows), len(versions))
	}
	t.Logf("%d conversions compared; in %d an old release differs from the newest", compared, other)
	if other == 0 {
		t.Error("no row differs by release: the table lost those that do")
	}
}

// convert is what a release makes of a row, by what HEAD makes of it: a name or a value of appProtocol that it does not know
// counts as any other text, and one that only it knows as what it says.
func (in protocolsIn) convert(head protocolsIn, row conversion, declared, want string) string {
	prefix, _, _ := strings.Cut(strings.ToLower(declared), "-")
	standard := row.AppProtocol != nil && slices.Contains(head.AppProtocol, declared) && !slices.Contains(in.AppProtocol, declared)
	switch {
	case prefix == "thrift" && slices.Contains(in.Names, prefix):
		return string(Thrift)
	case standard && slices.Contains(in.WellKnown, row.Port):
		return string(TCP)
	case standard:
		return string(Unsupported)
	}
	return want
}

// TestNamesByVersion compares the names of each version with those read in Istio's
// tags.
func TestNamesByVersion(t *testing.T) {
	versions := protocolsByVersion(t)
	for version, facts := range versions {
		mesh := &Mesh{Istio: version}
		known := map[string]bool{}
		for _, name := range facts.Names {
			known[name] = true
			if _, ours := protocolNames[name]; !ours {
				t.Errorf("Istio %s knows %q, and the table does not", version, name)
			}
		}
		for name := range protocolNames {
			if got := ParseProtocol(name, mesh) != Unsupported; got != known[name] {
				t.Errorf("Istio %s: %q known: %v, want %v", version, name, got, known[name])
			}
		}
		standard := map[string]bool{}
		for _, text := range facts.AppProtocol {
			standard[text] = true
			if _, ours := AppProtocols[text]; !ours {
				t.Errorf("Istio %s knows appProtocol %q, and the table does not", version, text)
			}
		}
		for text := range AppProtocols {
			if got := ParseAppProtocol(text, mesh) != Unsupported; got != standard[text] {
				t.Errorf("Istio %s: appProtocol %q known: %v, want %v", version, text, got, standard[text])
			}
		}
		if got := slices.Sorted(maps.Keys(wellKnownTCP)); !slices.Equal(got, slices.Sorted(slices.Values(facts.WellKnown))) {
			t.Errorf("Istio %s takes %v for TCP, the table has %v", version, facts.WellKnown, got)
		}
	}
	t.Logf("%d releases", len(versions))
}

// servicePort builds the view of the only port of a Service.
func servicePort(number int64, name, protocol string, app *string) object.ServicePort {
	scalar := func(kind object.Kind, text string) *object.Node { return &object.Node{Kind: kind, Text: text} }
	port := &object.Node{Kind: object.Map, Entries: []object.Entry{
		{Key: "port", Value: scalar(object.Int, strconv.FormatInt(number, 10))},
	}}
	add := func(key, text string) {
		port.Entries = append(port.Entries, object.Entry{Key: key, Value: scalar(object.String, text)})
	}
	if name != "" {
		add("name", name)
	}
	if protocol != "" {
		add("protocol", protocol)
	}
	if app != nil {
		add("appProtocol", *app)
	}
	list := &object.Node{Kind: object.List, Items: []*object.Node{port}}
	spec := &object.Node{Kind: object.Map, Entries: []object.Entry{{Key: "ports", Value: list}}}
	svc, _ := object.AsService(&object.Object{
		APIVersion: "v1", Kind: "Service", Name: "s",
		Tree: &object.Node{Kind: object.Map, Entries: []object.Entry{{Key: "spec", Value: spec}}},
	})
	return svc.Ports()[0]
}
