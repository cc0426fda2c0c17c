// A phone is bound on the offline GenAuth: genauth-mock exec -- go test ./...
package phone

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"testing"
)

// call asks the offline GenAuth, and decodes its answer into told.
func call(t *testing.T, method, path string, body, told any) {
	t.Helper()
	var sent bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			t.Fatal(err)
		}
	}
	request, err := http.NewRequest(method, os.Getenv("GENAUTH_APP_HOST")+path, &sent)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-GenAuth-App-Id", os.Getenv("GENAUTH_APP_ID"))
	request.Header.Set("Authorization", os.Getenv("GENAUTH_ACCESS_TOKEN"))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s", method, path, answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(told); err != nil {
		t.Fatal(err)
	}
}

// passCode waits up to five seconds for a code to be sent to a number.
func passCode(t *testing.T, phoneNumber string) string {
	t.Helper()
	var told struct {
		Messages []struct {
			PassCode string `json:"passCode"`
		} `json:"messages"`
	}
	query := url.Values{"phoneNumber": {phoneNumber}, "wait": {"5"}}
	call(t, "GET", "/_mock/messages?"+query.Encode(), nil, &told)
	if len(told.Messages) == 0 {
		t.Fatalf("no code was sent to %s", phoneNumber)
	}
	return told.Messages[0].PassCode
}

func TestAPhoneIsBound(t *testing.T) {
	const number = "18812348888"
	var sent, bound struct {
		StatusCode int `json:"statusCode"` // GenAuth refuses with HTTP 200: look here
	}
	call(t, "POST", "/api/v3/send-sms", map[string]string{"channel": "CHANNEL_BIND_PHONE", "phoneNumber": number}, &sent)
	if sent.StatusCode != 200 {
		t.Fatal(sent)
	}
	binding := map[string]string{"phoneNumber": number, "passCode": passCode(t, number)}
	call(t, "POST", "/api/v3/bind-phone", binding, &bound)
	if bound.StatusCode != 200 {
		t.Fatal(bound)
	}
}
