package example

import (
	"hash/fnv"
	"strings"
)

// row is a word that charts have.
type row struct {
	// words are the name, which may have words before it if it begins with a capital, and
	// before it the names that are somewhere above: service.extraPorts.
	words string
	has   string // what is there
	// value is JSON, or the type and the field of Kubernetes for which the word stands;
	// "" for a word that has no example.
	value string
}

const (
	labels    = `{"example":"example"}`
	variable  = `{"EXAMPLE":"example"}`
	manifests = `[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"example"},"data":{"example":"example"}}]`
	secretKey = `{"name":"example","key":"example"}`
	alert     = `[{"alert":"Example","expr":"vector(1)"}]`
	httpRule  = `[{"matches":[{"path":{"type":"PathPrefix","value":"/example"}}],"filters":[{"type":"RequestRedirect","requestRedirect":{"hostname":"example.com"}}]}]`
	sha       = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
	// aNodePort stands for a port of a node: another one for each path.
	aNodePort = "nodePort"
	// aName stands for the name of an object that the chart makes: another one for each path.
	aName = "name"
)

// wordFor is the first row for a path. What is not there (null) takes a row if it has only
// one kind.
func wordFor(path []string, has string) (found row, ok bool) {
	for _, rows := range [][]row{vocabulary, monitoring} {
		for _, r := range rows {
			if (has == r.has || has == "" && !strings.HasPrefix(r.value, `"- `)) && r.matches(path) {
				switch {
				case !ok:
					found, ok = r, true
				case r.words == found.words && r.value != found.value:
					return row{}, true
				}
				if has != "" {
					return found, true
				}
			}
		}
	}
	return found, ok
}

// matches reports whether a path has the row's name, below its other words in their order.
func (r row) matches(path []string) bool {
	rest := r.words
	end := strings.LastIndexByte(rest, '.')
	if !ends(path[len(path)-1], rest[end+1:]) {
		return false
	}
	if end < 0 {
		return true
	}
	at := 0
	for above := range strings.SplitSeq(rest[:end], ".") {
		for at < len(path)-1 && !about(path[at], above) {
			at++
		}
		if at++; at >= len(path) {
			return false
		}
	}
	return true
}

// ends reports whether a name is a word, or ends in it where that begins with a capital.
func ends(name, word string) bool {
	if word == "*" || name == word {
		return true
	}
	return word[0] >= 'A' && word[0] <= 'Z' && (strings.HasSuffix(name, word) || name == strings.ToLower(word[:1])+word[1:])
}

// about reports whether a part of a chart's values is named after a word: ingress, ingressAPI
// and adminIngress are.
func about(name, word string) bool {
	rest, begins := strings.CutPrefix(name, word)
	return begins && (rest == "" || rest[0] >= 'A' && rest[0] <= 'Z') || strings.HasSuffix(strings.ToLower(name), strings.ToLower(word))
}

// named is a DNS label for a path: example-server-podlabels; example for none.
func named(path []string) string {
	name := word
	if len(path) == 0 {
		return name
	}
	last := labelOf(path[len(path)-1])
	for _, part := range path[:len(path)-1] {
		if part = labelOf(part); len(name)+len(part)+len(last)+2 <= maxLabel && part != "" {
			name += "-" + part
		}
	}
	if last != "" && len(name)+1+len(last) <= maxLabel {
		name += "-" + last
	}
	return name
}

// maxLabel is how long a DNS label may be, and the name of a label, less what charts put
// behind it.
const maxLabel = 50

// labelOf is a part of a path in the letters that a DNS label may have.
func labelOf(part string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(part)), "-")
}

// example is the row's example for a path.
func (r row) example(path []string) (any, bool) {
	switch {
	case r.value == "":
		return nil, false
	case r.value == aNodePort:
		h := fnv.New32a()
		h.Write([]byte(strings.Join(path, ".")))
		return int64(30000 + h.Sum32()%2700), true // of the 2768 that a cluster has
	case r.value == aName:
		return named(path[:len(path)-1]), true
	}
	owner, name, _ := strings.Cut(r.value, ".")
	if t := structTypes()[owner]; t != nil {
		f, ok := fieldOf(t, name)
		if !ok {
			return nil, false
		}
		return f.example()
	}
	return decode(r.value), true
}
