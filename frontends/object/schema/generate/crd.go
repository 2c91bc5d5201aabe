package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// schema is the schema of a value as a CRD writes it, without its descriptions.
type schema struct {
	Type        string             `yaml:"type"`
	Format      string             `yaml:"format"`
	Pattern     string             `yaml:"pattern"`
	Enum        []string           `yaml:"enum"`
	Min         *float64           `yaml:"minimum"`
	Max         *float64           `yaml:"maximum"`
	MinLength   *float64           `yaml:"minLength"`
	MaxLength   *float64           `yaml:"maxLength"`
	MinItems    *float64           `yaml:"minItems"`
	MaxItems    *float64           `yaml:"maxItems"`
	MinProps    *float64           `yaml:"minProperties"`
	MaxProps    *float64           `yaml:"maxProperties"`
	Required    []string           `yaml:"required"`
	Properties  map[string]*schema `yaml:"properties"`
	Items       *schema            `yaml:"items"`
	Values      *schema            `yaml:"additionalProperties"`
	Nullable    bool               `yaml:"nullable"`
	Preserve    bool               `yaml:"x-kubernetes-preserve-unknown-fields"`
	IntOrString bool               `yaml:"x-kubernetes-int-or-string"`
	ListType    string             `yaml:"x-kubernetes-list-type"`
	ListKeys    []string           `yaml:"x-kubernetes-list-map-keys"`
	Default     any                `yaml:"default"`
	OneOf       []alternative      `yaml:"oneOf"`
	AllOf       []alternative      `yaml:"allOf"`
	AnyOf       []alternative      `yaml:"anyOf"`
	Rules       []crdRule          `yaml:"x-kubernetes-validations"`

	Description string `yaml:"description" json:"-"`
	MapType     string `yaml:"x-kubernetes-map-type"`
}

// crdRule is a rule in the language CEL.
type crdRule struct {
	Rule              string `yaml:"rule"`
	Message           string `yaml:"message"`
	MessageExpression string `yaml:"messageExpression"`
	Reason            string `yaml:"reason"`
	FieldPath         string `yaml:"fieldPath"`
	OptionalOldSelf   bool   `yaml:"optionalOldSelf"`
}

// alternative is one of a oneOf, allOf or anyOf.
type alternative struct {
	Type       string                 `yaml:"type"`
	Format     string                 `yaml:"format"`
	Required   []string               `yaml:"required"`
	Not        *alternative           `yaml:"not"`
	AnyOf      []alternative          `yaml:"anyOf"`
	OneOf      []alternative          `yaml:"oneOf"`
	AllOf      []alternative          `yaml:"allOf"`
	Properties map[string]alternative `yaml:"properties"`
	Enum       []string               `yaml:"enum"`
}

type crd struct {
	Kind string `yaml:"kind"`
	Spec struct {
		Group string `yaml:"group"`
		Names struct {
			Kind string `yaml:"kind"`
		} `yaml:"names"`
		Versions []struct {
			Name   string `yaml:"name"`
			Served bool   `yaml:"served"`
			Schema struct {
				Root *schema `yaml:"openAPIV3Schema"`
			} `yaml:"schema"`
		} `yaml:"versions"`
	} `yaml:"spec"`
}

// kind is one kind with what each release says of it.
type kind struct {
	group, name string
	// versions are the releases that serve a version, by their numbers.
	versions map[string][]int
	// roots are the schemas of each version by the number of the release; nil where a
	// release lacks it.
	roots map[string]map[int]*schema
}

// source is a file that the table was made of.
type source struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

// read adds the CRDs of a file to the kinds, as those of a release.
func (w *writer) read(kinds map[string]*kind, release int, name, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	w.sources = append(w.sources, source{name, hex.EncodeToString(sum[:])})
	for dec := yaml.NewDecoder(bytes.NewReader(text)); ; {
		var doc yaml.Node
		if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		var c crd
		if err := doc.Decode(&c); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if c.Kind != "CustomResourceDefinition" {
			continue
		}
		if err := unknownKeywords(&doc); err != nil {
			return fmt.Errorf("%s: %s: %w", name, c.Spec.Names.Kind, err)
		}
		key := c.Spec.Group + "/" + c.Spec.Names.Kind
		k := kinds[key]
		if k == nil {
			k = &kind{c.Spec.Group, c.Spec.Names.Kind, map[string][]int{}, map[string]map[int]*schema{}}
			kinds[key] = k
		}
		for _, v := range c.Spec.Versions {
			if !v.Served {
				continue
			}
			k.versions[v.Name] = append(k.versions[v.Name], release)
			if k.roots[v.Name] == nil {
				k.roots[v.Name] = map[int]*schema{}
			}
			k.roots[v.Name][release] = bare(v.Schema.Root)
		}
	}
}

// unknownKeywords decodes the schemas once more, strictly.
func unknownKeywords(doc *yaml.Node) error {
	var loose struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					Root yaml.Node `yaml:"openAPIV3Schema"`
				} `yaml:"schema"`
			} `yaml:"versions"`
		} `yaml:"spec"`
	}
	if err := doc.Decode(&loose); err != nil {
		return err
	}
	for _, v := range loose.Spec.Versions {
		text, err := yaml.Marshal(&v.Schema.Root)
		if err != nil {
			return err
		}
		dec := yaml.NewDecoder(bytes.NewReader(text))
		dec.KnownFields(true)
		if err := dec.Decode(new(schema)); err != nil {
			return err
		}
	}
	return nil
}

// bare is the schema of an object without what every object has, and what the cluster
// writes: they are not judged.
func bare(root *schema) *schema {
	for _, name := range []string{"apiVersion", "kind", "metadata", "status"} {
		root.Properties[name] = &schema{Preserve: true}
	}
	root.Required = slices.DeleteFunc(root.Required, func(s string) bool { return s == "status" || s == "metadata" })
	root.Description = ""
	return root
}

// versionsAlike groups the versions of a kind: those whose schemas are the same in all
// releases that serve them, the ones that releases serve longest first.
func (k *kind) versionsAlike() (groups [][]string) {
	names := slices.SortedFunc(maps.Keys(k.versions), func(a, b string) int {
		if d := len(k.versions[b]) - len(k.versions[a]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		at := slices.IndexFunc(groups, func(g []string) bool { return k.alike(g[0], name) })
		if at < 0 {
			groups = append(groups, []string{name})
			continue
		}
		groups[at] = append(groups[at], name)
	}
	return groups
}

func (k *kind) alike(a, b string) bool {
	for release, root := range k.roots[b] {
		if other := k.roots[a][release]; other == nil || !bytes.Equal(encode(other), encode(root)) {
			return false
		}
	}
	return true
}
