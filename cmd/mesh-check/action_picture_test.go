package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// picturePods are manifests of a Service for each of some pods, or of one Service for all.
func picturePods(pods int, one bool, name func(int) string) string {
	var b strings.Builder
	for i := range pods {
		app := i
		if one {
			app = 0
		}
		if app == i {
			fmt.Fprintf(&b, "---\napiVersion: v1\nkind: Service\nmetadata: {name: %q, namespace: shop}\nspec: {selector: {app: \"a%d\"}, ports: [{name: http, port: 80}]}\n", name(i), app)
		}
		fmt.Fprintf(&b, "---\napiVersion: v1\nkind: Pod\nmetadata: {name: %q, namespace: shop, labels: {app: \"a%d\"}}\nspec: {containers: [{name: web, image: web}]}\n", name(i), app)
	}
	return b.String()
}

// TestActionPicture holds that the summary has a picture of the mesh if GitHub can draw it,
// else a line that says where to get it, and that what is drawn cannot leave its fence.
func TestActionPicture(t *testing.T) {
	const tooLarge = "The picture of the mesh is too large"
	plain := func(i int) string { return fmt.Sprintf("web-%d", i) }
	for _, c := range []struct {
		name, text string
		drawn      bool
		says       string
	}{
		{name: "small", text: picturePods(2, false, plain), drawn: true, says: "web-1"},
		{name: "many edges", text: picturePods(285, true, plain), says: tooLarge}, // and 286 of 300 objects
		{name: "many objects", text: picturePods(160, false, plain), says: tooLarge},
		{name: "nothing", text: "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n"},
		{name: "hostile", drawn: true, text: picturePods(2, false, func(i int) string {
			return fmt.Sprintf("w%d\"]\n```\n\n<script>alert(1)</script>\n::error::forged\n```mermaid\nclick o0 \"javascript:alert(1)\"\n%%%%{init: {\"securityLevel\": \"loose\"}}%%%%", i)
		})},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newReleaseRunner(t)
			if err := os.RemoveAll(filepath.Join(r.dir, "demo")); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(r.dir, "all.yaml"), c.text)
			r.runAction(map[string]string{"path": "all.yaml", "config": "none", "sarif-file": "", "fail-on": "never"})
			if r.code != exitClean {
				t.Fatalf("exit code %d\n%s", r.code, r.printed)
			}
			before, picture, drawn := strings.Cut(r.summary, "\n```mermaid\nflowchart ")
			if drawn != c.drawn || !strings.Contains(r.summary, c.says) {
				t.Fatalf("drawn: %t, want %t, and %q\n%s", drawn, c.drawn, c.says, r.summary)
			}
			if strings.Contains(r.summary, tooLarge) != (c.says == tooLarge) {
				t.Errorf("the summary says that the picture is too large:\n%s", r.summary)
			}
			if !drawn {
				return
			}
			picture, rest, closed := strings.Cut(picture, "\n```\n")
			if !closed || rest != "" || strings.Contains(picture, "`") {
				t.Errorf("something is behind the picture, or it has a fence:\n%s", r.summary)
			}
			for _, line := range append(strings.Split(picture, "\n"), strings.Split(before, "\n")...) {
				if text := strings.TrimSpace(line); strings.HasPrefix(text, "click") || strings.HasPrefix(text, "%%{") || strings.HasPrefix(text, "::") || strings.Contains(text, "<script") {
					t.Errorf("a name became a line of its own: %s", line)
				}
			}
		})
	}
}
