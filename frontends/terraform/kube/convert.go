package kube

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strconv"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// octal are the fields that the provider reads as octal text. Source: expandVolumes
// of hashicorp/terraform-provider-kubernetes v3.2.1.
var octal = map[string]bool{
	"KeyToPath.mode": true, "DownwardAPIVolumeFile.mode": true,
	"ConfigMapVolumeSource.default_mode": true, "SecretVolumeSource.default_mode": true,
	"DownwardAPIVolumeSource.default_mode": true, "ProjectedVolumeSource.default_mode": true,
}

var selfReading = reflect.TypeFor[json.Unmarshaler]()

// convertScalar makes a scalar of the provider one of a Kubernetes type: Terraform writes
// users and ports as text, and converts numbers to text. nil means unset. What cannot
// be converted stays, for TypeErrors to tell.
func convertScalar(t reflect.Type, n *object.Node) *object.Node {
	if reflect.PointerTo(t).Implements(selfReading) {
		return selfRead(t, n)
	}
	if n.Text == "" && n.Kind == object.String {
		return nil // the provider takes empty text for unset
	}
	switch t.Kind() {
	case reflect.String:
		return retyped(n, object.String, n.Text)
	case reflect.Bool:
		if n.Text == "true" || n.Text == "false" {
			return retyped(n, object.Bool, n.Text)
		}
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Int16, reflect.Int8:
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil && n.Kind == object.String {
			return retyped(n, object.Int, strconv.FormatInt(i, 10))
		}
	case reflect.Float32, reflect.Float64:
		if _, err := strconv.ParseFloat(n.Text, 64); err == nil && n.Kind == object.String {
			return retyped(n, object.Float, n.Text)
		}
	}
	return n
}

// selfRead is convertScalar for types that read themselves: whole numbers as numbers for
// IntOrString, everything as text for the others.
func selfRead(t reflect.Type, n *object.Node) *object.Node {
	if n.Text == "" {
		return nil
	}
	if t.Name() == "IntOrString" {
		if i, err := strconv.ParseInt(n.Text, 10, 32); err == nil {
			return retyped(n, object.Int, strconv.FormatInt(i, 10))
		}
	}
	return retyped(n, object.String, n.Text)
}

// octalMode reads text as octal, as the provider does, also where a number is written.
func octalMode(n *object.Node) *object.Node {
	if i, err := strconv.ParseInt(n.Text, 8, 32); err == nil {
		return retyped(n, object.Int, strconv.FormatInt(i, 10))
	}
	return convertScalar(reflect.TypeFor[int32](), n)
}

// base64Text is text as base64, which Kubernetes wants for bytes.
func base64Text(n *object.Node) *object.Node {
	return retyped(n, object.String, base64.StdEncoding.EncodeToString([]byte(n.Text)))
}

// retyped is the same place with another reading.
func retyped(n *object.Node, kind object.Kind, text string) *object.Node {
	if n.Kind == kind && n.Text == text {
		return n
	}
	return &object.Node{Kind: kind, Text: text, Ref: n.Ref}
}
