package object

// Command is the list of words that replaces the image's entrypoint.
func (c Container) Command() Field { return c.Get("command") }

// Args is the list of words behind Command, or behind the image's entrypoint.
func (c Container) Args() Field { return c.Get("args") }

// EnvVar is an environment variable of a container.
type EnvVar struct{ Field }

// EnvList is the list of the environment variables; Env are its elements.
func (c Container) EnvList() Field { return c.Get("env") }

// Env returns the environment variables of the container.
func (c Container) Env() []EnvVar {
	var env []EnvVar
	for _, f := range c.Get("env").Items() {
		env = append(env, EnvVar{f})
	}
	return env
}

// VarName is the name of the variable.
func (e EnvVar) VarName() string { return e.Get("name").Str().V }

// Value is the value that is written; missing where it comes from elsewhere.
func (e EnvVar) Value() Str { return e.Get("value").Str() }

// FieldPath is the field of the pod that the value comes from, as status.podIP; missing where it
// comes from elsewhere.
func (e EnvVar) FieldPath() Str { return e.Get("valueFrom", "fieldRef", "fieldPath").Str() }

// ConfigMap is the name of the ConfigMap that the value comes from, and its entry there;
// missing where it comes from elsewhere.
func (e EnvVar) ConfigMap() (name Field, entry string) {
	ref := e.Get("valueFrom", "configMapKeyRef")
	return ref.Get("name"), ref.Get("key").Str().V
}

// EnvSource is a ConfigMap or Secret whose entries become variables.
type EnvSource struct{ Field }

// EnvFrom returns the sources of further variables.
func (c Container) EnvFrom() []EnvSource {
	var sources []EnvSource
	for _, f := range c.Get("envFrom").Items() {
		sources = append(sources, EnvSource{f})
	}
	return sources
}

// ConfigMap is the name of the ConfigMap; missing for a Secret.
func (e EnvSource) ConfigMap() Field { return e.Get("configMapRef", "name") }

// Prefix is before the name of each variable.
func (e EnvSource) Prefix() string { return e.Get("prefix").Str().V }

// Mounted are the names of the volumes that the container mounts, in order.
func (c Container) Mounted() []string {
	var names []string
	for _, f := range c.Get("volumeMounts").Items() {
		names = append(names, f.Get("name").Str().V)
	}
	return names
}
