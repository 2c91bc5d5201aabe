package terraform

import (
	"fmt"
	"os"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
)

// A variable's value is written in the file of variables, the flag, the environment or
// the default that gives the plan's value, and nowhere where none of them does.
func TestPlanVariables(t *testing.T) {
	const main = `variable "user" {%s}

resource "kubernetes_pod_v1" "web" {
  metadata {
    name = "web"
  }
  spec {
    security_context {
      run_as_user = %s
    }
  }
}
`
	const plan = `{"format_version": "1.2", "variables": {"user": %s, "other": {}}, "resource_changes": [
	 {"address": "kubernetes_pod_v1.web", "mode": "managed", "type": "kubernetes_pod_v1", "name": "web", "change": {"actions": ["create"],
	  "after": {"metadata": [{"name": "web"}], "spec": [{"security_context": [{"run_as_user": "1337"}]}]}}}]}`
	const object = "\n  type = list(object({ id = number, name = optional(string, \"x\"), more = optional(string) }))\n"
	prod := eval.Var{File: "prod.tfvars", Flag: "--var-file prod.tfvars"}
	for _, tc := range []struct {
		name, variable, use, tfvars, prod, value string
		o                                        eval.Options
		want                                     string
	}{
		{"default", " default = 1337 ", "var.user", "", "", "1337", eval.Options{}, "default main.tf:1:29"},
		{"tfvars", " type = number ", "var.user", "user = 1337", "", "1337", eval.Options{}, "value terraform.tfvars:1:8"},
		{"tfvars over the default", " default = 5 ", "var.user", "\nuser = 1337", "", "1337", eval.Options{}, "value terraform.tfvars:2:8"},
		{"a text", " type = string ", "var.user", `user = "1337"`, "", `"1337"`, eval.Options{}, "value terraform.tfvars:1:8"},
		{"a number for a text", " type = string ", "var.user", `user = 1337`, "", `"1337"`, eval.Options{}, "value terraform.tfvars:1:8"},
		{"optional attributes", object, "var.user[1].id", "user = [{ id = 1 }, {\n  id = 1337\n}]", "", `[{"id": 1}, {"id": 1337}]`, eval.Options{}, "value terraform.tfvars:2:8"},
		{"optional attributes, as planned", object, "var.user[0].id", "user = [{ id = 1337 }]", "", `[{"id": 1337, "name": "x", "more": null}]`, eval.Options{}, "value terraform.tfvars:1:16"},
		{"any", "", "var.user.id", "user = {\n  id = 1337\n}", "", `{"id": 1337}`, eval.Options{}, "value terraform.tfvars:2:8"},
		{"file of a flag", " type = number ", "var.user", "user = 5", "user = 1337", "1337", eval.Options{Vars: []eval.Var{prod}}, "value prod.tfvars:1:8"},
		{"file of an option", " type = number ", "var.user", "user = 5", "user = 1337", "1337", eval.Options{VarFiles: []string{"prod.tfvars"}}, "value prod.tfvars:1:8"},
		{"flag", " type = number ", "var.user", "user = 5", "", "1337", eval.Options{Vars: []eval.Var{{Name: "user", Value: "1337"}}}, "value --var user"},
		{"environment", " type = number ", "var.user", "", "", "1337", eval.Options{Environ: []string{"TF_VAR_user=1337"}}, "value environment TF_VAR_user"},
		{"of another time", " type = number ", "var.user", "user = 5", "", "1337", eval.Options{}, "value plan user"},
		{"a file that is not the plan's", " type = number ", "var.user", "user = 1337", "user = 5", "1337", eval.Options{Vars: []eval.Var{prod}}, "value plan user"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, text := range map[string]string{
				"main.tf": fmt.Sprintf(main, tc.variable, tc.use), "terraform.tfvars": tc.tfvars, "prod.tfvars": tc.prod,
			} {
				if err := os.WriteFile(name, []byte(text+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			root, err := LoadPlan("plan.json", fmt.Appendf(nil, plan, `{"value": `+tc.value+"}"), Options{Options: tc.o}, "")
			if err != nil {
				t.Fatal(err)
			}
			field := fieldAt(root.Objects[0], "spec.securityContext.runAsUser")
			step, _ := field.Origin().ValueStep()
			got := string(step.Role) + " "
			if step.Span.Valid() {
				got += step.Span.String()
			} else {
				got += step.Setter()
			}
			if got != tc.want || describe(field) != "1337" || len(root.Notes)+len(root.Errors) > 0 {
				t.Errorf("the value %s is from %q, want %q; notes %q, errors %v", describe(field), got, tc.want, root.Notes, root.Errors)
			}
		})
	}
}
