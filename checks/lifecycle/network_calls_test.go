package lifecycle

import (
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// TestOnlineCalls says which scripts certainly use the network.
func TestOnlineCalls(t *testing.T) {
	for script, want := range map[string]string{
		"curl -o /dev/null http://api/": "curl", "curl https://x.org/a.sh": "curl", "curl http://localhost:8080/": "", "curl --version": "", "curl $OPTS": "",
		"wget -q --spider api:8080": "wget", "timeout 5 wget http://api/": "wget", "curl file:///etc/passwd": "",
		"nc -z db 5432": "nc", "nc -zvw1 $HOST 1": "nc", "nc -l -p 80": "", "nc -U /run/a.sock": "", "ncat --listen 80 -c x": "", "nc -z ::1 80": "", "nc -uz db 53": "",
		"grpcurl -plaintext api:50051 list": "grpcurl", "telnet localhost 80": "", "psql": "", "psql -hdb": "psql", "psql --host=db": "psql", "psql --host=127.0.0.1": "",
		"psql --host /run/postgresql": "", "psql postgresql://db/x": "psql", "pg_isready -h localhost": "", "mysql -h $DB -e x": "mysql", "mysql -e x": "", "mongosh mongodb://db/x": "mongosh",
		"redis-cli ping": "", "redis-cli -h redis ping": "redis-cli", "git clone https://x.org/y": "git", "git clone git@x.org:y": "git", "git clone /repo": "", "git init": "",
		"git -C /src pull": "git", "kubectl get pods": "kubectl", "kubectl version --client": "", "kubectl create cm x --dry-run=client": "", "apk add jq": "apk", "apt-get -y install jq": "apt-get",
		"dockerize -wait tcp://db:5432": "dockerize", "dockerize -template a:b": "", "wait-for-it.sh db:5432 -- /bin/true": "wait-for-it.sh", "wait-for-it.sh 127.0.0.1:5432": "",
		"migrate -path /m -database postgres://db/x up": "migrate", "migrate -database sqlite3://x up": "", "nslookup db": "", "echo curl http://api/": "", "bash -c 'exec 3<>/dev/tcp/db/80'": "/dev/tcp",
		"pip install -r /app/requirements.txt": "pip", "pip install .": "", "pip install --no-index -r r.txt": "", "pip list": "", "python3 -m pip install -U pip": "pip",
		"npm ci": "npm", "npm run ci": "", "npm install --prefix /app": "npm", "npm install --offline": "", "npm --version": "", "npm install ./a.tgz": "", "npm --prefix /app i": "npm",
		"helm repo add a https://x.io": "helm", "helm template .": "", "curl --unix-socket /run/x.sock http://d/info": "",
		"curl http://$(hostname -i):80": "", "curl http://$(hostname)/x": "", "curl http://$(hostname -I | cut -d' ' -f1)": "", "curl http://$HOSTNAME": "", "curl http://$HOSTNAME.example.com": "curl",
		"curl http://$(hostname -d)/":  "curl",
		"echo > /dev/tcp/localhost/80": "", "# echo > /dev/tcp/db/80": "",
	} {
		text := "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: a\n      image: i\n      command:\n        - sh\n        - -c\n        - |\n          " + script + "\n"
		objects, errs := manifest.Read("test.yaml", []byte(text))
		for _, err := range errs {
			t.Fatal(err)
		}
		set := object.NewSet("default", objects)
		p := checks.NewPass(initContainerNetworkWithCNI, set, &checks.Mesh{})
		got := ""
		for _, call := range onlineCalls(p, set.Workloads()[0].Containers()[0], false) {
			got += call.program
		}
		if got != want {
			t.Errorf("%s: %q, want %q", script, got, want)
		}
	}
}

// TestSleepLength reads what sleep takes.
func TestSleepLength(t *testing.T) {
	for text, want := range map[string]string{"20": "20s", "1.5m": "1m30s", "2s": "2s", "1h": "1h0m0s", "$N": "", "infinity": "", "-1": "", "s": "", "": "", "1e99": "", "nan": ""} {
		got := ""
		if length, ok := sleepLength(text); ok {
			got = length.String()
		}
		if got != want {
			t.Errorf("sleep %s takes %q, want %q", text, got, want)
		}
	}
}
