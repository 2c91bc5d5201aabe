package capture

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
)

// TestListens says which settings name a port to listen on, and which a number of another kind.
func TestListens(t *testing.T) {
	for _, c := range []struct{ container, want string }{
		{`args: ["--port=1", "--http-port", "2", "-Dserver.port=3", "--metrics.bind-address=:4", "--listen=0.0.0.0:5", "--listen", "[::]:6"]`,
			"--port 1, --http-port 2, -Dserver.port 3, --metrics.bind-address 4, --listen 5, --listen 6"},
		{`env: [{name: PORT, value: "1"}, {name: httpPort, value: "2"}, {name: LISTEN_ADDR, value: "tcp://:3"}]`, "PORT 1, httpPort 2, LISTEN_ADDR 3"},
		{`env: [{name: HTTP_HOST, valueFrom: {fieldRef: {fieldPath: status.podIP}}}, {name: HTTP_PORT, value: "1"}]`, "HTTP_PORT 1"},
		{`env: [{name: DB_HOST, value: db}, {name: DB_PORT, value: "1"}, {name: PORT, value: "2"}]`, "PORT 2"},
		{`args: ["--db-host=db", "--db-port=1", "--port=2"]`, "--port 2"},
		{`args: ["--host", "db", "--port", "1"]`, ""},
		{`args: ["--host", "0.0.0.0", "--port", "1"]`, "--port 1"},
		{`command: [sh, -c, "serve --port 1 & exec psql --port 2"]`, "--port 1"},
		{`command: [sh, -c, "serve --port $PORT"]`, ""},
		{`command: [curl, --port, "1", "http://a"]`, ""},
		{`args: ["--port", "$(PORT)", "--listen=$(POD_IP):1"]`, ""},
		{`args: ["--listen=127.0.0.1:1", "--bind=localhost:2", "--listen=unix:///run/a.sock"]`, ""},
		{`args: ["1", "-p", "2", "--report=3", "--transport", "4", "--port"]`, ""},
		{`args: ["--proxy-port=1", "--envoy.port=2", "--remotePort=3"]`, ""},
		{`args: ["--metrics-addr=:1", "--health-addr", "0.0.0.0:2", "-addr=[::]:3", "--web.address=*:4"]`, "--metrics-addr 1, --health-addr 2, -addr 3, --web.address 4"},
		{`env: [{name: METRICS_ADDR, value: ":1"}, {name: METRICS_PORT, value: "2"}]`, "METRICS_ADDR 1, METRICS_PORT 2"},
		{`args: ["--addr=1", "--addr=db:2", "--addr=127.0.0.1:3", "--upstream-addr=:4", "--advertise-address=0.0.0.0:5", "--mac-address=::6", "--addr=:x"]`, ""},
		{`env: [{name: REPORT, value: "1"}, {name: WEB_SERVICE_PORT, value: "2"}, {name: PORT, value: http}]`, ""},
	} {
		text := "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: a\n      image: a\n      " + c.container + "\n"
		p := capturePass(t, &checks.Mesh{}, text)
		var got []string
		for _, l := range listens(p.Workloads()[0].Containers()[0]) {
			got = append(got, fmt.Sprint(l.name, " ", l.number))
		}
		if have := strings.Join(got, ", "); have != c.want {
			t.Errorf("%s: %q, want %q", c.container, have, c.want)
		}
	}
}
