package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
)

func TestRequests(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string // METHOD host:port [Host], ? for a method that a variable decides
	}{
		{"curl http://a.com", []string{"GET a.com:80"}},
		{"curl a.com/x", []string{"GET a.com:80"}},
		{"curl -X POST localhost:15020/quitquitquit", []string{"POST localhost:15020"}},
		{"curl -XPOST http://a", []string{"POST a:80"}},
		{"curl -sSfX POST http://a", []string{"POST a:80"}},
		{"curl --request=post http://a", []string{"POST a:80"}},
		{"curl -d '' http://a", []string{"POST a:80"}},
		{"curl -sd x=y http://a", []string{"POST a:80"}},
		{"curl --data-raw x http://a -G", []string{"GET a:80"}},
		{"curl -G -d x http://a", []string{"GET a:80"}},
		{"curl --get --data x -X PUT http://a", []string{"PUT a:80"}},
		{"curl -I http://a", []string{"HEAD a:80"}},
		{"curl -T file http://a", []string{"PUT a:80"}},
		{"curl -X $METHOD http://a", []string{"? a:80"}},
		{"curl $OPTS http://a", []string{"? a:80"}},
		{`curl "$URL"`, nil},
		{"curl -o out.txt -m 5 --retry 3.5 -u user:pw http://a", []string{"GET a:80"}},
		{"curl http://a http://b:81", []string{"GET a:80", "GET b:81"}},
		{"curl --url http://a", []string{"GET a:80"}},
		{`curl 1.2.3.4 -H "Host: httpbin.default"`, []string{"GET 1.2.3.4:80 httpbin.default"}},
		{`curl -HHost:web http://1.2.3.4`, []string{"GET 1.2.3.4:80 web"}},
		{`curl -H "Accept: host" http://a`, []string{"GET a:80"}},
		{"wget -qO- http://a:8080", []string{"GET a:8080"}},
		{"wget -q -O - --header='Host: web' a:8080/x", []string{"GET a:8080 web"}},
		{"wget --post-data= http://a", []string{"POST a:80"}},
		{"wget --method=POST http://a", []string{"POST a:80"}},
		{"wget --spider a:80", []string{"HEAD a:80"}},
		{"http POST a:81/x b=c", []string{"POST a:81"}},
		{"http a.com b=c", []string{"POST a.com:80"}},
		{"http :15020/quitquitquit Host:web", []string{"GET localhost:15020 web"}},
		{"http --auth web:8080 http://a Host:other", []string{"GET a:80 other"}},
		{"http -a u:p --timeout=5 POST http://a", []string{"POST a:80"}},
		{"https a.com", []string{"GET a.com:443"}},
		{"timeout -k 1 5 env A=b curl http://a", []string{"GET a:80"}},
		{"/usr/bin/curl http://a", []string{"GET a:80"}},
		{`bash -c "sh -ec 'curl http://a'"`, []string{"GET a:80"}},
		{`sh script.sh -c "curl http://a"`, nil},
		{"exec su-exec nobody curl http://a", []string{"GET a:80"}},
		{"echo curl http://a", nil},
		{"curl", nil},
		{"curl -X", nil},
		{"http", nil},
	} {
		var got []string
		for _, c := range scriptCalls(CallWord{shellWord: shellWord{Text: test.text}}, object.Container{}, 0) {
			for _, r := range c.Requests() {
				if r.Method == "" {
					r.Method = "?"
				}
				got = append(got, strings.TrimSpace(r.Method+" "+r.Target.String()+" "+r.Host))
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.text, diff)
		}
	}
}

func TestUnwrapEnds(t *testing.T) {
	for _, text := range []string{"env", "timeout 5", "xargs -n", "exec env A=b nice -n 3", strings.Repeat("env ", 5000)} {
		if calls := scriptCalls(CallWord{shellWord: shellWord{Text: text}}, object.Container{}, 0); len(calls) != 0 {
			t.Errorf("%.20s: %d calls, want none", text, len(calls))
		}
	}
	// Shells within shells end somewhere.
	if calls := scriptCalls(CallWord{shellWord: shellWord{Text: strings.Repeat("sh -c ", 50) + "x"}}, object.Container{}, 0); len(calls) > 1 {
		t.Errorf("%d calls", len(calls))
	}
}

func TestNginxProxies(t *testing.T) {
	const conf = `
# proxy_pass http://comment; proxy_set_header Host comment;
upstream group { server web.back:8080; server web2:8080 weight=2; }
server {
  proxy_set_header Host outer.com;
  location /inherits { proxy_pass http://a; }
  location /own { proxy_set_header "Host" own.com; proxy_pass http://b/$1; }
  location /other { proxy_set_header X-Real-IP $remote_addr; proxy_pass http://c; }
  location ~ ^/(x|y)$ { if ($a = "}") { proxy_pass http://${d}; } }
}
server { location / { proxy_pass http://group; } }
server { location / { proxy_pass http://open;`
	var got []string
	for _, p := range NginxProxies(conf) {
		for _, w := range []NginxWord{p.To, p.Host} {
			if conf[w.Start:w.End] != w.Text {
				t.Errorf("%q stands where %q was read", conf[w.Start:w.End], w.Text)
			}
		}
		var servers []string
		for _, w := range p.Servers {
			servers = append(servers, w.Text)
		}
		got = append(got, p.To.Text+" "+p.Host.Text+" "+strings.Join(servers, ","))
	}
	want := []string{
		"http://a outer.com ", "http://b/$1 own.com ", "http://c  ", "http://${d} outer.com ",
		"http://group  web.back:8080,web2:8080", "http://open  ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"", "}", "}}}{{{", `"`, "proxy_pass", strings.Repeat("{", 1<<18),
		strings.Repeat("{", 1<<18) + strings.Repeat("proxy_pass http://a;", 1<<15) + strings.Repeat("}", 1<<18), "a " + strings.Repeat("${", 1<<18) + strings.Repeat("}", 1<<18)} {
		NginxProxies(text) // must end
	}
}
