package explain

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
)

// TestRedactTpl gives tpl texts that fail, with secrets in them and beside them: no error
// repeats one, and the names of values that templates ask for stay.
func TestRedactTpl(t *testing.T) {
	for text, want := range map[string]string{
		"CANARYsecret {{ .Values.none.password }}":                     ".Values.none.password",
		"{{ .Values.none.password.CANARYsecret }}":                     ".Values.none.password.…",
		"{{ .Values.secret.password }}":                                ".Values.secret.password",
		"{{ CANARYsecret }}":                                           "not defined",
		"{{ .Values.secret | CANARYsecret }}":                          "not defined",
		"{{ 'CANARYsecret' }}":                                         "malformed character constant",
		"{{ .Values.secret":                                            "unclosed action",
		"{{ if }} CANARYsecret {{ end }}":                              "missing value for if",
		"{{ $CANARYsecret }}":                                          "undefined variable",
		"{{ template \"CANARYsecret\" . }}":                            "not defined",
		"{{ include \"CANARYsecret\" . }}":                             "no template",
		"{{ include .Values.secret . }}":                               "no template",
		"{{ fail .Values.secret }}":                                    "may contain a secret",
		"{{ fail (printf \"bad %s\" (b64enc .Values.secret)) }}":       "may contain a secret",
		"{{ required \"CANARYsecret needed\" .Values.none }}":          "may contain a secret",
		"{{ index .Values.list \"CANARYsecret\" }}":                    "",
		"{{ CANARYsecret=1 }}":                                         "bad character",
		"{{ 12CANARYsecret }}":                                         "bad number syntax",
		"{{ mustRegexReplaceAll .Values.pattern \"x\" \"y\" }}":        "",
		"{{ tpl .Values.secret . | tpl \"{{ fail . }}\" }}":            "",
		"{{ tpl \"{{ .Values.none.key }} CANARYsecret\" . }}":          ".Values.none.key",
		"{{ semver .Values.secret }}":                                  "",
		"{{ toDate \"2006\" .Values.secret | date .Values.secret.x }}": "",
	} {
		err := failing(t, text)
		for _, secret := range []string{"CANARY", "Q0FOQVJZ", "c3VwZXI", "supersecret"} {
			if strings.Contains(err, secret) {
				t.Errorf("%s: the error holds %s: %s", text, secret, err)
			}
		}
		if !strings.Contains(err, want) {
			t.Errorf("%s: the error is %q, want %q in it", text, err, want)
		}
	}
}

// failing is the error of a chart that gives a text of its values to tpl.
func failing(t *testing.T, text string) string {
	t.Helper()
	c := chartOf(t, map[string]string{
		"Chart.yaml": webChart(""), "templates/x.yaml": "a: {{ tpl .Values.text . }}\n",
		"values.yaml": "secret: CANARYsecret\npattern: \"(CANARYsecret\"\nother: supersecret1\nlist: [supersecret2]\n" +
			"text: |-\n  " + text + "\n",
	})
	if _, err := rendered(c, chart.Options{}); err != nil {
		return err.Error()
	}
	t.Errorf("%s: no error", text)
	return ""
}
