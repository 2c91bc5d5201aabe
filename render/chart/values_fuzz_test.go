package chart

import (
	"strings"
	"testing"
)

// FuzzLocate merges any values and asks for the place of each: a place lies
// inside its file, and bytes that are said to be a part of a string are it.
func FuzzLocate(f *testing.F) {
	f.Add("a: 1\nb: [x, {c: d}]\n", "a: 2\n", "b[0]=y")
	f.Add("a: &x {p: 1}\nb: {<<: *x, q: |\n  t\n}\n", "", "")
	f.Add("t: |2\n   x\n\n  y\nf: >-\n a\n b\n", "\ufefft: \"\\n\"\n", "sub.v=1")
	f.Add("? [a]\n: b\n", "global: {g: 1}\nsub: {global: {g: 2}}\n", "a={1,2}")
	f.Add("a: !!str 1\n'b': \"\"\n\"c\": ''\nd: \nyes: no\n1.5: 0o7\n", "--- \n...\n---\n", "a.b.c=1")
	f.Fuzz(func(t *testing.T, values, layer, set string) {
		c, err := loadText(map[string]string{
			"Chart.yaml": web(""), "values.yaml": values,
			"charts/sub/Chart.yaml": named("sub"), "charts/sub/values.yaml": "v: 0\nglobal: {g: 0}\n",
		})
		o := Options{Layers: []Layer{file("f.yaml", layer)}}
		if set != "" && !strings.ContainsAny(set, "[]") { // a list of 65,536 items is no fault
			o.Layers = append(o.Layers, flag(Set, set))
		}
		var in *Inputs
		if err == nil {
			in, err = c.Prepare(o)
		}
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\x1b") || strings.Contains(err.Error(), "stopped unexpectedly") {
				t.Errorf("error is %q", err)
			}
			return
		}
		for p, v := range scalars(in.Values, nil) {
			step, ok := in.Locate(p)
			if ok && step.Flag == "" && !step.Span.Valid() {
				t.Errorf("%s is nowhere: %+v", p, step)
			}
			in.LocateKey(p)
			s, isString := v.(string)
			if !isString {
				continue
			}
			if span, ok := in.LocateInText(p, 0, len(s)); ok {
				got := strings.NewReplacer(" ", "", "\r", "", "\n", "").Replace(span.Text())
				if want := strings.NewReplacer(" ", "", "\r", "", "\n", "").Replace(s); got != want {
					t.Errorf("%s is %q and %q in the file", p, s, span.Text())
				}
			}
		}
	})
}
