package argocd

import "testing"

// What a function says may have a value in it.
func TestArgoTemplateErrors(t *testing.T) {
	for text, want := range map[string]string{
		"{{ fail .a }}":               `template: ApplicationSet:1:3: executing "ApplicationSet" at <fail .a>: fail fails`,
		`{{ mustRegexMatch .a "x" }}`: `template: ApplicationSet:1:3: executing "ApplicationSet" at <mustRegexMatch .a "x">: mustRegexMatch fails`,
		"{{ now }}":                   `template: ApplicationSet:1:3: executing "ApplicationSet" at <now>: error calling now: the result of now is not known`,
		"{{ .a.b }}":                  `template: ApplicationSet:1:5: executing "ApplicationSet" at <.a.b>: can't evaluate field b in type interface {}`,
	} {
		_, err := templating{golang: true}.replace(text, map[string]any{"a": "geheim("})
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v; want %s", text, err, want)
		}
	}
}

// The functions with a limit give what those of sprig give.
func TestArgoMeasuredFunctions(t *testing.T) {
	for text, want := range map[string]string{
		"{{ until 3 }}": "[0 1 2]", "{{ until -3 }}": "[0 -1 -2]", "{{ untilStep 1 6 2 }}": "[1 3 5]", "{{ untilStep 3 0 -1 }}": "[3 2 1]",
		"{{ untilStep 3 0 1 }}": "[]", "{{ untilStep 1 3 0 }}": "[]", "{{ seq 3 }}": "1 2 3", "{{ seq -1 }}": "1 0 -1", "{{ seq 2 4 }}": "2 3 4",
		"{{ seq 1 2 5 }}": "1 3 5", "{{ seq }}": "", `{{ indent 2 "a" }}`: "  a", `{{ nindent 2 "a" }}`: "\n  a", `{{ replace "a" "b" "aca" }}`: "bcb",
		`{{ repeat 2 "ab" }}`: "abab", "{{ range 3 }}{{ . }}{{ else }}none{{ end }}": "012",
	} {
		got, err := templating{golang: true}.replace(text, nil)
		if err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", text, got, err, want)
		}
	}
}
