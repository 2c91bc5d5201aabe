package view

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/mesh-check/mesh-check/sarif"
	"github.com/mesh-check/mesh-check/sarif/property"
)

const reportSchema = "report.schema.json"

// schemaTypes are the definitions of the schema and the types that they describe.
var schemaTypes = map[string]reflect.Type{
	"document": reflect.TypeFor[document](), "tool": reflect.TypeFor[jsonTool](), "input": reflect.TypeFor[sarif.Input](),
	"templates": reflect.TypeFor[sarif.Templates](), "coverage": reflect.TypeFor[property.Coverage](),
	"finding": reflect.TypeFor[jsonFinding](), "object": reflect.TypeFor[sarif.Object](), "position": reflect.TypeFor[jsonPosition](),
	"location": reflect.TypeFor[jsonLocation](), "origin": reflect.TypeFor[jsonOrigin](), "related": reflect.TypeFor[jsonRelated](),
	"undecided": reflect.TypeFor[jsonUndecided](), "error": reflect.TypeFor[jsonError](), "note": reflect.TypeFor[jsonNote](),
	"configuration": reflect.TypeFor[sarif.Configured](), "commented": reflect.TypeFor[jsonCommented](), "summary": reflect.TypeFor[jsonSummary](),
}

// TestSchemaHasEveryMember holds that the schema names each member that the report
// has and no other, and requires those that are never absent.
func TestSchemaHasEveryMember(t *testing.T) {
	data, err := os.ReadFile(reportSchema)
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]struct {
			Properties map[string]any `json:"properties"`
			Required   []string       `json:"required"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	seen := map[reflect.Type]bool{}
	for name, typ := range schemaTypes {
		seen[typ] = true
		var members, always []string
		for i := range typ.NumField() {
			f := typ.Field(i)
			if f.Anonymous { // position, by reference
				continue
			}
			tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			members = append(members, tag)
			if options != "omitempty" {
				always = append(always, tag)
			}
		}
		def := schema.Defs[name]
		var described []string
		for property := range def.Properties {
			described = append(described, property)
		}
		for _, list := range [][]string{members, always, described, def.Required} {
			sort.Strings(list)
		}
		if diff := cmp.Diff(members, described); diff != "" {
			t.Errorf("%s: the members of %s and those of the schema differ (-Go +schema):\n%s", name, typ, diff)
		}
		if diff := cmp.Diff(always, slices.Clone(def.Required)); diff != "" && len(always)+len(def.Required) > 0 {
			t.Errorf("%s: the members that are always there differ (-Go +schema):\n%s", name, diff)
		}
	}
	for name, typ := range schemaTypes {
		for i := range typ.NumField() {
			inner := typ.Field(i).Type
			for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct && inner.NumField() > 0 && !seen[inner] {
				t.Errorf("%s.%s is a %s, which the schema does not describe: add it to the schema and to schemaTypes", name, typ.Field(i).Name, inner)
			}
		}
	}
}

// TestReportsFitTheSchema validates the reports of the logs that the tests keep.
func TestReportsFitTheSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile(reportSchema)
	if err != nil {
		t.Fatal(err)
	}
	logs, err := filepath.Glob(filepath.Join("..", "testdata", "*.sarif"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	for _, log := range logs {
		if filepath.Base(log) == "hostile.sarif" { // whose kinds and results are no words of ours
			continue
		}
		text := show(t, "json", load(t, filepath.Base(log)), here)
		report, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(report); err != nil {
			t.Errorf("%s: %v", log, err)
		}
		broken, _ := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(text, `"schema": 1`, `"schema": 2`, 1)))
		if schema.Validate(broken) == nil {
			t.Errorf("%s: another schema's report is taken", log)
		}
	}
}
