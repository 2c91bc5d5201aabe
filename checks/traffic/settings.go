package traffic

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/checks/running"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// setting is one text that configures a container: the value of an environment
// variable, an element of command or args, or an entry of a ConfigMap behind a
// variable or a mounted file.
type setting struct {
	object.Str
	// name is that of the variable, of the flag, or of the entry.
	name string
	// file says that the text is a mounted file.
	file bool
}

// settings returns the texts that configure a container. Values from Secrets are
// nobody's business and are left out; what is not known is recorded as an open
// question where its name says that it is an address.
func settings(p *checks.Pass, c object.Container, mounts []running.Mount) []setting {
	var found []setting
	add := func(name string, s object.Str, file bool) {
		if s.Unknown() && addressName(name) {
			p.Undecided(s)
		}
		if s.V != "" {
			found = append(found, setting{s, name, file})
		}
	}
	for _, env := range c.Env() {
		name := env.VarName()
		add(name, env.Value(), false)
		ref, entry := env.ConfigMap()
		if o := running.ConfigMap(p, c.Workload, ref); o != nil {
			add(name, views.Data(o, entry).Str(), false)
		}
	}
	for _, from := range c.EnvFrom() {
		if o := running.ConfigMap(p, c.Workload, from.ConfigMap()); o != nil {
			for _, entry := range views.Data(o).Entries() {
				add(from.Prefix()+entry.Name(), entry.Str(), false)
			}
		}
	}
	for _, line := range commands.CommandLines(c) {
		name := ""
		for _, word := range line.Words {
			if flag, _, joined := strings.Cut(word.V, "="); strings.HasPrefix(word.V, "-") {
				name = flag
				if !joined {
					continue
				}
			}
			add(name, word, false)
			name = ""
		}
	}
	for _, m := range mounts {
		if m.By.Name != c.Name {
			continue
		}
		for _, entry := range views.Data(m.ConfigMap).Entries() {
			add(entry.Name(), entry.Str(), true)
		}
	}
	return found
}

type endpointsKey struct{ of *object.Node }

// endpoints is setting.endpoints; a file is read once, be it mounted by many.
func endpoints(p *checks.Pass, s setting) []commands.Endpoint {
	if s.file {
		return checks.Once(p, endpointsKey{s.Node()}, s.endpoints)
	}
	return s.endpoints()
}

// endpoints returns where the text of a setting leads: every URL, and where the
// text is a list of them, host:port; each once. Comments do not count.
func (s setting) endpoints() []commands.Endpoint {
	text := commands.WithoutComments(s.V)
	found := commands.URLs(text)
	if !s.file {
		behind := 0 // the flag
		if _, value, ok := strings.Cut(text, "="); ok && strings.HasPrefix(text, "-") {
			behind = len(text) - len(value)
		}
		for _, e := range commands.HostPorts(text[behind:]) {
			e.Start, e.End = e.Start+behind, e.End+behind
			found = append(found, e)
		}
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(found, func(e commands.Endpoint) bool {
		again := seen[e.String()]
		seen[e.String()] = true
		return again
	})
}

// at is where the setting's text leads to an endpoint. In a text of one line that is the
// text.
func (s setting) at(e commands.Endpoint) object.Field {
	if !strings.Contains(s.V, "\n") {
		return s.Field
	}
	return s.Within(e.Start, e.End)
}

// named reports whether one of some words is part of a name as one writes it for
// variables (API_URL), flags (--api-url) and keys (api.url, apiUrl).
func named(name string, words lazyregexp.Pattern) bool {
	return words().MatchString(strings.ToUpper(wordBreak().ReplaceAllString(camel().ReplaceAllString(name, "${1}_${2}"), "_")))
}

var (
	camel     = lazyregexp.New(`([a-z0-9])([A-Z])`)
	wordBreak = lazyregexp.New(`[^A-Za-z0-9]+`)
	addresses = lazyregexp.New(`(^|_)(URL|URI|HOST|HOSTS|ADDR|ADDRESS|ADDRESSES|ENDPOINT|ENDPOINTS|SERVER|SERVERS|PEERS?|BROKERS?|DSN|UPSTREAM)(_|$)`)
)

func addressName(name string) bool { return named(name, addresses) }
