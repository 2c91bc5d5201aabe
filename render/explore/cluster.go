package explore

import (
	"regexp"
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/render/explain"
)

// asksCluster reports whether a failing action depends on what a cluster has: it, a condition around it, a variable that one of
// these reads, or a template that one includes.
func (s *sources) asksCluster(stops []explain.Stop) bool {
	for _, stop := range stops {
		texts := []string{stop.Pipe.String()}
		for _, arm := range stop.Around() {
			texts = append(texts, arm.Decision.Pipe.String())
		}
		if stop.File != nil {
			texts = withVariables(texts, actionsOf(stop.File.Data))
		}
		if slices.ContainsFunc(texts, func(text string) bool { return asks(text) || s.includesAsking(text) }) {
			return true
		}
	}
	return false
}

func asks(text string) bool {
	return lookupCall.MatchString(text) || strings.Contains(text, ".Capabilities") || strings.Contains(text, ".Release.Is")
}

var (
	lookupCall   = regexp.MustCompile(`(?:^|[^\w."$-])lookup(?:[^\w."-]|$)`)
	action       = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	variable     = regexp.MustCompile(`\$[A-Za-z_]\w*`)
	includedName = regexp.MustCompile(`(?:include|template)\s+"([^"]+)"`)
	definedName  = regexp.MustCompile(`\{\{-?\s*define\s+"([^"]+)"`)
)

// actionsOf are the actions of a template, without comments.
func actionsOf(text []byte) (all []string) {
	for _, one := range action.FindAllString(string(text), -1) {
		if !strings.HasPrefix(strings.TrimLeft(one, "{- \t\n"), "/*") {
			all = append(all, one)
		}
	}
	return all
}

// withVariables are texts, and the actions that give the variables in them a value, or something in them one.
func withVariables(texts, actions []string) []string {
	known := map[string]bool{}
	added := make([]bool, len(actions))
	for done := 0; done < len(texts); done++ {
		for _, name := range variable.FindAllString(texts[done], -1) {
			if known[name] {
				continue
			}
			known[name] = true
			for i, one := range actions {
				if !added[i] && (gives(one, name) || lookupCall.MatchString(one) && slices.Contains(variable.FindAllString(one, -1), name)) {
					added[i], texts = true, append(texts, one)
				}
			}
		}
	}
	return texts
}

// gives reports whether an action gives a variable a value.
func gives(action, name string) bool {
	before, _, is := strings.Cut(action, "=")
	return is && slices.Contains(variable.FindAllString(before, -1), name)
}

// includesAsking reports whether a template that a text includes asks the cluster.
func (s *sources) includesAsking(text string) bool {
	for _, m := range includedName.FindAllStringSubmatch(text, -1) {
		for _, p := range s.parts {
			for _, data := range p.Templates {
				if asksIn(data, m[1]) {
					return true
				}
			}
		}
	}
	return false
}

// asksIn reports whether the template of a name, defined in a text, asks the cluster.
func asksIn(data []byte, name string) bool {
	text := string(data)
	for _, m := range definedName.FindAllStringSubmatchIndex(text, -1) {
		if text[m[2]:m[3]] != name {
			continue
		}
		body := text[m[1]:]
		if next := definedName.FindStringIndex(body); next != nil {
			body = body[:next[0]]
		}
		if slices.ContainsFunc(actionsOf([]byte(body)), lookupCall.MatchString) {
			return true
		}
	}
	return false
}
