package terraform

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// providerSends are the fields that the provider sends where nothing is written, and
// that the mapper leaves out because they say what the server would assume: by the
// last key of their path, with the value. Source: the schema of
// hashicorp/terraform-provider-kubernetes v3.2.1 and the zero values of Go structs
// whose JSON names have no omitempty.
var providerSends = map[string]string{
	"automountServiceAccountToken": "true", "enableServiceLinks": "true", "shareProcessNamespace": "false",
	"dnsPolicy": `"ClusterFirst"`, "restartPolicy": `"Always"|"Never"`, "terminationGracePeriodSeconds": "30|0",
	"terminationMessagePath": `"/dev/termination-log"`, "progressDeadlineSeconds": "600", "revisionHistoryLimit": "10|0",
	"failureThreshold": "3", "periodSeconds": "10", "successThreshold": "1", "timeoutSeconds": "1", "scheme": `"HTTP"`,
	"allowPrivilegeEscalation": "true", "privileged": "false", "readOnlyRootFilesystem": "false", "runAsNonRoot": "false",
	"mountPropagation": `"None"`, "sessionAffinity": `"None"`, "type": `"ClusterIP"|"Opaque"`, "targetPort": `""`,
	"pathType": `"ImplementationSpecific"`, "immutable": "false", "replicas": "1", "backoffLimit": "6", "completions": "1",
	"parallelism": "1", "manualSelector": "false", "concurrencyPolicy": `"Allow"`, "suspend": "false",
	"creationTimestamp": "null", "status": "*", "spec": "{}", "strategy": "{}", "updateStrategy": "{}", "resources": "{}",
	"persistentVolumeClaimRetentionPolicy": "{}", "namespace": `"default"`,
}

// comparison compares what the mapper makes with what the provider has sent.
type comparison struct {
	allowed map[string]int
	wrong   []string
}

func (c *comparison) differ(path string, format string, args ...any) {
	c.wrong = append(c.wrong, path+": "+fmt.Sprintf(format, args...))
}

func (c *comparison) node(path string, n *object.Node, sent any) {
	if n.Kind == object.Unknown {
		c.allowed["not known before the apply: "+n.Text]++
		return
	}
	switch have := sent.(type) {
	case map[string]any:
		if n.Kind != object.Map {
			c.differ(path, "is %s, the provider sends a mapping", n.Kind)
			return
		}
		for _, e := range n.Entries {
			value, ok := have[e.Key]
			if !ok {
				c.differ(path+"."+e.Key, "the provider does not send it")
				continue
			}
			c.node(path+"."+e.Key, e.Value, value)
		}
		for key, value := range have {
			if n.Get(key) == nil {
				c.surplus(path, key, value)
			}
		}
	case []any:
		if n.Kind != object.List || len(n.Items) != len(have) {
			c.differ(path, "has %d elements, the provider sends %d", len(n.Items), len(have))
			return
		}
		for i := range have {
			c.node(fmt.Sprintf("%s[%d]", path, i), n.Items[i], have[i])
		}
	default:
		mine, _ := json.Marshal(n.Interface())
		theirs, _ := json.Marshal(sent)
		if !bytes.Equal(mine, theirs) {
			c.differ(path, "is %s, the provider sends %s", mine, theirs)
		}
	}
}

// surplus judges what the provider sends and the mapper does not make.
func (c *comparison) surplus(path, key string, value any) {
	text, _ := json.Marshal(value)
	want, ok := providerSends[key]
	if !ok || want != "*" && !slices.Contains(strings.Split(want, "|"), string(text)) {
		c.differ(path+"."+key, "the provider sends %s, the mapper nothing", text)
		return
	}
	if want == "*" {
		text = []byte("(the server's)")
	}
	c.allowed[fmt.Sprintf("the provider's default or zero value: %s = %s", key, text)]++
}

// normalised puts what means the same into one form: stringData is data before the
// server encodes it.
func normalised(sent map[string]any) map[string]any {
	if plain, ok := sent["stringData"].(map[string]any); ok {
		data := map[string]any{}
		for k, v := range plain {
			data[k] = base64.StdEncoding.EncodeToString([]byte(v.(string)))
		}
		delete(sent, "stringData")
		sent["data"] = data
	}
	return sent
}

// What the mapper makes of the sources is what the provider has sent to a server when
// they were applied, but for the provider's defaults, each of which is told.
func TestAppliedObjects(t *testing.T) {
	plans := sourcetest.Shared(t, "data/terraform/plans")
	c := comparison{allowed: map[string]int{}}
	made, compared := 0, map[string]bool{}
	sent := map[string][]map[string]any{}
	for _, name := range []string{"basic", "kinds", "modules", "unknown"} {
		data, err := os.ReadFile(filepath.Join(plans, name, "applied-objects.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var post struct{ Obj map[string]any }
			d := json.NewDecoder(bytes.NewReader(line))
			d.UseNumber()
			if err := d.Decode(&post); err != nil {
				t.Fatal(err)
			}
			sent[name] = append(sent[name], normalised(post.Obj))
		}
	}
	for _, name := range []string{"basic", "kinds", "modules", "unknown"} {
		root, err := Load(filepath.Join(plans, name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range root.Errors {
			t.Errorf("%s: %v", name, err)
		}
		for _, o := range root.Objects {
			made++
			post := find(o, sent[name])
			if post == nil {
				t.Errorf("%s: %s (%s) was never sent", name, o, o.Address)
				continue
			}
			compared[name+" "+o.Address] = true
			before := len(c.wrong)
			c.node("", o.Tree, post)
			for i := range c.wrong[before:] {
				c.wrong[before+i] = name + ": " + o.Address + c.wrong[before+i]
			}
		}
	}
	for _, w := range c.wrong {
		t.Error(w)
	}
	if len(compared) < 34 {
		t.Errorf("%d objects were compared, want at least 34", len(compared))
	}
	t.Logf("%d objects made, %d compared", made, len(compared))
	reasons := make([]string, 0, len(c.allowed))
	for reason, n := range c.allowed {
		reasons = append(reasons, fmt.Sprintf("%3d × %s", n, reason))
	}
	slices.Sort(reasons)
	t.Logf("allowed differences:\n%s", strings.Join(reasons, "\n"))
}

// find is the object that was sent for one of the mapper's; a name or namespace that
// is not known is any.
func find(o *object.Object, sent []map[string]any) map[string]any {
	for _, s := range sent {
		meta, _ := s["metadata"].(map[string]any)
		name, namespace := o.Get("metadata", "name"), o.Get("metadata", "namespace")
		generated := o.Get("metadata", "generateName").Str().V
		switch {
		case s["kind"] != o.Kind || s["apiVersion"] != o.APIVersion:
		case generated != "" && meta["generateName"] != generated:
		case generated == "" && name.Known() && meta["name"] != o.Name:
		case namespace.Known() && namespace.Exists() && meta["namespace"] != namespace.Str().V:
		default:
			return s
		}
	}
	return nil
}
