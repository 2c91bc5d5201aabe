package terraform

import (
	"testing"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// TestYAMLRoundTrip writes values as YAML and reads them again.
func TestYAMLRoundTrip(t *testing.T) {
	for _, j := range []string{
		`{"apiVersion":"v1","kind":"Service","spec":{"ports":[{"name":"http","port":80},{"port":443}]}}`,
		`{"script":"#!/bin/sh\necho \"a\"\n","empty":"","yes":"yes","num":"080","colon":"a: b","tab":"\t","uni":"é😀","trail":"a\n\n","lead":"  a\nb"}`,
		`[[],{},[[1,2.5,-3]],null,true]`, `12345678901234567890`, `0.1`,
	} {
		v, err := ctyjson.ImpliedType([]byte(j))
		if err != nil {
			t.Fatal(err)
		}
		in, err := ctyjson.Unmarshal([]byte(j), v)
		if err != nil {
			t.Fatal(err)
		}
		s, err := yamlencodeFunc.Call([]cty.Value{in})
		if err != nil {
			t.Fatal(err)
		}
		out, err := yamldecodeFunc.Call([]cty.Value{s})
		if err != nil {
			t.Errorf("%s becomes %s: %v", j, s.AsString(), err)
			continue
		}
		if out, err = convert.Convert(out, in.Type()); err != nil || !out.RawEquals(in) {
			t.Errorf("%s becomes %s", j, s.AsString())
		}
	}
}
