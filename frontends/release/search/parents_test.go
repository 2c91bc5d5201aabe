package search

import (
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/release"
)

// Applications are followed five charts deep, whoever deploys the first one.
func TestArgoDepth(t *testing.T) {
	files := map[string]string{"leaf/Chart.yaml": "apiVersion: v2\nname: leaf\nversion: 1.0.0\n"}
	for i := range 8 {
		dir := "c" + string(rune('0'+i)) + "/"
		files[dir+"Chart.yaml"] = "apiVersion: v2\nname: c\nversion: 1.0.0\n"
		files[dir+"templates/a.yaml"] = appText("to-c"+string(rune('1'+i)), "    path: c"+string(rune('1'+i))+"\n")
	}
	depths := func(f *release.Found) (names []string) {
		for _, r := range f.Releases {
			names = append(names, r.Name)
		}
		if len(f.Notes) != 1 || !strings.Contains(f.Notes[0], "more than 5 deep") {
			t.Errorf("notes %q", f.Notes)
		}
		return names
	}
	// None deploys c0, so it is a root; with an Application it is the first one.
	if got, want := depths(foundIn(t, files)), []string{"to-c1", "to-c2", "to-c3", "to-c4", "to-c5"}; !slices.Equal(got, want) {
		t.Errorf("of a root: %q, want %q", got, want)
	}
	files["app.yaml"] = appText("to-c0", "    path: c0\n")
	if got, want := depths(foundIn(t, files)), []string{"to-c0", "to-c1", "to-c2", "to-c3", "to-c4", "to-c5"}; !slices.Equal(got, want) {
		t.Errorf("of an Application: %q, want %q", got, want)
	}
}

// A chart that another one deploys is not a root, wherever it lies; its own values may not
// even render.
func TestArgoRoots(t *testing.T) {
	f := foundIn(t, map[string]string{
		"a/Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n", "leaf/Chart.yaml": "apiVersion: v2\nname: leaf\nversion: 1.0.0\n",
		"a/templates/a.yaml": appText("{{ required \"name is missing\" .Values.name }}", "    path: leaf\n"),
		"z/Chart.yaml":       "apiVersion: v2\nname: z\nversion: 1.0.0\n",
		"z/templates/a.yaml": appText("inner", "    path: a\n    helm: {parameters: [{name: name, value: leaf-of-z}]}\n"),
	})
	var names []string
	for _, r := range f.Releases {
		names = append(names, r.Root+"/"+r.Name)
	}
	if want := []string{"default/inner", "default/inner/leaf-of-z"}; !slices.Equal(names, want) || len(f.Notes)+len(f.Errors) > 0 {
		t.Errorf("releases %q, want %q; notes %q, errors %v", names, want, f.Notes, f.Errors)
	}
}

// Of charts that deploy each other the first one is taken for the root.
func TestArgoRootCircle(t *testing.T) {
	files := map[string]string{}
	for from, to := range map[string]string{"a": "b", "b": "a"} {
		files[from+"/Chart.yaml"] = "apiVersion: v2\nname: " + from + "\nversion: 1.0.0\n"
		files[from+"/templates/a.yaml"] = appText("to-"+to, "    path: "+to+"\n")
	}
	f := foundIn(t, files)
	if len(f.Releases) == 0 || f.Releases[0].Name != "to-b" {
		t.Errorf("%+v", f.Releases)
	}
}
