package commands

import "github.com/mesh-check/mesh-check/checks/lazyregexp"

// nginxScope is what holds in a block of an nginx configuration unless a block within says otherwise.
type nginxScope struct {
	parent   int
	version  NginxWord
	included bool
}

// otherIncludes are files that are included everywhere and say nothing about the proxy of a block. Source: the
// configuration that nginx and its packages install.
var otherIncludes = lazyregexp.New(`mime\.types|(fastcgi|uwsgi|scgi)[_.-]|conf\.d/|sites-enabled|modules`)

// nginxScopes returns what holds at each proxy_pass, in order. A scope comes before those within it, so that each is
// settled by looking at one other.
func nginxScopes(directives []nginxDirective) []nginxScope {
	scopes := []nginxScope{{parent: -1}}
	var passes []int
	top := 0
	for _, d := range directives {
		switch {
		case d.closes:
			top = max(scopes[top].parent, 0)
		case d.opens:
			scopes = append(scopes, nginxScope{parent: top})
			top = len(scopes) - 1
		case len(d.words) != 2:
		case d.words[0].Text == "proxy_pass":
			passes = append(passes, top)
		case d.words[0].Text == "proxy_http_version":
			scopes[top].version = d.words[1]
		case d.words[0].Text == "include" && !otherIncludes().MatchString(d.words[1].Text):
			scopes[top].included = true
		}
	}
	for i := 1; i < len(scopes); i++ {
		around := scopes[scopes[i].parent]
		if scopes[i].version.Text == "" {
			scopes[i].version = around.version
		}
		scopes[i].included = scopes[i].included || around.included
	}
	at := make([]nginxScope, len(passes))
	for i, scope := range passes {
		at[i] = scopes[scope]
	}
	return at
}
