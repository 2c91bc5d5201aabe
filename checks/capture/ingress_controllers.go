package capture

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// ingressControllers are the images of software that takes Ingresses, which charts have as the label app.kubernetes.io/name too;
// the image of ingress-nginx is called controller. Source: Kubernetes, "Ingress Controllers"; the charts of these projects.
var ingressControllers = []string{
	"nginx-ingress-controller", "nginx-ingress", "traefik", "haproxy-ingress", "kubernetes-ingress", "kong", "contour", "emissary", "skipper", "pomerium",
	"ingress-nginx", "ingress-nginx-controller", "emissary-ingress",
}

// nginxControllers are the images of ingress-nginx as they are released, and in the tests of its chart. Source: that chart,
// values.yaml and ci/.
var nginxControllers = []string{"ingress-nginx/controller", "ingress-controller/controller"}

// The program of ingress-nginx and the options that say whose Ingresses a controller takes. Source:
// kubernetes/ingress-nginx rootfs/Dockerfile and pkg/flags; the manuals of F5's nginx-ingress and of haproxy-ingress.
const (
	nginxProgram    = "nginx-ingress-controller"
	controllerClass = "--controller-class=k8s.io/ingress-nginx"
	ingressClass    = "-ingress-class"
)

const (
	nameLabel      = "app.kubernetes.io/name"
	componentLabel = "app.kubernetes.io/component"
)

// besides are the components of a controller that let no clients in. Source: the chart of ingress-nginx.
var besides = []string{"default-backend", "admission-webhook"}

// controlsIngresses reports whether a workload is a controller of Ingresses: by an image, by what it runs, or by a label of
// the pods.
func controlsIngresses(w *object.Workload) bool {
	if slices.Contains(ingressControllers, w.PodLabel(nameLabel).V) && !slices.Contains(besides, w.PodLabel(componentLabel).V) {
		return true
	}
	return slices.ContainsFunc(w.Containers(), func(c object.Container) bool {
		return c.LongRunning() && (controllerImage(c) || runsController(c))
	})
}

func controllerImage(c object.Container) bool {
	return slices.Contains(ingressControllers, c.ImageName()) ||
		slices.ContainsFunc(nginxControllers, func(image string) bool { return strings.Contains(c.Image().V, image) })
}

// runsController reports whether a container runs a controller. Others read the Ingresses of a class without taking their
// requests (external-dns, flagger, the AWS Load Balancer Controller): they have no port for TLS of clients.
func runsController(c object.Container) bool {
	for _, call := range commands.CommandLines(c)[0].Calls() {
		for _, word := range call.Words {
			name, _, _ := strings.Cut(word.Text, "=")
			if strings.TrimPrefix(name, "/") == nginxProgram || word.Text == controllerClass {
				return true
			}
			if (name == ingressClass || name == "-"+ingressClass) && takesTLS(c) {
				return true
			}
		}
	}
	return false
}

func takesTLS(c object.Container) bool {
	return slices.ContainsFunc(c.Ports(), func(port object.ContainerPort) bool { return port.Name.V == "https" || port.Number.V == 443 })
}

// controllerInMesh reports whether the controllers of Ingresses are in the mesh: because the run says so, or because the input
// has one.
func controllerInMesh(p *checks.Pass) bool {
	return p.Mesh.IngressInMesh || slices.ContainsFunc(p.Applications(), controlsIngresses)
}
