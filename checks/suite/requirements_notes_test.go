package suite_test

// noteRequirements are those of the notes.
var noteRequirements = []part{
	{"The notes: joining the mesh", []requirement{
		{
			says: "Since Istio 1.10, an application that listens on localhost alone is not reached", at: "N8",
			checks: []string{"MESH115"}, examples: []string{"localhost-listener"},
		},
		{
			says: "A namespace has a label that adds it to the mesh, or one that keeps it out; with discoverySelectors, gateways' namespaces have theirs as well", at: "N67",
			checks: []string{"MESH401", "MESH402", "MESH418"}, examples: []string{"namespace-labels", "discovery-selectors"},
		},
		{
			says: "istio-injection is removed where istio.io/rev is set, since it takes precedence", at: "N80-81",
			checks: []string{"MESH402", "MESH410"}, examples: []string{"namespace-labels"},
		},
		{
			says: "A namespace may name a tag of a revision", at: "N82-84",
			why: "which tags exist is known to the cluster alone",
		},
		{
			says: "A gateway is injected as any pod is: its namespace or its pods name the revision", at: "N91-92",
			checks: []string{"MESH411", "MESH419", "MESH401"}, examples: []string{"gateway-injection"},
		},
		{
			says: "Istio's annotations are spelled right, and have valid values (sidecar.istio.io/logLevel)", at: "N241",
			checks: []string{"MESH412", "MESH413", "MESH414"}, examples: []string{"debug-pod"},
		},
		{
			says: "The sidecar is not edited by hand", at: "N295",
			checks: []string{"MESH420"}, why: "the command edits a running Deployment; manifests with such a sidecar are reported", examples: []string{"hand-written-sidecar"},
		},
		{
			says: "Inbound traffic goes to port 15006 of the proxy, outbound traffic to 15001", at: "N296-298",
			checks: []string{"MESH501"}, examples: []string{"sidecar-ports"},
		},
	}},
	{"The notes: labels and ports", []requirement{
		{
			says: "Pods have the labels app and version, beside those of Kubernetes", at: "N248-249",
			checks: []string{"MESH301", "MESH302", "MESH304", "MESH306"}, examples: []string{"identity-labels", "labels-not-on-template"},
		},
		{
			says: "The protocol of a container port is TCP, UDP or SCTP", at: "N252",
			checks: []string{"MESH110"}, why: "the notes say HTTP, which the API server refuses", examples: []string{"port-protocol"},
		},
		{
			says: "The name of a Service port starts with its protocol and a hyphen", at: "N257",
			checks: []string{"MESH104", "MESH108", "MESH110"}, why: "grcp, as the notes have it, is not a protocol", examples: []string{"port-names", "port-protocol"},
		},
	}},
	{"The notes: installation", []requirement{
		{
			says: "A cluster has the kind IstioOperator only with its CRD and an operator that reads it", at: "N33-34 N47-50 N126",
			checks: []string{"MESH954"}, examples: []string{"operator-in-cluster"},
		},
		{
			says: "A profile is one that comes with the release", at: "N56 N88-90 N114-116",
			checks: []string{"MESH955"}, examples: []string{"operator-settings"},
		},
		{
			says: "Prometheus, Kiali and other addons are not installed by an IstioOperator", at: "N57 N215 N219 N225-229",
			checks: []string{"MESH955"}, examples: []string{"operator-settings"},
		},
		{
			says: "Settings of the mesh have the names and values that Istio knows", at: "N58 N78",
			checks: []string{"MESH955", "MESH963"}, examples: []string{"operator-settings", "mesh-config"},
		},
		{
			says: "Gateways are a list, each with a name", at: "N59 N93 N156-158 N165",
			checks: []string{"MESH956"}, examples: []string{"operator-settings", "gateways-of-operator"},
		},
		{
			says: "The first installation has no revision, or a Service istiod beside it", at: "N71-74",
			why: "an error of Istio 1.9 and 1.10, with a command as its remedy",
		},
		{
			says: "discoverySelectors are set by install, not by upgrade", at: "N77",
			why: "which command is used is not in manifests",
		},
		{
			says: "PILOT_FILTER_GATEWAY_CLUSTER_CONFIG keeps the configuration of gateways small", at: "N95-96",
			why: "a choice of performance: both values work",
		},
		{
			says: "An EnvoyFilter names filters, operations and types that Envoy has", at: "N97-98",
			checks: []string{"MESH713", "MESH820", "MESH821", "MESH822"}, examples: []string{"access-log-filter"},
		},
		{
			says: "Resources are of kinds that Istio still has", at: "N118",
			checks: []string{"MESH950", "MESH953"}, why: "of the kinds in the list, adapters to instances, quota specs, rules and templates went with Mixer", examples: []string{"removed-apis"},
		},
		{
			says: "Kiali 1.6 needs a Secret with a user", at: "N218",
			why: "a requirement of Kiali, which later releases dropped",
		},
	}},
	{"The notes: routing", []requirement{
		{
			says: "A VirtualService routes to hosts and ports that exist", at: "N136-137",
			checks: []string{"MESH701", "MESH704", "MESH707"}, examples: []string{"subsets"},
		},
		{
			says: "The policy of a DestinationRule holds for what routing has chosen: a subset's for routes to it alone", at: "N138",
			checks: []string{"MESH723", "MESH725"}, examples: []string{"subset-policy"},
		},
		{
			says: "A subset is defined, and selects pods by their labels", at: "N139 N142",
			checks: []string{"MESH702", "MESH720", "MESH721"}, examples: []string{"subsets"},
		},
		{
			says: "A Gateway selects the pods of a gateway by their labels", at: "N140",
			checks: []string{"MESH730"}, examples: []string{"gateways"},
		},
		{
			says: "A VirtualService is bound to Gateways that exist and have its hosts", at: "N141",
			checks: []string{"MESH703", "MESH706"}, examples: []string{"gateways"},
		},
		{
			says: "What arrives at a port that no listener has is not handled: a Gateway's port is one of its Service", at: "N169-170 N178-180",
			checks: []string{"MESH731", "MESH112"}, examples: []string{"gateways"},
		},
		{
			says: "The example of a Gateway, a VirtualService and DestinationRules", at: "N194",
			checks: []string{"MESH701", "MESH702", "MESH703", "MESH704", "MESH706", "MESH713", "MESH721", "MESH730"}, examples: []string{"gateways", "subsets"},
		},
		{
			says: "A VirtualService adds headers under headers.request and headers.response, as text", at: "N231",
			checks: []string{"MESH713"}, examples: []string{"headers"},
		},
	}},
	{"The notes: hosts outside the mesh", []requirement{
		{
			says: "A ServiceEntry adds hosts outside the mesh to its registry", at: "N143-146 N196",
			checks: []string{"MESH740", "MESH741", "MESH742"}, examples: []string{"service-entries"},
		},
		{
			says: "With REGISTRY_ONLY, what is not in the registry is blocked; with ALLOW_ANY, it is passed through", at: "N197-200",
			checks: []string{"MESH621"}, examples: []string{"registry-only"},
		},
		{
			says: "With REGISTRY_ONLY, a host outside needs a ServiceEntry, with a full name or a wildcard in front", at: "N201-202",
			checks: []string{"MESH621", "MESH713"}, examples: []string{"registry-only", "service-entries"},
		},
	}},
	{"The notes: security", []requirement{
		{
			says: "A PeerAuthentication says which mode of mutual TLS a workload accepts: STRICT, PERMISSIVE or DISABLE", at: "N148 N203",
			checks: []string{"MESH806", "MESH807"}, examples: []string{"peer-authentication"},
		},
		{
			says: "A RequestAuthentication checks tokens; to require one takes an AuthorizationPolicy", at: "N149 N204",
			checks: []string{"MESH808", "MESH809"}, examples: []string{"request-authentication"},
		},
		{
			says: "An AuthorizationPolicy selects workloads: those with one deny what its rules do not allow", at: "N147 N206-210",
			checks: []string{"MESH801", "MESH804"}, examples: []string{"authorization-policies"},
		},
		{
			says: "Rules ask for principals and namespaces of clients, which mutual TLS tells", at: "N211-212",
			checks: []string{"MESH802", "MESH805", "MESH813", "MESH815"}, examples: []string{"authorization-policies", "identity-without-mtls"},
		},
	}},
	{"The notes: jobs", []requirement{
		{
			says: "A Job completes only when its sidecar ends too", at: "N232-233",
			checks: []string{"MESH641"}, why: "native sidecars end by themselves", examples: []string{"jobs"},
		},
		{
			says: "sidecar.istio.io/inject: \"false\" on the pod template keeps the sidecar out", at: "N234",
			checks: []string{"MESH404", "MESH405", "MESH406"}, examples: []string{"jobs"},
		},
		{
			says: "A container that kills the agent with pkill shares the processes of its pod: a setting of the pod's spec, not of the Job's", at: "N235-236",
			checks: []string{"MESH643"}, examples: []string{"jobs"},
		},
		{
			says: "The request that ends the sidecar is POST /quitquitquit at port 15020 of localhost", at: "N237-238",
			checks: []string{"MESH642"}, why: "the notes have neither the port nor the address of localhost", examples: []string{"jobs"},
		},
	}},
}

