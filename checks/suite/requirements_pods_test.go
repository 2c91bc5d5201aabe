package suite_test

// part is a section of the page of requirements.
type part struct {
	title string
	rows  []requirement
}

// requirements are what the documents require, in our own words.
var requirements = append(podRequirements, noteRequirements...)

// podRequirements are those of Istio's own pages.
var podRequirements = []part{
	{"Services", []requirement{
		{
			says: "A pod belongs to at least one Service, even without a port", at: "P3 S17 R7",
			checks: []string{"MESH101"}, why: "Istio dropped it in 1.20: a note for newer targets", examples: []string{"service-association"},
		},
		{
			says: "Services that select the same pods do not use one port for different protocols", at: "P4 S18 R8",
			checks: []string{"MESH102", "MESH120"}, examples: []string{"one-port-two-protocols"},
		},
		{
			says: "The name of a port may declare its protocol", at: "P12 S31",
			checks: []string{"MESH104", "MESH105", "MESH106", "MESH107", "MESH108"}, examples: []string{"port-names"},
		},
	}},
	{"Users and capabilities", []requirement{
		{
			says: "Applications do not run as UID 1337", at: "P5 S19 R9-10",
			checks: []string{"MESH201", "MESH202"}, why: "the sidecar's group counts as well", examples: []string{"application-uid"},
		},
		{
			says: "Where pod security is enforced, it lets istio-init have NET_ADMIN and NET_RAW", at: "P6 P30-32 S20 S54-56 R11",
			checks: []string{"MESH203", "MESH204", "MESH205"}, examples: []string{"pod-security-policy", "pod-security-admission"},
		},
		{
			says: "With the CNI plugin, the capabilities are not needed", at: "P7 S21 R12",
			checks: []string{"MESH203", "MESH204", "MESH206"}, why: "silent with --cni, but for what the proxy itself needs", examples: []string{"pod-security-policy"},
		},
		{
			says: "The service account of the pods may use a PodSecurityPolicy that allows both capabilities, or all", at: "P33 P39-40 S57-58 S68-69 R13 R17-18",
			checks: []string{"MESH203"}, why: "one that allows NET_ADMIN twice, as the page says, is not enough", examples: []string{"pod-security-policy"},
		},
		{
			says: "Pods that name no service account run as the one called default", at: "P34 S59 R14",
			checks: []string{"MESH203"}, examples: []string{"pod-security-policy"},
		},
	}},
	{"Labels", []requirement{
		{
			says: "Pods have the labels app and version, on the pod template", at: "P8-9 S23-26 R19-20",
			checks: []string{"MESH301", "MESH302", "MESH304"}, examples: []string{"identity-labels", "labels-not-on-template"},
		},
		{
			says: "Each workload has an app label of its own, with a meaning", at: "P10 S27-29 R21-22",
			checks: []string{"MESH303", "MESH305"}, examples: []string{"distinct-app-label"},
		},
		{
			says: "The version label says which version of the application it is", at: "P11 S30 R23",
			checks: []string{"MESH302", "MESH305", "MESH306"}, why: "whether the value is true, nobody can tell from manifests", examples: []string{"identity-labels"},
		},
	}},
	{"Ports", []requirement{
		{
			says: "Applications leave the ports of the proxy alone: 15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090", at: "P17-23 S36-42 R26 R28-32 R34-37",
			checks: []string{"MESH501", "MESH502", "MESH503", "MESH504", "MESH505", "MESH506", "MESH507", "MESH512"}, why: "what only some meshes use is a warning",
			examples: []string{"sidecar-ports"},
		},
		{
			says: "Port 15009 is the proxy's too", at: "R33",
			checks: []string{"MESH501"}, why: "until Istio 1.19: a note for newer targets", examples: []string{"sidecar-ports"},
		},
		{
			says: "istiod has the ports 443, 8080, 15010, 15012, 15014 and 15017", at: "P24-28 S43-47 R40-45",
			checks: []string{"MESH908"}, why: "in pods of its own: applications may have them too, and must reach 15012", examples: []string{"policy-blocks-istiod"},
		},
		{
			says: "Gateways, Prometheus and Mixer have the ports 15443, 9090, 42422, 15004 and 9091", at: "S48-52",
			why: "they are in other pods, and Mixer is gone since Istio 1.8: an application may have them, but for 15004, which is the proxy's now",
		},
	}},
	{"Protocols in which the server speaks first", []requirement{
		{
			says: "Their ports are declared as TCP, since detecting a protocol waits for the client", at: "R47-50",
			checks: []string{"MESH601", "MESH602"}, examples: []string{"server-first"},
		},
		{
			says: "Ports 25, 53, 3306 and 27017 are TCP without a declaration", at: "R51-56",
			checks: []string{"MESH601", "MESH602"}, why: "silent there, unless the port is declared as HTTP", examples: []string{"server-first"},
		},
		{
			says: "With detection, all their traffic has to be encrypted", at: "R57",
			checks: []string{"MESH605"}, examples: []string{"server-first-plain-client"},
		},
		{
			says: "Either the server's mode is STRICT, and clients without mutual TLS are refused", at: "R58-59",
			checks: []string{"MESH603", "MESH513", "MESH514", "MESH517"}, examples: []string{"server-first-mtls"},
		},
		{
			says: "Or the server's mode is DISABLE, and clients send plain text", at: "R60-61",
			checks: []string{"MESH603", "MESH724"}, examples: []string{"server-first-mtls"},
		},
		{
			says: "Or all clients send TLS, by a DestinationRule or by themselves", at: "R62-63",
			checks: []string{"MESH603", "MESH605"}, examples: []string{"server-first-mtls", "server-first-plain-client"},
		},
		{
			says: "Or the application speaks TLS itself, on a port that is declared accordingly", at: "R64",
			checks: []string{"MESH116", "MESH122"}, why: "that it does is known where probes, monitors or routes show it", examples: []string{"tls-on-http-port"},
		},
	}},
	{"Outbound traffic", []requirement{
		{
			says: "The Host header of a request agrees with the address that it is sent to, since HTTP is routed by the header", at: "R66-69",
			checks: []string{"MESH622", "MESH624", "MESH625"}, examples: []string{"host-header"},
		},
		{
			says: "Other protocols, HTTPS among them, are routed by the address of the Service", at: "R70",
			checks: []string{"MESH740"}, why: "a host without an address takes the whole port", examples: []string{"service-entries"},
		},
		{
			says: "Pods are called through their Service: a call to the address of a pod is passed through without Istio's features", at: "R71-72",
			checks: []string{"MESH623", "MESH119"}, examples: []string{"host-header"},
		},
	}},
}
