package helm

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// hidden stands for a value of a Secret.
const hidden = "…"

// secretData are the members of a Secret that hold its data.
var secretData = []string{"data", "stringData", "binaryData"}

// secrets are the paths of the Secrets in a document: empty for the document itself,
// items[2] for an item of a list.
func secrets(path string, tree *object.Node) (paths []string) {
	if kind := tree.Get("kind"); kind.Scalar() && kind.Text == "Secret" {
		paths = append(paths, path)
	}
	if items := tree.Get("items"); items != nil && items.Kind == object.List {
		for i, item := range items.Items {
			if item.Kind == object.Map {
				paths = append(paths, secrets(object.JoinPath(path, "items")+"["+strconv.Itoa(i)+"]", item)...)
			}
		}
	}
	return paths
}

// hideSecrets hides the values of the Secrets in a document.
func (d *BlameDocument) hideSecrets(tree *object.Node) {
	if tree.Kind != object.Map {
		return
	}
	data := map[string]bool{}
	for _, secret := range secrets("", tree) {
		for _, member := range secretData {
			data[object.JoinPath(secret, member)] = true
		}
	}
	if len(data) == 0 {
		return
	}
	for i := range d.Nodes {
		if n := &d.Nodes[i]; n.Part == "value" && n.Value != "" && within(data, n.Path) {
			n.Value = hidden
		}
	}
}

// within reports whether a path is one of some paths, or is below one.
func within(paths map[string]bool, path string) bool {
	for i := range len(path) {
		if (path[i] == '.' || path[i] == '[') && paths[path[:i]] {
			return true
		}
	}
	return paths[path]
}

var (
	documentEnd = lazily(`^(?:---|\.\.\.)(?:\s|$)`)
	// secretKind is a kind that says Secret; before it, on its line, nothing but dashes
	// is where the document is in block style.
	secretKind = lazily(`^(\s*(?:- +)*)?(.*?)["']?kind["']?\s*:\s*(?:[!&]\S*\s+)*["']?Secret(?:["'\s,}#]|$)`)
	dataKey    = lazily(`^(\s*(?:- +)*)(["']?(?:data|stringData|binaryData)["']?\s*:)(.*)$`)
	memberKey  = lazily(`^\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#:{\[&*!|>][^:]*)\s*:(?:\s|$)`)
)

// lazily compiles a pattern when it is first asked for: most runs ask for none.
func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// hideSecrets hides the values of the Secrets in the lines of a file. Documents are reported
// by their text, since one that cannot be read may be a Secret too; where the parser
// knows of more Secrets than the text tells, all documents count as such.
func (f file) hideSecrets(lines []BlameLine) {
	known := 0
	for _, tree := range f.decoded.Documents {
		if tree.Kind == object.Map && len(secrets("", tree)) > 0 {
			known++
		}
	}
	var documents [][]BlameLine
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && !documentEnd().MatchString(lines[end].Text) {
			end++
		}
		documents = append(documents, lines[start:end])
		start = end
	}
	told := 0
	for _, d := range documents {
		if secretive(d) != none {
			told++
		}
	}
	for _, d := range documents {
		how := secretive(d)
		if how == none && told < known {
			how = inFlow
		}
		switch how {
		case inFlow:
			for i := range d {
				hideLine(&d[i])
			}
		case inBlocks:
			hideBlocks(d)
		}
	}
}

// secretStyle is how a Secret is written in a document.
type secretStyle uint8

const (
	none     secretStyle = iota // there is none
	inBlocks                    // each member on lines of its own
	inFlow                      // in braces: nothing of the document is shown
)

func secretive(lines []BlameLine) secretStyle {
	style := none
	for _, l := range lines {
		m := secretKind().FindStringSubmatch(l.Text)
		switch {
		case m == nil:
		case m[2] != "":
			return inFlow
		default:
			style = inBlocks
		}
	}
	if style == inBlocks && slices.ContainsFunc(lines, func(l BlameLine) bool { return strings.HasPrefix(strings.TrimSpace(l.Text), "{") }) {
		return inFlow
	}
	return style
}

// hideLine hides a whole line but its indentation.
func hideLine(l *BlameLine) {
	if text := strings.TrimLeft(l.Text, " \t"); text != "" && !documentEnd().MatchString(l.Text) {
		l.Text = l.Text[:len(l.Text)-len(text)] + hidden
	}
}

// hideBlocks hides what lies deeper than a member with data: of its own members the keys
// stay.
func hideBlocks(lines []BlameLine) {
	for i := 0; i < len(lines); i++ {
		m := dataKey().FindStringSubmatch(lines[i].Text)
		if m == nil {
			continue
		}
		if rest := strings.TrimSpace(m[3]); rest != "" && rest != "{}" && rest[0] != '#' {
			lines[i].Text = m[1] + m[2] + " " + hidden
		}
		column, member := len(m[1]), -1
		for ; i+1 < len(lines); i++ {
			l := &lines[i+1]
			text := strings.TrimLeft(l.Text, " \t")
			indent := len(l.Text) - len(text)
			if text != "" && indent <= column && text[0] != '#' && (indent < column || text[0] != '-') {
				break
			}
			if member < 0 && text != "" && text[0] != '#' {
				member = indent
			}
			key := memberKey().FindString(l.Text)
			if indent != member || key == "" {
				hideLine(l)
			} else if rest := l.Text[len(key):]; strings.TrimSpace(rest) != "" {
				l.Text = strings.TrimRight(key, " \t") + " " + hidden
			}
		}
	}
}
