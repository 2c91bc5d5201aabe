package lang

import (
	"io/fs"
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// Env is what the functions of one module may see of the world. Everything else
// that they know comes from their arguments.
type Env struct {
	// Read returns the content of a file: path is absolute or relative to the root
	// directory, as Terraform takes it. It refuses what is outside the directory
	// that may be read (an error that names the path), and says fs.ErrNotExist for
	// what is not there.
	Read func(path string) ([]byte, error)
	// List returns the entries of a directory, with the same rules; a nil list
	// leaves fileset() unknown.
	List func(dir string) ([]fs.DirEntry, error)
	// RootDir is the root directory, ModuleDir the directory of the module.
	RootDir, ModuleDir string
	// Meter counts what templates cost; nil counts each by itself.
	Meter *Meter
	// eval evaluates the template of templatefile() with its own variables alone. A
	// nil eval evaluates with the functions that a template may call.
	eval func(expr hcl.Expression, vars map[string]cty.Value) (cty.Value, hcl.Diagnostics)
}

// Functions returns Terraform's functions by name, each also as core::name. What
// is not the same in every run (the time, random values) and what would give a
// secret is unknown, with the reason.
func Functions(env Env) map[string]function.Function {
	all := maps.Clone(pureFunctions)
	maps.Copy(all, impureFunctions)
	maps.Copy(all, fileFunctions(env))
	for name, f := range all {
		if all[name] = calm(f, nil); env.Meter != nil {
			all[name] = env.Meter.metering(name, f)
		}
	}
	for name, f := range templateFunctions(env, maps.Clone(all)) {
		all[name] = calm(f, env.Meter)
	}
	for name, f := range maps.Clone(all) {
		all["core::"+name] = f
	}
	return all
}

// Function is a function that depends on its arguments alone, or one of the kubernetes
// provider, by its name; it counts nothing.
func Function(name string) function.Function {
	if f, ours := manifestFunctions[name]; ours {
		return f
	}
	return pureFunctions[name]
}

// impureReasons says why the result of a function is not known.
var impureReasons = map[string]string{
	"timestamp":     "timestamp() is the time of the apply",
	"plantimestamp": "plantimestamp() is the time of the plan",
	"uuid":          "uuid() is random",
	"bcrypt":        "bcrypt() is salted at random",
	"rsadecrypt":    "rsadecrypt() returns a secret",
}

// impureFunctions are the functions of impureReasons: they take what Terraform's
// take, and what they give is not known.
var impureFunctions = func() map[string]function.Function {
	fns := map[string]function.Function{}
	params := map[string][]function.Parameter{
		"bcrypt":     {{Name: "str", Type: cty.String}},
		"rsadecrypt": {{Name: "ciphertext", Type: cty.String}, {Name: "privatekey", Type: cty.String}},
	}
	for name, reason := range impureReasons {
		var rest *function.Parameter
		if name == "bcrypt" {
			rest = &function.Parameter{Name: "cost", Type: cty.Number}
		}
		fns[name] = unknownFunction(params[name], rest, cty.String, reason)
	}
	return fns
}()

// unknownFunction is a function whose result is never known.
func unknownFunction(params []function.Parameter, rest *function.Parameter, t cty.Type, reason string) function.Function {
	return function.New(&function.Spec{
		Params: params, VarParam: rest,
		Type: function.StaticReturnType(t),
		Impl: func([]cty.Value, cty.Type) (cty.Value, error) { return UnknownBecause(t, reason), nil },
	})
}

// anyArgument is a parameter that takes whatever is given, unknown and null too.
func anyArgument(name string) *function.Parameter {
	return &function.Parameter{
		Name: name, Type: cty.DynamicPseudoType,
		AllowNull: true, AllowUnknown: true, AllowDynamicType: true,
	}
}

// anyMarked is anyArgument that takes marked values as they are.
func anyMarked(name string) function.Parameter {
	p := *anyArgument(name)
	p.AllowMarked = true
	return p
}
