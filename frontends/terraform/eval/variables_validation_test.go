package eval

import (
	"strings"
	"testing"
)

// TestValidation holds which values validation blocks refuse, where, and in which words.
func TestValidation(t *testing.T) {
	rule := func(condition, message string) string {
		return "variable \"v\" {\n  default = null\n  validation {\n    condition     = " + condition + "\n    error_message = " + message + "\n  }\n}\n"
	}
	const secret = "variable \"s\" {\n  default   = \"hunter2hunter2\"\n  sensitive = true\n}\n"
	for name, c := range map[string]struct {
		files map[string]string
		vars  []Var
		want  []string // parts of the only error; none for no error
	}{
		"fine":                        {map[string]string{"main.tf": rule("var.v == \"a\"", `"no"`)}, vars("a"), nil},
		"refused":                     {map[string]string{"main.tf": rule("var.v == \"a\"", `"Must be \"abcdefgh\". Or so."`)}, vars("b"), []string{`main.tf:4:21: the value of var.v is not valid: Must be "abcdefgh". Or so; give it`}},
		"a text":                      {map[string]string{"main.tf": rule("var.v == \"a\" ? \"true\" : \"false\"", `"no"`)}, vars("b"), []string{"main.tf:4:21: the value of var.v is not valid: no"}},
		"a null":                      {map[string]string{"main.tf": rule("null", `"no"`)}, vars("b"), []string{"main.tf:4:21: the condition of a validation of var.v is neither true nor false"}},
		"an error":                    {map[string]string{"main.tf": rule("length(var.v) > 1", `"no"`)}, nil, []string{"main.tf:4:28: invalid function argument", "must not be null"}},
		"can":                         {map[string]string{"main.tf": rule("can(regex(\"^a\", var.v))", `"no"`)}, vars("b"), []string{"not valid: no"}},
		"the value in the message":    {map[string]string{"main.tf": rule("var.v == \"a\"", `"Not ${var.v}, nor ${length(var.v)}."`)}, vars("Pass-word1"), []string{"not valid: Not …, nor 10;"}},
		"another variable":            {map[string]string{"main.tf": secret + rule("var.s != var.v", `"No ${var.s}."`)}, vars("hunter2hunter2"), []string{"main.tf:8:21: the value of var.v is not valid; give it"}},
		"no value":                    {map[string]string{"main.tf": "variable \"v\" {\n  validation {\n    condition = length(var.v) > 9\n  }\n}\n"}, nil, nil},
		"no message":                  {map[string]string{"main.tf": "variable \"v\" {\n  default = 1\n  validation {\n    condition = var.v > 9\n  }\n}\n"}, nil, []string{"main.tf:4:17: the value of var.v is not valid; give it"}},
		"what a resource gives":       {map[string]string{"main.tf": "resource \"kubernetes_namespace\" \"n\" {\n  metadata {}\n}\nmodule \"m\" {\n  source = \"./m\"\n  v      = kubernetes_namespace.n.metadata[0].uid\n}\n", "m/main.tf": rule("length(var.v) > 3", `"no"`)}, nil, nil},
		"a module":                    {map[string]string{"main.tf": "module \"m\" {\n  source   = \"./m\"\n  for_each = { x = \"a\", y = \"b\" }\n  v        = each.value\n}\n", "m/main.tf": rule("var.v == \"a\"", `"no"`)}, nil, []string{`m/main.tf:4:21: the value of module.m["y"].var.v is not valid: no`}},
		"a module that may not exist": {map[string]string{"main.tf": "variable \"n\" {}\nmodule \"m\" {\n  source = \"./m\"\n  count  = var.n\n  v      = \"b\"\n}\n", "m/main.tf": rule("var.v == \"a\"", `"no"`)}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			root := laidOut(t, c.files)
			got, err := Evaluate(root, Options{Vars: c.vars})
			if err != nil {
				t.Fatal(err)
			}
			var told []string
			for _, e := range got.Errors {
				told = append(told, strings.ReplaceAll(e.Error(), root+"/", ""))
			}
			if c.want == nil && len(told) > 0 || c.want != nil && len(told) != 1 {
				t.Fatalf("the errors are %q, want %q", told, c.want)
			}
			for _, want := range c.want {
				if !strings.Contains(told[0], want) {
					t.Errorf("the error is %q, want %q", told[0], want)
				}
			}
		})
	}
}

func vars(v string) []Var { return []Var{{Name: "v", Value: v}} }
