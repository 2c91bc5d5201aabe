package terraform

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
)

// chain is a local value that is made of the one before, n times, from first on.
func chain(first, step string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  x0 = %s\n", first)
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "  x%d = %s\n", i, strings.ReplaceAll(step, "X", fmt.Sprintf("local.x%d", i-1)))
	}
	return b.String()
}

// locals is a configuration with local values, of which x is what a resource uses.
func locals(body string) map[string]string {
	return map[string]string{"main.tf": "locals {\n" + body + "}\n" + podOf("try(length(local.x), 0)")}
}

func podOf(label string) string {
	return "resource \"kubernetes_pod\" \"a\" {\n  metadata {\n    name   = \"a\"\n    labels = { x = " + label + " }\n  }\n}\n"
}

// doubled is a text of 16 bytes, doubled n times.
func doubled(n int) string { return chain(`"xxxxxxxxxxxxxxxx"`, `"${X}${X}"`, n) }

// TestBudgets gives short configurations that would run for hours, or fill any memory,
// to the evaluator: each ends soon, in an error at the place that costs too much, and
// the resources are there all the same.
func TestBudgets(t *testing.T) {
	const r = "  r = range(1024)\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  string // the start of an error
	}{
		"for in for in for":   {locals("  x = [for a in range(1024): [for b in range(1024): [for c in range(1024): 1]]]\n"), "main.tf:2:7: the expression exceeds the evaluation limit: its loops have more than"},
		"loops over a local":  {locals(r + "  x = [for a in local.r: [for b in local.r: [for c in local.r: 1]]]\n"), "main.tf:3:7: the expression exceeds the evaluation limit: its loops have more than"},
		"loops in conditions": {locals(r + "  x = [for a in local.r: a if length([for b in local.r: b if length([for c in local.r: c]) > 0]) > 0]\n"), "main.tf:3:7: the expression exceeds the evaluation limit"},
		"loops in keys":       {locals(r + "  x = { for a in local.r: length([for b in local.r: [for c in local.r: c]]) => a... }\n"), "main.tf:3:7: the expression exceeds the evaluation limit"},
		"objects in objects":  {locals(r + "  x = { for a in local.r: a => { for b in local.r: b => { for c in local.r: c => c } } }\n"), "main.tf:3:7: the expression exceeds the evaluation limit"},
		"directives":          {locals(r + "  x = \"%{for a in local.r}%{for b in local.r}%{for c in local.r}x%{endfor}%{endfor}%{endfor}\"\n"), "main.tf:3:7: the expression exceeds the evaluation limit"},
		"in the second part":  {locals(r + "  x = [1, [for a in local.r: [for b in local.r: [for c in local.r: 1]]]]\n"), "main.tf:3:7: the expression exceeds the evaluation limit"},
		"in a template file": {map[string]string{"main.tf": podOf(`templatefile("${path.module}/t.tpl", { r = range(1024) })`),
			"t.tpl": "%{for a in r}%{for b in r}%{for c in r}x%{endfor}%{endfor}%{endfor}"}, "main.tf:4:14: the expression exceeds the evaluation limit"},
		"in a file of variables": {map[string]string{"main.tf": "variable \"n\" {}\n" + podOf("length(var.n)"),
			"terraform.tfvars": "n = [for a in [" + strings.Repeat("1,", 1000) + "]: [for b in [" + strings.Repeat("1,", 1000) + "]: [for c in [" + strings.Repeat("1,", 1000) + "]: 1]]]\n"}, "terraform.tfvars:1:5: the expression exceeds the evaluation limit"},
		"in an index":               {locals("  y = {}\n  x = local.y[length([for a in [" + strings.Repeat("1,", 1000) + "]: [for b in [" + strings.Repeat("1,", 1000) + "]: [for c in [" + strings.Repeat("1,", 1000) + "]: 1]]])]\n"), "main.tf:3:7: the expression exceeds the evaluation limit"},
		"texts that double":         {locals(doubled(40) + "  x = local.x40\n"), "main.tf:23:9: the value of local.x21 is too large"},
		"lists that double":         {locals(chain(`["x"]`, "[X, X]", 40) + "  x = local.x40\n"), "the value of local.x18 is too large"},
		"lists that grow":           {locals(chain(`["x"]`, "concat(X, X)", 40) + "  x = local.x40\n"), "the result has more than 131072 elements"},
		"numbers that grow":         {locals(chain("1e300", "X * X", 40) + "  x = \"${local.x40}\"\n"), "the value of local.x4 is too large"},
		"numbers that shrink":       {locals(chain("1e-300", "X * X", 40) + "  x = \"${local.x40}\"\n"), "the value of local.x4 is too large"},
		"a text a thousandfold":     {locals(doubled(18) + "  x = \"" + strings.Repeat("${local.x18}", 1500) + "\"\n"), "main.tf:21:7: the expression exceeds the evaluation limit: it creates more than"},
		"calls a thousandfold":      {locals(doubled(18) + "  x = [" + strings.Repeat("upper(local.x18),", 900) + "]\n"), "main.tf:21:7: the expression exceeds the evaluation limit: it creates more than"},
		"a large text in a loop":    {locals(doubled(18) + "  x = [for i in range(1024): \"${local.x18}${i}\"]\n"), "main.tf:21:7: the expression exceeds the evaluation limit: it creates more than"},
		"many large locals":         {locals(doubled(18) + manyLocals("upper(local.x18)", 200)), "is too large"},
		"a merge of many":           {locals("  x0 = { for p in setproduct(range(100), range(100)): \"${p[0]}-${p[1]}\" => 1 }\n  x = merge(" + strings.Repeat("local.x0,", 1000) + "{})\n"), "main.tf:3:7: "},
		"a list searched in a loop": {locals("  x0 = [for p in setproduct(range(200), range(200)): p[0]]\n  x = [for a in range(1000): contains(local.x0, \"no\")]\n"), "main.tf:3:7: the expression exceeds the evaluation limit"},
		"many modules": {map[string]string{"main.tf": moduleOf("../a", 1000), "../a/main.tf": moduleOf("../b", 1000), "../b/main.tf": podOf("1")},
			"main.tf:1:1: the root has more than 4000 modules"},
		"modules that fan out":       {fan(10, 6), "more than 4000 modules"},
		"a module that calls itself": {map[string]string{"main.tf": moduleOf("./", 1)}, "modules are called more than 8 deep"},
		"many resources":             {map[string]string{"main.tf": strings.Replace(podOf("1"), "  metadata", "  count = 1000000000\n  metadata", 1)}, "main.tf:2:11: kubernetes_pod.a has more than 1000 instances"},
		"dynamic blocks": {map[string]string{"main.tf": "resource \"kubernetes_pod\" \"a\" {\n" + dynamic("spec", dynamic("container", dynamic("env", ""))) + "}\n"},
			"the root has more than 30000 nested blocks"},
		"a large file":                       {map[string]string{"main.tf": podOf(`length(file("big"))`), "big": strings.Repeat("x", 8<<20+1)}, "main.tf:4:27: error in function call: call to function \"file\" failed: \"big\" cannot be read: it is larger than 8 MiB"},
		"a file of signs":                    {locals("  x = [" + strings.Repeat("1,", 400_000) + "]\n"), "main.tf:1:1: the configuration has more than about 600000 tokens"},
		"files of signs":                     {signs(8, 50_000), "the configuration has more than about 600000 tokens"},
		"brackets":                           {locals("  x = " + strings.Repeat("[", 100_000) + "\n"), "main.tf:2:205: brackets and templates are nested too deeply"},
		"operators in a row":                 {locals("  x = " + strings.Repeat("!", 100_000) + "true\n"), "main.tf:2:71: there are too many operators in a row"},
		"blocks in blocks":                   {map[string]string{"main.tf": strings.Repeat("a {\n", 100_000)}, "main.tf:200:3: brackets and templates are nested too deeply"},
		"templates":                          {locals("  x = " + strings.Repeat("\"${", 10_000) + "\n"), "main.tf:2:304: brackets and templates are nested too deeply"},
		"directives in a row":                {locals("  x = \"" + strings.Repeat("%{if true}", 10_000) + "\"\n"), "the expression is too long"},
		"lines of a heredoc":                 {locals("  x = <<EOT\n" + strings.Repeat("x\n", 240_000) + "EOT\n"), "main.tf:2:7: the text has too many lines to be read as a part of the configuration; move it into a file of its own"},
		"an exponent":                        {locals("  x = \"${1e1000000000}\"\n"), "main.tf:2:10: the number is too large"},
		"an exponent in a file of variables": {map[string]string{"main.tf": "variable \"n\" {}\n" + podOf("var.n"), "terraform.tfvars": "n = 1e1000000000\n"}, "terraform.tfvars:1:5: the number is too large"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			root := filepath.Join(dir, "root")
			for file, text := range c.files {
				file = filepath.Join(root, file)
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			begin := time.Now()
			got, err := Load(root, Options{Options: eval.Options{Within: dir}})
			if took := time.Since(begin); took > 60*time.Second {
				t.Errorf("it took %s", took)
			}
			if err != nil {
				t.Fatal(err)
			}
			told := ""
			for _, e := range got.Errors {
				told += strings.TrimPrefix(strings.ReplaceAll(e.Error(), dir, ""), "/root/") + "\n"
			}
			if !strings.Contains("\n"+told, c.want) {
				t.Errorf("the errors are %.600s, want %s", told, c.want)
			}
		})
	}
}

