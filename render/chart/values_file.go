package chart

import (
	"bytes"
	"encoding/json"

	helmyaml "sigs.k8s.io/yaml"
)

// ValuesText is the text of one values file that says what some layers say together. The
// error is that of a layer.
func (c *Chart) ValuesText(layers []Layer) ([]byte, error) {
	values, err := (&Inputs{Chart: c}).merge(layers)
	if err != nil {
		return nil, err
	}
	asJSON, err := json.MarshalIndent(values, "", "  ")
	if err != nil {
		return nil, err
	}
	text, err := helmyaml.JSONToYAML(asJSON)
	if err != nil || !sameJSON(text, asJSON) {
		return append(asJSON, '\n'), nil // which is YAML too
	}
	return text, nil
}

// sameJSON reports whether YAML is read as the values that some JSON has.
func sameJSON(text, asJSON []byte) bool {
	read, err := helmyaml.YAMLToJSON(text)
	if err != nil {
		return false
	}
	var of, is bytes.Buffer
	return json.Compact(&of, asJSON) == nil && json.Compact(&is, read) == nil && bytes.Equal(of.Bytes(), is.Bytes())
}
