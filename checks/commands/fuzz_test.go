package commands

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// FuzzTexts reads any text as everything that a text of a container may be. Nothing
// may panic, and no endpoint may hold more than a host and a port.
func FuzzTexts(f *testing.F) {
	for _, seed := range []string{
		"curl -sSfX POST -H 'Host: web' http://u:p@a.com:80/x?y | tee -a b && kill $(pgrep envoy)",
		"sh -c \"timeout 5 bash -ec 'wget --post-data= localhost:15020/quitquitquit'\"",
		"mongodb://u:p@a:1,b:2/db,http://[::1]:80 ${HOST:-web}:80 10.1.2.3:99999 http :80 Host:x",
		"server { location / { proxy_set_header Host a; proxy_pass http://${b}/; } } # c",
		"env -u A B=c xargs -n 1 -- curl --url=a.b --header \"Host:", "cat <<EOF\n`$((1\nEOF",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range TextCalls(object.Str{V: text}, object.Container{}) {
			_ = c.Requests()
		}
		_ = NginxProxies(text)
		for _, e := range append(URLs(WithoutComments(text)), HostPorts(text)...) {
			if e.Host == "" || len(e.Host) > maxHost || e.Port < 0 || e.Port > 65535 || e.Plain && strings.ContainsAny(e.Host, "@/?# \t") {
				t.Errorf("%q gives %+v", text, e)
			}
		}
	})
}
