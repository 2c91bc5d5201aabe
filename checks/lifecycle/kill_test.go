package lifecycle

import "testing"

func TestAgentMatch(t *testing.T) {
	for text, want := range map[string]bool{
		"pkill -f /usr/local/bin/pilot-agent": true, "pkill envoy": true, "killall 'envoy'": true, "kill $(pidof envoy)": true,
		"pkill envoy-control": false, "pkill my-envoy": false, "pkill -f pilot-agents": false,
	} {
		if got := agentMatch().MatchString(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