// passages are the sentences that require nothing of manifests.
var passages = []passage{
	{"titles, headings, introductions, front matter and links to other pages", "P1-2 P13-16 P29 S1-16 S22 S32-35 S53 R1-6 R24-25 R27 R38-39 R46 R65 R73"},
	{"commands that ask a cluster about PodSecurityPolicies", "P35-38 S60-67 R15-16"},
	{"how Istio is built, and what its parts are called", "N1-7 N9-29"},
	{"a cluster of minikube, and how to get istioctl", "N30-32 N35-40"},
	{"ways to install, upgrade and remove Istio, by commands", "N41-46 N51-55 N60-66 N68-70 N75-76"},
	{"commands that show what is connected, and gateways in a namespace of their own", "N79 N85-87 N94 N99-106"},
	{"an example application, dashboards and pictures", "N107-113 N117"},
	{"the operator's commands and files", "N119-125"},
	{"words of Istio and Envoy", "N127-135"},
	{"gateways: what they are, links, and commands that depend on a cloud", "N150-155 N159-164 N166-168 N171-173"},
	{"how a request goes through Envoy, and commands that show it", "N174-177 N181-193 N195"},
	{"a comparison with NetworkPolicies, and the rest of a template", "N205 N213"},
	{"addons: how to install and open them", "N214 N216-217 N220-224 N230"},
	{"commands that debug, and a starter for charts", "N239-240 N242-247"},
	{"lines of a template that nothing is required of", "N250-251 N253-256 N258"},
	{"Envoy, its words and its APIs", "N259-284"},
	{"commands that look into Envoy and istiod", "N285-294 N299-301"},
	{"links to training, articles and demonstrations", "N302-329"},
}
