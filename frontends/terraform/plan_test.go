package terraform

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/plan"
	"github.com/mesh-check/mesh-check/render/source"
)

// planSources are the .tf files of the small plans below.
const planSources = `variable "uid" {
  default = "1337"
}

variable "token" {
  sensitive = true
}

resource "terraform_data" "release" {
  input = "v1"
}

resource "kubernetes_pod_v1" "web" {
  count = 2
  metadata {
    name = "web-${count.index}"
    labels = {
      app     = "web"
      version = terraform_data.release.output
    }
  }
  spec {
    security_context {
      run_as_user         = var.uid
      supplemental_groups = [30, 10]
    }
    container {
      name  = "web"
      image = "web:${terraform_data.release.id}"
      dynamic "env" {
        for_each = { TOKEN = var.token }
        content {
          name  = env.key
          value = env.value
        }
      }
    }
  }
}
`

// planOf is a plan of planSources: %s is the list of resource changes.
const planOf = `{"format_version": "1.2", "terraform_version": "1.13.3",
 "variables": {"uid": {"value": "1337"}, "token": {"value": "CANARY"}},
 "planned_values": {"root_module": {}},
 "resource_changes": [%s],
 "configuration": {"root_module": {"resources": [
  {"address": "kubernetes_pod_v1.web", "mode": "managed", "type": "kubernetes_pod_v1", "name": "web", "expressions": {
   "metadata": [{"name": {"references": ["count.index"]}, "labels": {"references": ["terraform_data.release.output", "terraform_data.release"]}}],
   "spec": [{"security_context": [{"run_as_user": {"references": ["var.uid"]}, "supplemental_groups": {"constant_value": [30, 10]}}],
    "container": [{"name": {"constant_value": "web"}, "image": {"references": ["terraform_data.release.id", "terraform_data.release"]}}]}]}}]}}
}
`

// podChange is the change of one instance of the pod: its index and its actions.
func podChange(index int, actions string) string {
	return fmt.Sprintf(`
  {
   "address": "kubernetes_pod_v1.web[%[1]d]", "mode": "managed", "type": "kubernetes_pod_v1", "name": "web", "index": %[1]d,
   "change": {"actions": [%[2]s], "before": null,
    "after": {"metadata": [{"name": "web-%[1]d", "generate_name": null, "namespace": "default"}],
     "spec": [{"node_name": "", "host_network": false, "restart_policy": "Always", "security_context": [{"run_as_user": "1337", "supplemental_groups": [10, 30]}],
      "container": [{"name": "web", "command": null, "args": [], "env": [{"name": "TOKEN", "value": "CANARY", "value_from": []}]}]}]},
    "after_unknown": {"id": true, "metadata": [{"labels": true, "uid": true}],
     "spec": [{"service_account_name": true, "security_context": [{"supplemental_groups": [false, false]}], "container": [{"image": true, "image_pull_policy": true, "env": [{}]}]}]},
    "after_sensitive": {"spec": [{"container": [{"env": [{"value": true}]}]}]}}}`, index, actions)
}

