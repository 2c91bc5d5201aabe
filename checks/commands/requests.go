package commands

import (
	"slices"
	"strings"
)

// Request is one HTTP request that a command line makes.
type Request struct {
	Call
	// Target is where it goes, and URL the word that says so.
	Target Endpoint
	URL    CallWord
	// Method is GET, POST, …; empty where a variable decides.
	Method string
	// Host is the value of a Host header that is set by hand, in the word Header.
	Host   string
	Header CallWord
}

// client says how to read the command line of an HTTP client.
type client struct {
	// short are the letters of options that take a value, long the names of those.
	short string
	long  []string
	// method, header and url name the options of these meanings.
	method, header, url []string
	// post are the options that make the request a POST, head and put likewise.
	post, head, put, get []string
}

// clients are the programs whose requests are read. Source: curl(1) of curl 8 and
// wget(1) of GNU Wget 1.24 and BusyBox.
var clients = map[string]client{
	"curl": {
		short: "AbcCdDeEFHKmoPQrtTuUwxXyYz",
		long: []string{
			"aws-sigv4", "cacert", "capath", "cert", "cert-type", "ciphers", "config", "connect-timeout", "connect-to",
			"cookie", "cookie-jar", "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "dns-servers",
			"dump-header", "engine", "expect100-timeout", "form", "form-string", "header", "interface", "ip-tos", "json", "keepalive-time",
			"key", "key-type", "limit-rate", "local-port", "max-filesize", "max-redirs", "max-time", "netrc-file",
			"noproxy", "output", "output-dir", "pass", "preproxy", "proto", "proto-default", "proto-redir", "proxy",
			"proxy-header", "proxy-user", "quote", "range", "rate", "referer", "request", "request-target", "resolve",
			"retry", "retry-delay", "retry-max-time", "socks4", "socks4a", "socks5", "socks5-hostname", "speed-limit",
			"speed-time", "stderr", "tls-max", "trace", "trace-ascii", "unix-socket", "upload-file", "url", "url-query",
			"user", "user-agent", "variable", "write-out",
		},
		method: []string{"-X", "--request"}, header: []string{"-H", "--header"}, url: []string{"--url"},
		post: []string{"-d", "--data", "--data-ascii", "--data-binary", "--data-raw", "--data-urlencode", "--json", "-F", "--form", "--form-string"},
		head: []string{"-I", "--head"}, put: []string{"-T", "--upload-file"}, get: []string{"-G", "--get"},
	},
	"wget": {
		short: "aABDeilIoOPQRtTUwX",
		long: []string{
			"body-data", "body-file", "ca-certificate", "ca-directory", "certificate", "connect-timeout", "dns-timeout",
			"header", "http-password", "http-user", "limit-rate", "load-cookies", "max-redirect", "method", "output-document",
			"output-file", "password", "post-data", "post-file", "private-key", "quota", "read-timeout", "referer",
			"timeout", "tries", "user", "user-agent", "wait", "waitretry",
		},
		method: []string{"--method"}, header: []string{"--header"},
		post: []string{"--post-data", "--post-file"}, head: []string{"--spider"},
	},
}

// Requests returns the requests of a call of curl, wget or HTTPie.
func (c Call) Requests() []Request {
	switch program := c.Program(); program {
	case "curl", "wget":
		return clients[program].requests(c)
	case "http", "https":
		return httpie(c)
	}
	return nil
}

// option is one option of a command line, or an operand (name is empty).
type option struct {
	name  string
	value CallWord
}

// options cuts the arguments of a client into options and operands.
func (cl client) options(args []CallWord) []option {
	var found []option
	for i := 0; i < len(args); i++ {
		word := args[i]
		next := func() CallWord {
			if i++; i < len(args) {
				return args[i]
			}
			return word
		}
		switch text := word.Text; {
		case text == "--":
			for _, operand := range args[i+1:] {
				found = append(found, option{"", operand})
			}
			return found
		case strings.HasPrefix(text, "--"):
			name, value, joined := strings.Cut(text, "=")
			switch {
			case joined:
				found = append(found, option{name, word.Cut(len(text)-len(value), len(text))})
			case slices.Contains(cl.long, text[2:]):
				found = append(found, option{text, next()})
			default:
				found = append(found, option{text, CallWord{}})
			}
		case len(text) > 1 && text[0] == '-':
			for j := 1; j < len(text); j++ { // letters may be together: -sSfX POST
				name := "-" + text[j:j+1]
				if !strings.Contains(cl.short, text[j:j+1]) {
					found = append(found, option{name, CallWord{}})
					continue
				}
				if value := strings.TrimPrefix(text[j+1:], "="); value != "" {
					found = append(found, option{name, word.Cut(len(text)-len(value), len(text))})
				} else {
					found = append(found, option{name, next()})
				}
				break
			}
		default:
			found = append(found, option{"", word})
		}
	}
	return found
}

