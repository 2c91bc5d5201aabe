package plan

import (
	"bytes"
	"encoding/json"
)

// IsPlan reports whether a text is the JSON of a Terraform plan, or of a state, which
// LoadPlan refuses with advice: an object with format_version and one of their parts.
func IsPlan(data []byte) bool {
	data = planText(data)
	if !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) || !bytes.Contains(data, []byte(`"format_version"`)) {
		return false
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if _, err := dec.Token(); err != nil {
		return false
	}
	version, part := false, false
	for dec.More() && !(version && part) {
		key, err := dec.Token()
		if err != nil {
			break
		}
		switch key {
		case "format_version":
			version = true
		case "planned_values", "resource_changes", "terraform_version":
			part = true
		}
		var skip json.RawMessage
		if dec.Decode(&skip) != nil {
			break
		}
	}
	return version && part
}
