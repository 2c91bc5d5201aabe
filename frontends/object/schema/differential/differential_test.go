package differential

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/schema"
	"github.com/mesh-check/mesh-check/render/source"
	utiljson "k8s.io/apimachinery/pkg/util/json"
)

// TestDifferential makes MESHCHECK_OBJECTS objects (1,000) of all kinds from MESHCHECK_SEED (1), and holds that API server
// and schema say the same of each: the fields that are unknown, whether the schema refuses it and, where it does not,
// whether a rule does.
func TestDifferential(t *testing.T) {
	objects, seed := number(t, "MESHCHECK_OBJECTS", 1000), number(t, "MESHCHECK_SEED", 1)
	var all []*kind
	releases := map[*kind]string{}
	for _, s := range sources {
		kinds, err := kindsOf(s.module, s.pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range kinds {
			releases[k] = s.release
		}
		all = append(all, kinds...)
	}
	count := map[string]int{}
	differ, broken := map[string]int{}, map[string]bool{}
	for i := range objects {
		k := all[i%len(all)]
		m := &maker{rand: rand.New(rand.NewPCG(uint64(seed), uint64(i))), wrong: []int{0, 0, 5, 20, 60}[i/len(all)%5], full: []int{15, 35, 60}[i/len(all)%3]}
		text, err := json.Marshal(m.object(k))
		if err != nil {
			t.Fatal(err)
		}
		server := k.asServer(t, text)
		ours := asWe(t, k, text, releases[k])
		count["objects"]++
		for _, rule := range server.rules {
			broken[rule[strings.LastIndex(rule, ": ")+1:]] = true
		}
		add(count, "with unknown fields", len(server.unknown) > 0)
		add(count, "refused by the schema", len(server.schema) > 0)
		add(count, "refused by rules", len(server.rules) > 0)
		if what := difference(server, ours); what != "" && !known(k, server) {
			api := "the Gateway API"
			if strings.HasSuffix(k.group, ".istio.io") {
				api = "Istio"
			}
			if differ[api]++; differ[api] <= 10 {
				t.Errorf("%s: %s\n%s\nserver: %q\nours:   %q", k, what, text, server, ours)
			}
		}
	}
	t.Logf("seed %d: %v; %d rules are broken; different: %v", seed, count, len(broken), differ)
	if count["refused by rules"]*20 < objects || count["refused by the schema"]*2 > objects {
		t.Errorf("the objects are not worth it: %v", count)
	}
}

// known reports whether a difference is one with a reason: the API server of 1.37 cannot compile the rule of XBackend about
// the names of ports, which gives no truth, and refuses every name.
func known(k *kind, server verdict) bool {
	return k.name == "XBackend" && slices.ContainsFunc(server.rules, func(s string) bool { return strings.Contains(s, "port.name") })
}

func add(count map[string]int, what string, yes bool) {
	if yes {
		count[what]++
	}
}

func number(t *testing.T, name string, otherwise int) int {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		t.Fatalf("%s=%s is no number", name, text)
	}
	return n
}

// difference says what two verdicts do not have in common. What is in a mapping where none should be is an unknown field
// for the server, and for us that mapping is of a wrong type.
func difference(server, ours verdict) string {
	server.unknown = slices.DeleteFunc(slices.Clone(server.unknown), func(path string) bool {
		return slices.ContainsFunc(ours.mistyped, func(whole string) bool {
			return strings.HasPrefix(path, whole+".")
		})
	})
	switch {
	case !slices.Equal(server.unknown, ours.unknown):
		return "other unknown fields"
	case (len(server.schema) > 0) != (len(ours.schema) > 0):
		return "one schema refuses it"
	case len(server.schema) == 0 && (len(server.rules) > 0) != (len(ours.rules) > 0):
		return "one refuses it by a rule"
	}
	return ""
}

func (k *kind) asServer(t *testing.T, text []byte) verdict {
	var o map[string]any
	if err := utiljson.Unmarshal(text, &o); err != nil {
		t.Fatal(err)
	}
	v := k.judge(o)
	for i, path := range v.unknown {
		v.unknown[i] = strings.NewReplacer("[", ".", "]", "").Replace(path)
	}
	slices.Sort(v.unknown)
	return v
}

// asWe is the verdict of our schema.
func asWe(t *testing.T, k *kind, text []byte, release string) (v verdict) {
	s, ok := schema.Of(k.group, k.name, k.version)
	if !ok {
		t.Fatalf("no schema of %s", k)
	}
	decoded := object.Decode(string(text), asWritten{source.NewFile("", "object.json", text)}, object.Kubectl).Objects
	if len(decoded) != 1 {
		t.Fatalf("%d objects in %s", len(decoded), text)
	}
	r := s.Check(decoded[0], release)
	if len(r.Undecided) > 0 {
		t.Errorf("undecided: %s of %s", r.Undecided[0].Path(), text)
	}
	for _, p := range r.Problems {
		said := p.Field.Path() + ": " + p.Message
		switch p.Sort {
		case schema.UnknownField, schema.TooNew:
			v.unknown = append(v.unknown, plain(p.Field))
		case schema.WrongType:
			v.mistyped, v.schema = append(v.mistyped, plain(p.Field)), append(v.schema, said)
		case schema.Rule:
			if strings.Contains(p.Message, "value must be an IP address when type is IPAddress") { // a oneOf of the CRD
				v.schema = append(v.schema, said)
				continue
			}
			v.rules = append(v.rules, said)
		default:
			v.schema = append(v.schema, said)
		}
	}
	slices.Sort(v.unknown)
	return v
}

// plain is the path of a field as steps with stops between them, which the server's paths are made to as well.
func plain(f object.Field) string { return strings.Join(object.SplitPath(f.Path()), ".") }

// asWritten says that a text was written as it is.
type asWritten struct{ file *source.File }

func (w asWritten) Origin(start, end int) source.Origin {
	return source.Origin{Span: source.Span{File: w.file, Start: start, End: end}}
}
