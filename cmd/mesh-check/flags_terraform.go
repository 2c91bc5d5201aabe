package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/terraform"
	"github.com/mesh-check/mesh-check/render/source"
)

// terraformFlags are the flags that `terraform plan` has too, with the same names and
// meaning, and those for plans.
type terraformFlags struct {
	vars              []terraform.Var // of --var and --var-file, in their order
	workspace, source string
}

func (f *terraformFlags) group() group {
	g := newGroup("Terraform (as terraform plan)")
	fs := g.flags
	fs.Var((*variableFlag)(f), "var", "set a variable of the root module, as `NAME=VALUE`; the last one wins")
	fs.Var((*variableFileFlag)(f), "var-file", "`file` with values of variables (.tfvars, .tfvars.json)")
	fs.StringVar(&f.workspace, "workspace", "", "terraform.workspace, a `name` (default $TF_WORKSPACE, else default)")
	fs.StringVar(&f.source, "source", "", "`directory` of a plan's .tf files, or the binary plan (default next to the plan, else the working directory)")
	return g
}

// options makes Options of the flags and of what the environment says of variables.
func (f *terraformFlags) options(t source.Tree) (terraform.Options, error) {
	var o terraform.Options
	o.Vars, o.Workspace = f.vars, f.workspace
	for _, v := range os.Environ() {
		if strings.HasPrefix(v, "TF_VAR_") {
			o.Environ = append(o.Environ, v)
		}
	}
	if o.Workspace == "" {
		o.Workspace = os.Getenv("TF_WORKSPACE")
	}
	for _, v := range f.vars {
		if v.File == "" {
			continue
		}
		if err := refused(t, "--var-file", v.File); err != nil {
			return o, err
		}
		info, err := t.Stat(v.File)
		if err != nil {
			return o, unreadable("--var-file", v.File, err)
		}
		if info.IsDir() {
			return o, fmt.Errorf("--var-file %s: is a directory", oneLine(v.File))
		}
	}
	if f.source != "" {
		if _, err := t.Stat(f.source); err != nil {
			return o, unreadable("--source", f.source, err)
		}
		if err := refused(t, "--source", f.source); err != nil {
			return o, err
		}
		f.source = source.Shown(t, f.source)
	}
	return o, nil
}

// variableFlag is --var. Its values and those of --var-file are in one list, since
// the later one wins.
type variableFlag terraformFlags

// Set implements pflag.Value.
func (f *variableFlag) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if name = strings.TrimSpace(name); !ok || name == "" {
		return fmt.Errorf("must be NAME=VALUE")
	}
	f.vars = append(f.vars, terraform.Var{Name: name, Value: value, Flag: "--var " + text})
	return nil
}

// String implements pflag.Value.
func (f *variableFlag) String() string { return "" }

// Type implements pflag.Value.
func (f *variableFlag) Type() string { return "stringArray" }

// variableFileFlag is --var-file.
type variableFileFlag terraformFlags

// Set implements pflag.Value.
func (f *variableFileFlag) Set(file string) error {
	if file == "" {
		return fmt.Errorf("must name a file")
	}
	f.vars = append(f.vars, terraform.Var{File: file, Flag: "--var-file " + file})
	return nil
}

// String implements pflag.Value.
func (f *variableFileFlag) String() string { return "" }

// Type implements pflag.Value.
func (f *variableFileFlag) Type() string { return "stringArray" }
