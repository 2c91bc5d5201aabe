package checks

import (
	"strconv"
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
	if len(file.Rows) < 20 {
		t.Fatalf("only %d rows", len(file.Rows))
	}
	for _, row := range file.Rows {
		if row.Input == "HBONE" || row.Input == "HBone" || row.Input == "hbone" {
			continue // no protocol of a Service port
		}
		if got := ParseProtocol(row.Input, nil); string(got) != row.Want {
			t.Errorf("ParseProtocol(%q) = %s, Istio says %s", row.Input, string(got), row.Want)
		}
	}
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

// TestConvertAsIstio compares with what Istio's ConvertProtocol really gave.
func TestConvertAsIstio(t *testing.T) {
	for file, least := range map[string]int{"convert_protocol.json": 9, "convert_protocol_extended.json": 700} {
		var rows struct{ Rows []conversion }
		table(t, file, &rows)
		if len(rows.Rows) < least {
			t.Fatalf("%s: only %d rows", file, len(rows.Rows))
		}
		for _, row := range rows.Rows {
			name, want := row.Name, row.IstioProtocol
			if want == "" { // in the table of Istio's own test, name is the test's
				name, want = row.PortName, row.Want
			}
			port := servicePort(row.Port, name, row.Protocol, row.AppProtocol)
			p := &Pass{Mesh: &Mesh{}}
			got, truth := p.Protocol(port)
			if !truth.True() || string(got) != want {
				t.Errorf("%s: port %d, name %q, protocol %q, appProtocol %v: got %s, Istio says %s",
					file, row.Port, name, row.Protocol, row.AppProtocol, string(got), want)
			}
			if row.IstioProtocol != "" {
				f := got.Family()
				if row.IsHTTP != (f == FamilyHTTP) || row.IsTLS != (f == FamilyTLS) || row.IsTCP && f != FamilyTCP && f != FamilyTLS {
					t.Errorf("%s is of family %s; Istio says http %v, tcp %v, tls %v", got, f, row.IsHTTP, row.IsTCP, row.IsTLS)
				}
			}
		}
	}
}

// TestNamesByVersion compares the names of each version with those read in Istio's
// tags.
func TestNamesByVersion(t *testing.T) {
	var versions map[string]struct {
		Names       []string
		AppProtocol []string `json:"app_protocol_standard"`
		WellKnown   []int64  `json:"well_known_tcp_ports"`
	}
	table(t, "protocol_names_by_version.json", &versions)
	for version, facts := range versions {
		if version == "HEAD" {
			version = ""
		}
		mesh := &Mesh{Istio: version}
		known := map[string]bool{}
		for _, name := range facts.Names {
			known[name] = true
		}
		for name := range protocolNames {
			if got := ParseProtocol(name, mesh) != Unsupported; got != known[name] {
				t.Errorf("Istio %s: %q known: %v, want %v", version, name, got, known[name])
			}
		}
		standard := map[string]bool{}
		for _, text := range facts.AppProtocol {
			standard[text] = true
		}
		for text := range AppProtocols {
			if got := ParseAppProtocol(text, mesh) != Unsupported; got != standard[text] {
				t.Errorf("Istio %s: appProtocol %q known: %v, want %v", version, text, got, standard[text])
			}
		}
		if len(facts.WellKnown) != len(wellKnownTCP) {
			t.Errorf("Istio %s has %v as TCP ports", version, facts.WellKnown)
		}
	}
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
