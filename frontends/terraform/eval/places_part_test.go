package eval

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// textConfig has texts in all ways in which one writes them.
var textConfig = map[string]string{
	"main.tf": `variable "port" {
  default = "15020"
}
locals {
  script = <<EOT
one
  two $${x} ${var.port}
EOT
}
resource "kubernetes_config_map" "c" {
  data = {
    quoted   = "set -e\ncurl \"x\\y\" $${z} ${var.port}/\u0041"
    heredoc  = <<-EOT
      set -e

        curl ${var.port}/quit
      %{ if var.port == "15020" ~}
      three
      %{ endif ~}
      end
    EOT
    local    = local.script
    inner    = "a ${local.script} b"
    file     = file("${path.module}/run.sh")
    trimmed  = trimspace(file("run.sh"))
    template = templatefile("run.tftpl", { port = var.port, names = ["a", "b"] })
    either   = var.port == "" ? "no" : <<-EOT
      x
      y
    EOT
    decoded  = yamldecode(file("run.yaml")).script
    computed = upper("abc\ndef")
    joined   = join("\n", ["a", "b"])
  }
}
`,
	"run.sh":    "\n#!/bin/sh\ncurl  here\n",
	"run.yaml":  "x: 1\nscript: |\n  set -e\n\n  curl there\n",
	"run.tftpl": "first\n  port ${port} $${no}\n%{ for n in names ~}\nname ${n}\n%{ endfor ~}\nlast\n",
}

// TestTextParts changes the byte at the place of each byte of each text: the text must
// change, in that byte where it is the same byte. Where no place is told, the whole is.
func TestTextParts(t *testing.T) {
	read := func(files map[string]string) map[string]string {
		c, err := Evaluate(laidOut(t, files), Options{})
		if err != nil || len(c.Errors) > 0 {
			return nil
		}
		texts := map[string]string{}
		for _, e := range at(t, c, "kubernetes_config_map.c", "data").Entries {
			texts[e.Key] = e.Value.Text
		}
		return texts
	}
	c := evaluated(t, textConfig, Options{})
	told := map[string]int{}
	for _, e := range at(t, c, "kubernetes_config_map.c", "data").Entries {
		p, text := e.Value.Ref, e.Value.Text
		for i := range len(text) {
			o, ok := p.By.(*places).LocatePart(p.Token, text, i, i+1)
			if !ok {
				continue
			}
			told[e.Key]++
			at := o.Span
			if step, has := o.ValueStep(); has && step.Role != source.Argument {
				at = step.Span
			}
			if at.End <= at.Start || !o.Exact {
				t.Fatalf("byte %d of %s lies at %v", i, e.Key, o)
			}
			if at.End > at.Start+1 || at.Text() != text[i:i+1] || text[i] <= ' ' || at.Text() == "$" {
				continue // what is put in as a whole, an escape, a blank
			}
			files := maps.Clone(textConfig)
			was := files[at.File.Path]
			files[at.File.Path] = was[:at.Start] + "Q" + was[at.End:]
			now := read(files)
			if now == nil {
				continue // the condition of an if, say
			}
			if want := text[:i] + "Q" + text[i+1:]; now[e.Key] != want && (now[e.Key] == text || !strings.Contains(want, "15Q") && len(want) == len(now[e.Key])) {
				t.Errorf("byte %d of %s at %v: %q became %q", i, e.Key, at, text, now[e.Key])
			}
		}
	}
	want := map[string]bool{"quoted": true, "heredoc": true, "local": true, "inner": true, "file": true, "trimmed": true, "template": true, "either": true, "decoded": true}
	for key := range want {
		if told[key] == 0 {
			t.Errorf("nothing of %s has a place", key)
		}
	}
	if told["computed"]+told["joined"] > 0 {
		t.Error("what is computed has places:", fmt.Sprint(told))
	}
}

// TestTextTraces holds what is told of some parts.
func TestTextTraces(t *testing.T) {
	c := evaluated(t, textConfig, Options{})
	for _, tc := range []struct{ key, part, want string }{
		{"heredoc", "curl", `main.tf:16:9 curl`},
		{"heredoc", "three", `main.tf:18:7 three`},
		{"heredoc", "15020", `main.tf:16:16 var.port <- default var.port main.tf:2:14 15020`},
		{"local", "two", `main.tf:22:16 local.script <- local local.script main.tf:7:3 two`},
		{"inner", "two", `main.tf:23:21 local.script <- local local.script main.tf:7:3 two`},
		{"file", "curl", `run.sh:3:1 curl <- argument file() main.tf:24:16 file("${path.module}/run.sh")`},
		{"decoded", "there", `main.tf:31:16 yamldecode(file("run.yaml")) <- literal yamldecode run.yaml:5:8 there`},
		{"template", "last", `run.tftpl:6:1 last <- argument templatefile() main.tf:26:16 templatefile("run.tftpl", { port = var.port, names = ["a", "b"] })`},
		{"template", "15020", `run.tftpl:2:10 port <- argument templatefile() main.tf:26:16 templatefile("run.tftpl", { port = var.port, names = ["a", "b"] })`},
	} {
		n := at(t, c, "kubernetes_config_map.c", "data."+tc.key)
		i := strings.Index(n.Text, tc.part)
		o, ok := n.Ref.By.(*places).LocatePart(n.Ref.Token, n.Text, i, i+len(tc.part))
		if got := placed(o); !ok || got != tc.want {
			t.Errorf("%s %q at\n  %s, want\n  %s", tc.key, tc.part, got, tc.want)
		}
	}
}
