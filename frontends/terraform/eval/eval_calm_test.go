package eval

import (
	"regexp"
	"strings"
	"testing"
)

// TestNoStackInMessages evaluates what makes cty panic: the error is a sentence at its
// line.
func TestNoStackInMessages(t *testing.T) {
	stack := regexp.MustCompile(`goroutine|\.go:\d|0x[0-9a-f]{6}|panic|runtime|SetFloat64|\n`)
	for expr, want := range map[string]string{
		`log(0, 0)`:                               `main.tf:2:7: error in function call: call to function "log" failed: the result is not a number`,
		`core::log(0, 0)`:                         `call to function "core::log" failed: the result is not a number`,
		`[for i in [0]: log(i, i)]`:               `call to function "log" failed: the result is not a number`,
		`(1 / 0) - (1 / 0)`:                       `main.tf:2:`,
		`try(log(0, 0))`:                          `the result is not a number`,
		`templatestring("${"$"}{log(0, 0)}", {})`: `main.tf:2:`,
		`convert(log(0, 0), string)`:              `the result is not a number`,
	} {
		root := laidOut(t, map[string]string{"main.tf": "locals {\n  x = " + expr + "\n}\n" + pod("{}", "local.x")})
		c, err := Evaluate(root, Options{})
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, e := range c.Errors {
			told += strings.ReplaceAll(e.Error(), root+"/", "") + ";"
		}
		if !strings.Contains(told, want) {
			t.Errorf("%s: the errors are %q, want %q", expr, told, want)
		}
		if stack.MatchString(told) || strings.Contains(told, root) {
			t.Errorf("%s: the errors show the program: %q", expr, told)
		}
	}
}
