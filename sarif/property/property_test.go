package property

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// TestEachProperty holds of every struct that all of its members survive JSON, that they
// are written in the order of their names, and what is read of members of other shapes.
func TestEachProperty(t *testing.T) {
	each[Run](t)
	each[Shard](t)
	each[Input](t)
	each[Question](t)
	each[Configuration](t)
	each[Comments](t)
	each[Position](t)
	each[Result](t)
	each[Object](t)
	each[Step](t)
	each[Notification](t)
	each[Rule](t)
	each[Location](t)
	each[Artifact](t)
	each[Graph](t)
	each[Node](t)
	each[Port](t)
	each[Edge](t)
}

func each[T any](t *testing.T) {
	t.Helper()
	name := reflect.TypeFor[T]().Name()
	var full T
	n := 0
	fillAll(t, reflect.ValueOf(&full).Elem(), &n)
	data := encoded(t, Bag(&full))
	if got := Read(bagOf(t, data), *new(T)); !equal(got, &full) {
		t.Errorf("%s: %s was read as %s", name, data, encoded(t, Bag(got)))
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	if a, b := Size(&full), Size(Read(bagOf(t, data), *new(T))); a != b || a != treeSize(tree) {
		t.Errorf("%s: the size is %d, %d when read, and of the JSON %d", name, a, b, treeSize(tree))
	}
	if again := encoded(t, bagOf(t, data)); !bytes.Equal(again, data) { // a map has sorted keys
		t.Errorf("%s: the members are not in the order of their names: %s", name, data)
	}
	var want, got bytes.Buffer
	if err := errors.Join(json.Indent(&want, data, "", "  "), EncodeIndented(&got, Bag(&full), nil)); err != nil || got.String() != want.String() {
		t.Errorf("%s: %v, indented it is %s", name, err, cmp.Diff(want.String(), got.String()))
	}
	if Foreign[T](bagOf(t, data)) != "" || Foreign[T](bagOf(t, []byte(`{"x":1}`))) != "x" {
		t.Errorf("%s: Foreign does not tell its members from others", name)
	}
	for i, member := range Members(reflect.TypeFor[T]()) {
		wrongShapes(t, name, &full, i, member, data)
	}
}

// wrongShapes holds that a member that is not of its own shape is missing; a pointer says
// all the same that it is there.
func wrongShapes[T any](t *testing.T, name string, full *T, i int, member string, data []byte) {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	if member == "tags" {
		return // go-sarif refuses others
	}
	kind := reflect.TypeOf(doc[member])
	for _, wrong := range []any{nil, "x", 5.0, true, []any{}, map[string]any{}} {
		if reflect.TypeOf(wrong) == kind {
			continue
		}
		doc[member] = wrong
		with, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		got, want := Read(bagOf(t, with), *new(T)), *full
		field := reflect.ValueOf(&want).Elem().Field(i)
		if field.Kind() == reflect.Pointer {
			field.Set(reflect.New(field.Type().Elem()))
		} else {
			field.SetZero()
		}
		if tidied := Tidy(&want); !equal(got, tidied) {
			t.Errorf("%s: with %v as %s it is\n%s, want\n%s", name, wrong, member, encoded(t, Bag(got)), encoded(t, Bag(tidied)))
		}
	}
}

// TestWrongElements holds that of a list those elements are read that have its shape, and
// that a bag that is missing reads as what stands for missing members.
func TestWrongElements(t *testing.T) {
	b := bagOf(t, []byte(`{"valuesSets":["a",5,null,"b",[]],"origins":[{"name":"x","location":1.9},7,null,{"name":[]}],"exact":"no"}`))
	got := Read(b, Result{Exact: true})
	want := Tidy(&Result{Exact: true, ValuesSets: []string{"a", "b"}, Origins: []Step{{Name: "x", Location: 1}, {}}})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := Read(nil, Result{Exact: true}); !got.Exact || got.ValuesSets == nil {
		t.Errorf("of no bag %+v is read", got)
	}
	hostile := bagOf(t, []byte(`{"\u0000":{"input":"x"},"input":"a\u001b\nb"}`))
	if got := Read(hostile, Result{}); got.Input != "a\ufffd b" {
		t.Errorf("the input is %q", got.Input)
	}
}

// TestReadOnce holds that what is changed in the struct of a bag is what is written.
func TestReadOnce(t *testing.T) {
	b := bagOf(t, []byte(`{"inputs":[],"suppressed":1,"undecided":[],"x":1}`))
	ReadOnce(b, Run{}).Suppressed++
	if ReadOnce(b, Run{}).Suppressed != 2 || Foreign[Run](b) != "x" {
		t.Error("the struct of the bag is not kept")
	}
	if got := string(encoded(t, b)); got != `{"inputs":[],"suppressed":2,"undecided":[]}` {
		t.Errorf("%s is written", got)
	}
}

// treeSize is the size of what JSON was read into: 8 for each value, and all texts.
func treeSize(tree any) int {
	n := 8
	switch v := tree.(type) {
	case string:
		n += len(v)
	case map[string]any:
		for name, e := range v {
			n += len(name) + treeSize(e)
		}
	case []any:
		for _, e := range v {
			n += treeSize(e)
		}
	}
	return n
}

// fillAll gives every member a value of its own.
func fillAll(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("text <", *n, `> "é`))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAll(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillAll(t, v.Index(0), n)
		fillAll(t, v.Index(1), n)
	case reflect.Map:
		one := reflect.New(v.Type().Elem()).Elem()
		fillAll(t, one, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key"), one)
	case reflect.Struct:
		if p, ok := v.Addr().Interface().(*Place); ok {
			p.Location = *sarif.NewLocation().WithPhysicalLocation(sarif.NewPhysicalLocation().
				WithArtifactLocation(sarif.NewArtifactLocation().WithURI("a.tgz").WithProperties(Bag(&Artifact{"b"}))).
				WithRegion(sarif.NewRegion().WithStartLine(*n)))
			return
		}
		for i := range v.NumField() {
			fillAll(t, v.Field(i), n)
		}
	default:
		t.Fatalf("no member is a %s", v.Kind())
	}
}

func encoded(t *testing.T, b *sarif.PropertyBag) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Encode(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func bagOf(t *testing.T, data []byte) *sarif.PropertyBag {
	t.Helper()
	b := &sarif.PropertyBag{}
	if err := json.Unmarshal(data, b); err != nil {
		t.Fatal(err)
	}
	return b
}

// equal compares structs, and the places in them by what is written of them.
func equal[T any](a, b *T) bool {
	return cmp.Equal(a, b, cmp.Comparer(func(p, q *Place) bool {
		if p == nil || q == nil {
			return p == q
		}
		x, _ := p.MarshalJSON()
		y, _ := q.MarshalJSON()
		return bytes.Equal(x, y)
	}))
}

// TestEncode holds what is written of go-sarif's structs: neither what their constructors
// fill nor the zeros of those that were read, the lists that readers want, and a rule's
// index of 0.
func TestEncode(t *testing.T) {
	made := sarif.NewReport()
	made.AddRun(sarif.NewRun().WithTool(sarif.NewTool().WithDriver(sarif.NewToolComponent())).AddResult(sarif.NewResult().WithRuleIndex(0)).
		WithOriginalUriBaseIds(map[string]sarif.ArtifactLocation{"B": *sarif.NewArtifactLocation(), "A": *sarif.NewArtifactLocation()}))
	const want = `{"$schema":"https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json","version":"2.1.0",` +
		`"runs":[{"originalUriBaseIds":{"A":{},"B":{}},"results":[{"level":"warning","ruleIndex":0}],"tool":{"driver":{"rules":[]}}}]}`
	var out, again bytes.Buffer
	if err := Encode(&out, made); err != nil || out.String() != want {
		t.Errorf("%v\n%s is written, want\n%s", err, &out, want)
	}
	read, err := sarif.FromBytes(out.Bytes(), sarif.WithStrictValidation())
	if err != nil {
		t.Fatal(err)
	}
	if err := Encode(&again, read); err != nil || again.String() != want {
		t.Errorf("%v\n%s is written again, want\n%s", err, &again, want)
	}
	if !slices.Equal(Members(reflect.TypeFor[Artifact]()), []string{"member"}) {
		t.Error("the members of Artifact are not those of its tags")
	}
}

// TestWritten holds that what was written early is written where it belongs, as it would be now.
func TestWritten(t *testing.T) {
	rule := sarif.NewReportingDescriptor().WithID("MESH101").
		WithHelp(sarif.NewMultiformatMessageString().WithText("several\nlines, \"quoted\"")).
		WithProperties(Bag(&Rule{Precision: "high", Tags: []string{"a", "b"}}))
	report := sarif.NewReport()
	report.AddRun(sarif.NewRun().WithTool(sarif.NewTool().WithDriver(sarif.NewToolComponent().WithName("x").WithRules([]*sarif.ReportingDescriptor{rule}))))
	written := Written{}
	if err := written.Add(rule); err != nil {
		t.Fatal(err)
	}
	var now, early bytes.Buffer
	if err := errors.Join(EncodeIndented(&now, report, nil), EncodeIndented(&early, report, written)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(now.String(), early.String()); diff != "" {
		t.Error(diff)
	}
	written[rule] = []byte(`"taken"`)
	early.Reset()
	if err := EncodeIndented(&early, report, written); err != nil || !bytes.Contains(early.Bytes(), []byte(`"taken"`)) {
		t.Errorf("%v, what was written early is not used: %s", err, early.Bytes())
	}
}