func manyLocals(value string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  y%d = %s\n", i, value)
	}
	b.WriteString("  x = [")
	for i := range n {
		fmt.Fprintf(&b, "local.y%d, ", i)
	}
	return b.String() + "]\n"
}

func moduleOf(source string, count int) string {
	return fmt.Sprintf("module \"m\" {\n  source = %q\n  count  = %d\n}\n", source, count)
}

// fan is a root with modules that call modules, wide times each, deep times.
func fan(wide, deep int) map[string]string {
	calls := func(level int) string {
		var b strings.Builder
		for i := range wide {
			fmt.Fprintf(&b, "module \"m%d\" {\n  source = \"../l%d\"\n}\n", i, level)
		}
		return b.String()
	}
	files := map[string]string{"main.tf": calls(1)}
	for level := 1; level < deep; level++ {
		files[fmt.Sprintf("../l%d/main.tf", level)] = calls(level + 1)
	}
	files[fmt.Sprintf("../l%d/main.tf", deep)] = podOf("1")
	return files
}

func dynamic(name, content string) string {
	return fmt.Sprintf("dynamic %q {\n  for_each = range(1000)\n  content {\n    name = \"x\"\n%s  }\n}\n", name, content)
}

func signs(files, each int) map[string]string {
	all := map[string]string{"main.tf": podOf("1")}
	for i := range files {
		all[fmt.Sprintf("f%d.tf", i)] = fmt.Sprintf("locals {\n  a%d = [%s]\n}\n", i, strings.Repeat("1,", each))
	}
	return all
}

// TestLikelyTokens holds that what is guessed is not less than what is there, but for
// texts that lie about themselves.
func TestLikelyTokens(t *testing.T) {
	for name, c := range map[string]struct {
		text     string
		min, max int
	}{
		"signs":             {strings.Repeat("1,", 1000), 2000, 2000},
		"words":             {strings.Repeat("abc def_1 ", 1000), 2000, 2000},
		"a heredoc":         {"x = <<EOT\n" + strings.Repeat("{\"a\": [1, 2]},\n", 1000) + "EOT\n", 1000, 1020},
		"a template":        {"x = <<-EOT\n" + strings.Repeat("${a}${b}\n", 1000) + "  EOT\n", 8000, 10_000},
		"behind a heredoc":  {"x = <<EOT\na\nEOT\n" + strings.Repeat("!", 1000), 1000, 1020},
		"no heredoc at all": {"x = \"<<EOT\"\n" + strings.Repeat("!", 1000), 1000, 1020},
	} {
		if n := lang.LikelyTokens([]byte(c.text)); n < c.min || n > c.max {
			t.Errorf("%s: %d, want %d to %d", name, n, c.min, c.max)
		}
	}
}
