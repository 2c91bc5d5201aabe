package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestURLs(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string // scheme host:port, with ? before those that are not plain
	}{
		{"https://api.stripe.com/v1", []string{"https api.stripe.com:443"}},
		{"HTTP://Web.Example.COM.:8080/x", []string{"http web.example.com:8080"}},
		{"see https://a.com/x, or (http://b.com).", []string{"https a.com:443", "http b.com:80"}},
		{`{"url":"https://a.com","other":'http://b.com:81'}`, []string{"https a.com:443", "http b.com:81"}},
		{"jdbc:mysql://db.prod:3307/app?useSSL=false", []string{"mysql db.prod:3307"}},
		{"amqp://user:pass@mq.example.net:5673/vhost", []string{"amqp mq.example.net:5673"}},
		{"mongodb://u:p@a.com:27017,b.com/db", []string{"mongodb a.com:27017", "mongodb b.com:27017"}},
		{"http://a.com:1,http://b.com:2", []string{"http a.com:1", "http b.com:2"}},
		{"http://[fd00::1]:80/x http://[::1]", []string{"http [fd00::1]:80", "http [::1]:80"}},
		{"http://$(HOST):$(PORT)/x", []string{"?http $(host):80"}},
		{"http://${HOST}/", []string{"?http ${host}:80"}},
		{"PLAINTEXT://kafka:9092,SSL://kafka.io:9093", []string{"plaintext kafka:9092", "ssl kafka.io:9093"}},
		{"unknown://name/x custom://host.com:99", []string{"custom host.com:99"}},
		{"file:///etc/x unix:///run/x.sock udp://1.2.3.4:514", nil},
		{"redis://user:1234/5@host", nil}, // the user is no host
		{"://", nil},
		{"http://", nil},
		{"http://-bad-/", nil},
		{"https://a.com/?next=https://b.com", []string{"https a.com:443"}},
		{"a://b://c://d:1", nil},
	} {
		var got []string
		for _, e := range URLs(test.text) {
			mark := ""
			if !e.Plain {
				mark = "?"
			}
			got = append(got, mark+e.Scheme+" "+e.String())
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("urls(%q): %s", test.text, diff)
		}
	}
}

// A text that nests URLs without end must not cost much time.
func TestURLsHostile(t *testing.T) {
	for _, text := range []string{strings.Repeat("a://", 1<<18), strings.Repeat("http://[", 1<<17), "http://" + strings.Repeat("a.", 1<<19) + "com"} {
		if found := URLs(text); len(found) > 1 {
			t.Errorf("%.20s…: %d endpoints", text, len(found))
		}
	}
}

func TestHostPorts(t *testing.T) {
	for text, want := range map[string]string{
		"db.prod:5432":                       "db.prod:5432",
		"a:1,b:2;c.com:3 d:4":                "a:1 b:2 c.com:3 d:4",
		"registry.io:5000/web":               "",
		"web":                                "",
		"12:30":                              "12:30",
		"host:port":                          "",
		"$(HOST):80":                         "",
		"zk-0.zk:2888:3888":                  "",
		"[fd00::1]:9090":                     "[fd00::1]:9090",
		"--flag":                             "",
		"sha256:0123456789abcdef0123":        "",
		"10.1.2.3:65536":                     "",
		"a sentence that ends with a colon:": "",
	} {
		var got []string
		for _, e := range HostPorts(text) {
			got = append(got, e.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("hostPorts(%q) = %q, want %q", text, got, want)
		}
	}
}

// What an endpoint says of a URL never holds its secrets.
func TestEndpointHoldsNoSecret(t *testing.T) {
	for _, text := range []string{
		"https://user:s3cret@a.com/x", "https://s3cret@a.com", "https://a.com/s3cret", "https://a.com?token=s3cret",
		"https://a.com#s3cret", "amqp://u:s3/cret@a.com:5672/", "amqp://u:s3cret@cret@a.com", "redis://:s3cret@a.com:6379/0",
		"mongodb://u:s3cret@a.com,b.com/", "https://s3cret:s3cret@[::1]:80",
	} {
		for _, e := range append(URLs(text), HostPorts(text)...) {
			if strings.Contains(e.String(), "s3") || strings.Contains(e.String(), "cret") {
				t.Errorf("%q gives %s", text, e)
			}
		}
	}
}
