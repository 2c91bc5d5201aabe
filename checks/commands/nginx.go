package commands

import (
	"slices"
	"strings"
)

// NginxProxy is one proxy_pass of an nginx configuration with the Host header that
// is in force there.
type NginxProxy struct {
	To   NginxWord // the URL behind proxy_pass
	Host NginxWord // the header's value; empty where it is nginx' own, $proxy_host
	// Servers are those of the group that the URL names: host:port.
	Servers []NginxWord
	// Version is the value of proxy_http_version that is in force there; empty where it is nginx' own.
	Version NginxWord
	// Included says that a file is included around it, which may say more.
	Included bool
}

// nginxBlock is one open block of the configuration.
type nginxBlock struct {
	headers bool      // proxy_set_header occurs here, so that none of outer blocks counts
	host    NginxWord // its Host
	passes  []int     // proxies of this block itself
	inner   []int     // proxies of blocks within, which inherit while they set none
	name    string    // of an upstream
}

// NginxProxies reads the proxy_pass directives of an nginx configuration. A text that
// is no such configuration gives nothing, or proxies without a Host.
func NginxProxies(text string) []NginxProxy {
	var proxies []NginxProxy
	upstreams := map[string][]NginxWord{}
	blocks := []nginxBlock{{}}
	directives := nginxDirectives(text)
	for _, d := range directives {
		top := &blocks[len(blocks)-1]
		switch {
		case d.closes:
			if len(blocks) == 1 {
				continue
			}
			done := blocks[len(blocks)-1]
			blocks = blocks[:len(blocks)-1]
			blocks[len(blocks)-1].take(settle(done, proxies))
		case d.opens:
			block := nginxBlock{}
			if len(d.words) == 2 && d.words[0].Text == "upstream" {
				block.name = strings.ToLower(d.words[1].Text) // as the host of a URL is read
			}
			blocks = append(blocks, block)
		case len(d.words) == 2 && d.words[0].Text == "proxy_pass":
			top.passes = append(top.passes, len(proxies))
			proxies = append(proxies, NginxProxy{To: d.words[1]})
		case len(d.words) == 3 && d.words[0].Text == "proxy_set_header":
			top.headers = true
			if strings.EqualFold(d.words[1].Text, "host") {
				top.host = d.words[2]
			}
		case len(d.words) > 1 && d.words[0].Text == "server" && top.name != "":
			upstreams[top.name] = append(upstreams[top.name], d.words[1])
		}
	}
	for len(blocks) > 0 {
		last := blocks[len(blocks)-1]
		blocks = blocks[:len(blocks)-1]
		rest := settle(last, proxies)
		if len(blocks) > 0 {
			blocks[len(blocks)-1].take(rest)
		}
	}
	for i, block := range nginxScopes(directives) {
		proxies[i].Version, proxies[i].Included = block.version, block.included
	}
	for i, pass := range proxies {
		if e, ok := ParseURL(pass.To.Text); ok {
			proxies[i].Servers = upstreams[e.Host]
		}
	}
	return proxies
}

// settle gives the headers of a closed block to its proxies, and returns those that
// are still without: nginx inherits proxy_set_header where a level has none itself.
func settle(b nginxBlock, proxies []NginxProxy) []int {
	all := b.inner // not copied where it stays: blocks can be nested very deeply
	if len(b.passes) > 0 {
		all = slices.Concat(b.passes, b.inner)
	}
	if !b.headers {
		return all
	}
	for _, i := range all {
		proxies[i].Host = b.host
	}
	return nil
}

// take adds the proxies of a block within that are still without a header. Blocks
// may nest deeply, so that nothing is copied where there is nothing to join.
func (b *nginxBlock) take(proxies []int) {
	if len(b.inner) == 0 {
		b.inner = proxies
		return
	}
	b.inner = append(b.inner, proxies...)
}

// NginxWord is a word of a configuration and where it is in it, without its quotes.
type NginxWord struct {
	Text       string
	Start, End int
}

// nginxDirective is a simple directive, the head of a block, or the end of one.
type nginxDirective struct {
	words         []NginxWord
	opens, closes bool
}

// nginxDirectives cuts a configuration into directives: words, quotes and comments as
// nginx has them.
func nginxDirectives(text string) []nginxDirective {
	var all []nginxDirective
	var words []NginxWord
	begin := 0                     // of the word
	inWord, inName := false, false // inside a word, of ${name} in it
	flush := func(end int) {
		if inWord {
			words = append(words, NginxWord{text[begin:end], begin, end})
			inWord, inName = false, false
		}
	}
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case b == '#' && !inWord:
			if end := strings.IndexByte(text[i:], '\n'); end >= 0 {
				i += end
			} else {
				i = len(text)
			}
		case (b == '"' || b == '\'') && !inWord:
			end := strings.IndexByte(text[i+1:], b)
			if end < 0 {
				end = len(text) - i - 1
			}
			words = append(words, NginxWord{text[i+1 : i+1+end], i + 1, i + 1 + end})
			i += end + 1
		case b == ' ' || b == '\t' || b == '\n' || b == '\r':
			flush(i)
		case inWord && b == '{' && text[i-1] == '$', inName && b == '}':
			inName = b == '{'
		case b == ';' || b == '}' || b == '{':
			flush(i)
			if len(words) > 0 || b == '{' {
				all = append(all, nginxDirective{words: words, opens: b == '{'})
			}
			if b == '}' {
				all = append(all, nginxDirective{closes: true})
			}
			words = nil
		default:
			if !inWord {
				begin, inWord = i, true
			}
		}
	}
	return all
}