// small is a plan with two pods, its sources beside it or not.
func small(t *testing.T, sources bool) *Root {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	if sources {
		if err := os.WriteFile("main.tf", []byte(planSources), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	plan := fmt.Sprintf(planOf, podChange(0, `"create"`)+","+podChange(1, `"no-op"`))
	root, err := LoadPlan("plan.json", []byte(plan), Options{}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range root.Errors {
		t.Error(err)
	}
	if len(root.Objects) != 2 {
		t.Fatalf("%d objects, want 2; notes %q", len(root.Objects), root.Notes)
	}
	return root
}

// fieldAt follows a path such as spec.containers[0].image.
func fieldAt(o *object.Object, path string) object.Field {
	f := o.Root()
	for _, step := range object.SplitPath(path) {
		if items := f.Items(); items != nil {
			var i int
			_, _ = fmt.Sscan(step, &i)
			f = items[i]
			continue
		}
		f = f.Get(step)
	}
	return f
}

func describe(f object.Field) string {
	switch {
	case !f.Exists():
		return "unset"
	case f.Unknown():
		return "unknown: " + f.Reason()
	}
	return fmt.Sprint(f.Node().Interface())
}

// A plan says what is known; the sources say where, and what the plan gives up.
func TestPlanWithSources(t *testing.T) {
	root := small(t, true)
	for _, tc := range []struct{ path, want, at string }{
		{"metadata.name", "web-0", "main.tf:16:12"},
		{"metadata.namespace", "default", "main.tf:15:3"},
		{"metadata.labels.app", "web", "main.tf:18:17"}, // the plan knows no label at all
		{"metadata.uid", "unset", "main.tf:15:3"},
		{"spec.securityContext.runAsUser", "1337", "main.tf:24:29"},
		{"spec.securityContext.supplementalGroups[0]", "10", "main.tf:25:34"}, // a set, in another order
		{"spec.securityContext.supplementalGroups[1]", "30", "main.tf:25:30"},
		{"spec.nodeName", "unset", "main.tf:22:3"}, // a zero value that nobody wrote
		{"spec.hostNetwork", "unset", "main.tf:22:3"},
		{"spec.serviceAccountName", "unset", "main.tf:22:3"}, // the server's default
		{"spec.containers[0].imagePullPolicy", "unset", "main.tf:27:5"},
		{"spec.containers[0].env[0].value", "unknown: its value is marked sensitive", "main.tf:34:11"},
	} {
		f := fieldAt(root.Objects[0], tc.path)
		if got := describe(f); got != tc.want {
			t.Errorf("%s = %s, want %s", tc.path, got, tc.want)
		}
		if at := f.Origin().Span.String(); at != tc.at {
			t.Errorf("%s stands at %s, want %s", tc.path, at, tc.at)
		}
	}
	origin := fieldAt(root.Objects[0], "spec.securityContext.runAsUser").Origin()
	if step, ok := origin.ValueStep(); !ok || step.Role != source.Default || step.Span.String() != "main.tf:2:13" && step.Span.String() != "main.tf:2:14" {
		t.Errorf("the value is told to be written at %v %s", step.Role, step.Span)
	}
	for _, path := range []string{"metadata.labels.version", "spec.containers[0].image"} {
		if f := fieldAt(root.Objects[1], path); !f.Unknown() || f.Reason() == "" {
			t.Errorf("%s = %s, want it unknown with a reason", path, describe(f))
		}
	}
	if got := root.Objects[1].Address; got != "kubernetes_pod_v1.web[1]" {
		t.Errorf("address %s", got)
	}
	for _, n := range root.Notes {
		t.Errorf("note %q", n)
	}
}

// Without sources the configuration in the plan says what is written, and the place is
// the address in the plan.
func TestPlanWithoutSources(t *testing.T) {
	root := small(t, false)
	for path, want := range map[string]string{
		"metadata.name":                      "web-0",
		"metadata.labels":                    "unknown: terraform_data.release.output is known after the apply",
		"metadata.uid":                       "unset",
		"spec.securityContext.runAsUser":     "1337",
		"spec.nodeName":                      "unset",
		"spec.serviceAccountName":            "unset",
		"spec.containers[0].imagePullPolicy": "unset",
		"spec.containers[0].image":           "unknown: terraform_data.release.id is known after the apply",
		"spec.containers[0].env[0].name":     "TOKEN",
		"spec.containers[0].env[0].value":    "unknown: its value is marked sensitive",
	} {
		if got := describe(fieldAt(root.Objects[0], path)); got != want {
			t.Errorf("%s = %s, want %s", path, got, want)
		}
	}
	origin := fieldAt(root.Objects[1], "spec.securityContext.runAsUser").Origin()
	if got := origin.Span.Text(); got != `"kubernetes_pod_v1.web[1]"` || origin.Exact || origin.Reason == "" {
		t.Errorf("the place is %q, exact %v, reason %q", got, origin.Exact, origin.Reason)
	}
	for path, want := range map[string]string{
		"spec.securityContext.runAsUser":             "spec.security_context.run_as_user",
		"spec.securityContext.supplementalGroups[1]": "spec.security_context.supplemental_groups[1]",
		"spec.containers[0].env[0].value":            "spec.container.env.value",
		"metadata.labels":                            "metadata.labels",
		"spec.hostPID":                               "spec",
	} {
		if got := fieldAt(root.Objects[0], path).Origin().Part; got != want {
			t.Errorf("%s is told as %q, want %q", path, got, want)
		}
	}
	if text := string(origin.Span.File.Data); strings.Contains(text, "CANARY") || strings.Contains(text, "1337") {
		t.Error("the file that outputs may show has values of the plan")
	}
	if !strings.Contains(strings.Join(root.Notes, "\n"), "--source") {
		t.Errorf("no note says that the sources are missing: %q", root.Notes)
	}
}

// What the plan deletes is not there any more; what a plan with -target leaves alone is.
func TestPlanActions(t *testing.T) {
	state := `], "prior_state": {"values": {"root_module": {"child_modules": [{"resources": [
	 {"address": "module.a.kubernetes_pod_v1.old", "mode": "managed", "type": "kubernetes_pod_v1", "name": "old", "values": {"metadata": [{"name": "old"}]}},
	 {"address": "kubernetes_pod_v1.web[0]", "mode": "managed", "type": "kubernetes_pod_v1", "name": "web", "values": {"metadata": [{"name": "before"}]}},
	 {"address": "kubernetes_pod_v1.web[3]", "mode": "managed", "type": "kubernetes_pod_v1", "name": "web", "values": {"metadata": [{"name": "gone"}]}},
	 {"address": "data.kubernetes_pod_v1.d", "mode": "data", "type": "kubernetes_pod_v1", "name": "d", "values": {"metadata": [{"name": "d"}]}}
	]}]}}}, "ignored": [`
	changes := []string{
		podChange(0, `"update"`), podChange(1, `"delete", "create"`), podChange(2, `"create", "delete"`),
		podChange(3, `"delete"`), podChange(4, `"forget"`), podChange(5, `"no-op"`), podChange(6, ""), podChange(7, `"unheard-of"`),
	}
	t.Chdir(t.TempDir())
	root, err := LoadPlan("plan.json", []byte(fmt.Sprintf(planOf, strings.Join(changes, ",")+state)), Options{}, "")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, o := range root.Objects {
		names = append(names, o.Name+":"+string(o.Change))
	}
	if got, want := strings.Join(names, " "), "web-0:update web-1:create web-2:create web-5:no-op web-6: web-7: old:no-op"; got != want {
		t.Errorf("objects %q, want %q", got, want)
	}
	if !strings.Contains(strings.Join(root.Notes, "\n"), "1 resource that the plan leaves out") {
		t.Errorf("notes %q", root.Notes)
	}
}

// A plan that is older than its sources, or of others, is told.
func TestPlanIsStale(t *testing.T) {
	t.Chdir(t.TempDir())
	changed := strings.NewReplacer("30, 10", "30, 11", `"web-${`, `"site-${`, "count = 2", "count = 1").Replace(planSources) +
		"resource \"kubernetes_service_v1\" \"new\" {\n  metadata {\n    name = \"new\"\n  }\n}\n"
	if err := os.WriteFile("main.tf", []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	plan := fmt.Sprintf(planOf, podChange(0, `"create"`)+","+podChange(1, `"create"`))
	root, err := LoadPlan("plan.json", []byte(plan), Options{}, "")
	if err != nil {
		t.Fatal(err)
	}
	notes := strings.Join(root.Notes, "\n")
	for _, want := range []string{
		"1 resource of the plan is not in its sources (first kubernetes_pod_v1.web[1])",
		"1 resource of the sources is not in the plan (first kubernetes_service_v1.new)",
		"different values",
	} {
		if !strings.Contains(notes, want) {
			t.Errorf("no note says %q:\n%s", want, notes)
		}
	}
	if got := fieldAt(root.Objects[0], "metadata.name"); describe(got) != "web-0" || got.Origin().Span.String() != "main.tf:16:12" {
		t.Errorf("the name is %s at %s", describe(got), got.Origin().Span)
	}
}

// What is no plan, or a broken one, is an error that says what to do, and never a
// panic.
func TestPlanErrors(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, tc := range []struct{ name, plan, want string }{
		{"truncated", `{"format_version": "1.2", "planned_values": {`, "plan.json:1:46: the plan is not valid JSON: the JSON ends too early"},
		{"syntax", `{"format_version": "1.2", "planned_values": }`, "plan.json:1:45: the plan is not valid JSON"},
		{"two", `{"format_version": "1.2", "planned_values": {}} {}`, "there is more after"},
		{"deep", `{"format_version": "1.2", "planned_values": ` + strings.Repeat("[", 100_000), "nested deeper than"},
		{"version", `{"format_version": "2.0", "planned_values": {}}`, `the format "2.0", but only 1.x`},
		{"old", `{"format_version": "0.2", "planned_values": {}}`, `the format "0.2"`},
		{"state", `{"format_version": "1.0", "values": {}}`, "is a Terraform state"},
		{"neither", `{"format_version": "1.0"}`, "is not a plan"},
		{"list", `[]`, "is not a plan"},
		{"errored", `{"format_version": "1.2", "planned_values": {}, "errored": true}`, "the plan is incomplete"},
		{"null resource", `{"format_version": "1.2", "planned_values": {"root_module": {"resources": [null]}}}`, "plan.json:1:76: the plan is broken: a resource must be an object"},
		{"number as type", `{"format_version": "1.2", "resource_changes": [{"type": 7}]}`, "type must be a string"},
		{"list as values", `{"format_version": "1.2", "resource_changes": [{"type": "kubernetes_pod_v1", "address": "a.b", "change": {"after": []}}]}`, "after must be an object"},
		{"object as changes", `{"format_version": "1.2", "resource_changes": {}}`, "resource_changes must be a list"},
		{"null module", `{"format_version": "1.2", "planned_values": {"root_module": {"child_modules": [null, 5]}}}`, "a child module must be an object"},
	} {
		root, err := LoadPlan("plan.json", []byte(tc.plan), Options{}, "")
		told := ""
		if err != nil {
			told = err.Error()
		} else {
			for _, e := range root.Errors {
				told += e.Error() + "\n"
			}
		}
		if !strings.Contains(told, tc.want) {
			t.Errorf("%s: told %q, want %q", tc.name, told, tc.want)
		}
	}
}

func TestIsPlan(t *testing.T) {
	for text, want := range map[string]bool{
		`{"format_version":"1.2","terraform_version":"1.13.3","planned_values":{}}`: true,
		"\n {\"resource_changes\": [], \"format_version\": \"1.0\"}":                true,
		`{"format_version":"1.2","planned_values":`:                                 true,
		`{"apiVersion":"v1","kind":"ConfigMap","data":{"x":"\"format_version\""}}`:  false,
		"\ufeff{\"format_version\":\"1.2\",\"planned_values\":{}}":                  true,
		utf16Of(`{"format_version":"1.2","planned_values":{}}`):                     true,
		"apiVersion: v1\ndata: {\"format_version\": 1, \"planned_values\": 2}\n":    false,
		`{"format_version": 1}`: false,
		``:                      false,
	} {
		if got := plan.IsPlan([]byte(text)); got != want {
			t.Errorf("IsPlan(%s) = %v", text, got)
		}
	}
}

// utf16Of is a text as PowerShell writes it.
func utf16Of(text string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, unit := range utf16.Encode([]rune(text)) {
		b.WriteByte(byte(unit))
		b.WriteByte(byte(unit >> 8))
	}
	return b.String()
}

// PowerShell writes UTF-16.
func TestPlanInUTF16(t *testing.T) {
	t.Chdir(t.TempDir())
	root, err := LoadPlan("plan.json", []byte(utf16Of(fmt.Sprintf(planOf, podChange(0, `"create"`)))), Options{}, "")
	if err != nil || len(root.Objects) != 1 {
		t.Fatalf("%v, %v", root, err)
	}
}
