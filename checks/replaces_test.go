package checks

import (
	"strings"
	"testing"
)

const undeclaredWeb = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: a}, ports: [{name: web, port: 80}, {name: other, port: 81}]}\n"

// TestReplaces holds that a finding leaves others out at its place and at its other places,
// and nothing that weighs more, is of another check or of another field.
func TestReplaces(t *testing.T) {
	a, b, c := &Check{ID: "MESH991", Replaces: []string{"MESH992"}}, &Check{ID: "MESH992"}, &Check{ID: "MESH993"}
	o := passOf(t, &Mesh{}, undeclaredWeb).Objects()[0]
	first, second := o.Get("spec", "ports").Items()[0].Get("name"), o.Get("spec", "ports").Items()[1].Get("name")
	finding := func(c *Check, s Severity) *Finding { return &Finding{Check: c, Severity: s, Field: first} }
	of := func(f *Finding) *Finding { f.Field = second; return f }
	for name, tt := range map[string]struct {
		findings []*Finding
		want     string
	}{
		"at its place":       {[]*Finding{finding(a, Note), finding(b, Note)}, "MESH991"},
		"in any order":       {[]*Finding{finding(b, Note), finding(a, Warning)}, "MESH991"},
		"on the key":         {[]*Finding{finding(a, Note), {Check: b, Severity: Note, Field: first.AtKey()}}, "MESH991"},
		"at another place":   {[]*Finding{finding(a, Note), of(finding(b, Note))}, "MESH991 MESH992"},
		"at a related place": {[]*Finding{finding(a, Note).WithRelated(second, "here"), of(finding(b, Note))}, "MESH991"},
		"what weighs more":   {[]*Finding{finding(a, Note), finding(b, Warning)}, "MESH991 MESH992"},
		"another check":      {[]*Finding{finding(a, Note), finding(c, Note)}, "MESH991 MESH993"},
		"not the other way":  {[]*Finding{finding(b, Error), finding(c, Note)}, "MESH992 MESH993"},
	} {
		var got []string
		for _, f := range withoutReplaced(tt.findings) {
			got = append(got, f.Check.ID)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s is left, want %s", name, s, tt.want)
		}
	}
}