// requests reads the command line of curl or wget: one request for each URL.
func (cl client) requests(c Call) []Request {
	base := Request{Call: c, Method: "GET"}
	explicit, sure, get := "", true, false
	var urls []CallWord
	for _, o := range cl.options(c.Words[1:]) {
		is := func(names []string) bool { return slices.Contains(names, o.name) }
		switch {
		case o.name == "" && !o.value.Plain && !strings.Contains(o.value.Text, "/"):
			sure = false // $OPTS may hold any option
		case o.name == "" || is(cl.url):
			urls = append(urls, o.value)
		case is(cl.method):
			explicit, sure = strings.ToUpper(o.value.Text), sure && o.value.Plain
		case is(cl.header):
			if host, ok := hostHeader(o.value.Text, ":"); ok {
				base.Host, base.Header = host, o.value
			}
		case is(cl.get):
			get = true
		case is(cl.post):
			base.Method = "POST"
		case is(cl.head):
			base.Method = "HEAD"
		case is(cl.put):
			base.Method = "PUT"
		}
	}
	if get { // wherever it is among the options
		base.Method = "GET"
	}
	if explicit != "" {
		base.Method = explicit
	}
	if !sure {
		base.Method = ""
	}
	return base.to(urls)
}

// httpieValues are the options of HTTPie that take the next word as their value. Source: httpie.io, "HTTPie CLI
// docs", options; `http --help` of 3.2.
var httpieValues = []string{
	"--auth", "-a", "--auth-type", "-A", "--boundary", "--cert", "--cert-key", "--cert-key-pass", "--ciphers", "--default-scheme",
	"--format-options", "--history-print", "-P", "--max-headers", "--max-redirects", "--output", "-o", "--pretty", "--print", "-p", "--proxy",
	"--raw", "--response-charset", "--response-mime", "--session", "--session-read-only", "--ssl", "--style", "-s", "--timeout", "--verify",
}

// httpie reads the command line of HTTPie: http [options] [METHOD] URL [items].
func httpie(c Call) []Request {
	base := Request{Call: c, Method: "GET"}
	var operands []CallWord
	taken := false // as the value of the option before
	for _, w := range c.Words[1:] {
		switch {
		case taken:
			taken = false
		case slices.Contains(httpieValues, w.Text):
			taken = true
		case !strings.HasPrefix(w.Text, "-"):
			operands = append(operands, w)
		}
	}
	if len(operands) > 0 && operands[0].Text != "" && strings.ToUpper(operands[0].Text) == operands[0].Text && !strings.ContainsAny(operands[0].Text, ".:/$") {
		base.Method = operands[0].Text
		operands = operands[1:]
	}
	if len(operands) == 0 {
		return nil
	}
	for _, item := range operands[1:] {
		if host, ok := hostHeader(item.Text, ":"); ok {
			base.Host, base.Header = host, item
		} else if base.Method == "GET" && strings.Contains(item.Text, "=") && !strings.Contains(item.Text, "==") {
			base.Method = "POST" // data make it one
		}
	}
	url := operands[0]
	if strings.HasPrefix(url.Text, ":") { // HTTPie's short form of localhost
		url.Text = "localhost" + url.Text
	}
	if c.Program() == "https" && !strings.Contains(url.Text, "://") {
		url.Text = "https://" + url.Text
	}
	return base.to([]CallWord{url})
}

// to makes a request for every word that is a URL; a word without a scheme is one
// where it looks like a host.
func (r Request) to(urls []CallWord) []Request {
	var all []Request
	for _, url := range urls {
		text := url.Text
		if !strings.Contains(text, "://") {
			if text != "localhost" && !strings.ContainsAny(text, "./:") {
				continue
			}
			text = "http://" + text
		}
		if e, ok := ParseURL(text); ok {
			one := r
			one.Target, one.URL = e, url
			all = append(all, one)
		}
	}
	return all
}

// hostHeader returns the value of a header line if it is the Host header.
func hostHeader(line, separator string) (string, bool) {
	name, value, found := strings.Cut(line, separator)
	if !found || !strings.EqualFold(strings.TrimSpace(name), "host") {
		return "", false
	}
	return strings.TrimSpace(value), true
}
