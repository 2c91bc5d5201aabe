package snippet

import "testing"

func TestSnippetOfExpression(t *testing.T) {
	for _, c := range []struct{ line, at, want string }{
		{`  run_as_user = var.uid`, "var.uid", `  run_as_user = var.uid`},
		{`  run_as_user = tonumber(file("./uid"))  `, `file("./uid")`, `  run_as_user = tonumber(file("./uid"))`},
		{`  uid = file("${path.module}/uid")`, `file("${path.module}/uid")`, `  uid = file("${path.module}/uid")`},
		{`  uid = local.uids["web"] + 1`, `local.uids["web"]`, `  uid = local.uids["web"] + 1`},
		{`  uid = 1337 # the password is hunter2`, "1337", `  uid = 1337`},
		{`  uid = 1337 // hunter2`, "1337", `  uid = 1337`},
		{`  uid = lookup({ a = 1337, b = "hunter2" }, "a")`, "1337", `a = 1337`},
		{`  password = "hunter2${var.uid}"`, `hunter2${var.uid}`, `  password = "…`},
		{`  uid = coalesce("hunter2 x", var.uid)`, "var.uid", `var.uid`},
		{`  uid = md5("hunter2 x")`, `md5("hunter2 x")`, `  uid = …`},
		{`  uid = myfile("hunter2 x")`, `myfile("hunter2 x")`, `  uid = …`},
		{`  uid = file("a", "hunter2 x")`, `file("a", "hunter2 x")`, `  uid = …`},
	} {
		if got := snippetAt(t, "main.tf", c.line, c.at); got.Text != c.want {
			t.Errorf("%s: %q is shown, want %q", c.line, got.Text, c.want)
		}
	}
}
