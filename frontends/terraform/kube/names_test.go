package kube

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// reachable are the struct types of all kinds that resources make, by package version
// and name as the table of names writes them: v1.Container.
func reachable() map[string][]reflect.Type {
	types := map[string][]reflect.Type{}
	seen := map[reflect.Type]bool{}
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] || reflect.PointerTo(t).Implements(selfReading) {
			return
		}
		seen[t] = true
		version := filepath.Base(t.PkgPath())
		if version == "object" {
			version = "v1"
		}
		name := version + "." + t.Name()
		types[name] = append(types[name], t)
		for i := range t.NumField() {
			visit(t.Field(i).Type)
		}
	}
	for _, k := range kindsOf {
		if t, ok := k.structOf(); ok {
			visit(t)
		}
	}
	return types
}

func TestNamesOfTheProvider(t *testing.T) {
	data, err := os.ReadFile(sourcetest.Shared(t, "data/tables/terraform-names.json"))
	if err != nil {
		t.Fatal(err)
	}
	var facts struct {
		Table     map[string]string         `json:"table"`
		Inline    map[string]string         `json:"inline"`
		ByOwner   map[string]string         `json:"exceptions_by_owner"`
		Octal     []string                  `json:"octal_string_fields"`
		Resources map[string]map[string]int `json:"per_resource"`
		Only      map[string][]string       `json:"terraform_only"`
		ServerSet []string                  `json:"server_set_attributes"`
	}
	if err := json.Unmarshal(data, &facts); err != nil {
		t.Fatal(err)
	}
	types := reachable()
	// Types that k8s.io/api has given up, and those of a server that is too old for
	// the version that the mapper takes.
	also := map[string]string{
		"v1.ServiceReference":                    "v1.APIServiceReference",
		"v1beta1.ServiceReference":               "v1.ServiceReference",
		"v1beta1.ValidatingWebhook":              "v1.ValidatingWebhook",
		"v1beta1.ValidatingWebhookConfiguration": "v1.ValidatingWebhookConfiguration",
		"v1beta1.WebhookClientConfig":            "v1.WebhookClientConfig",
	}
	for name := range types {
		if rest, ok := strings.CutPrefix(name, "v2."); ok {
			also["v2beta2."+rest] = name
		}
	}
	checked := 0
	for key, want := range facts.Table {
		dot := strings.LastIndexByte(key, '.')
		owner, name := key[:dot], key[dot+1:]
		candidates := types[owner]
		if other := also[owner]; other != "" {
			candidates = append(slices.Clone(candidates), types[other]...)
		}
		if len(candidates) == 0 {
			t.Errorf("%s: no resource reaches the type", key)
			continue
		}
		checked++
		right := false
		var got []string
		for _, c := range candidates {
			to := targetOf(c, name)
			got = append(got, to.json)
			switch {
			case strings.HasPrefix(want, "status."), owner == "v1.ObjectMeta" && slices.Contains(facts.ServerSet, name):
				right = right || to.meaning == droppedName
			case facts.Inline[key] != "":
				right = right || to.meaning == inlineName
			default:
				right = right || to.meaning == fieldName && to.json == want
			}
		}
		if !right {
			t.Errorf("%s became %q, want %q", key, got, want)
		}
	}
	if checked < len(facts.Table) || checked == 0 {
		t.Errorf("%d of %d names were checked", checked, len(facts.Table))
	}
	for name, owners := range facts.Only {
		for _, owner := range owners {
			if also[owner] != "" {
				owner = also[owner]
			}
			for _, c := range types[owner] {
				if strings.HasPrefix(owner, filepath.Base(c.PkgPath())) && targetOf(c, name).meaning == fieldName {
					t.Errorf("%s.%s is Terraform's own and became a field of %v", owner, name, c)
				}
			}
		}
	}
	for resource := range facts.Resources {
		k, ok := kindOfType(resource)
		if !ok {
			t.Errorf("no kind is known for %s", resource)
			continue
		}
		if _, ok := k.structOf(); !ok {
			t.Errorf("%s: there is no Go type for %s %s", resource, k.APIVersion, k.Kind)
		}
	}
	if len(facts.Octal) != len(octal) {
		t.Errorf("%d fields are octal, want %d", len(octal), len(facts.Octal))
	}
	for _, field := range facts.Octal {
		if !octal[strings.TrimPrefix(field, "v1.")] {
			t.Errorf("%s is not read as octal text", field)
		}
	}
}

func TestNearest(t *testing.T) {
	pod, _ := object.TypeOf("v1", "Pod")
	spec, _ := pod.FieldByName("Spec")
	for name, want := range map[string]string{
		"kontainer": "container", "restart_polcy": "restart_policy", "hostnetwrok": "host_network", "nothing_like_it": "",
	} {
		if got := nearest(spec.Type, name); got != want {
			t.Errorf("nearest(%q) = %q, want %q", name, got, want)
		}
	}
}
