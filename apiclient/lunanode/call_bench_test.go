package lunanode

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// One iteration is 1,000 signed calls with 16 in flight, over loopback: by the
// client, and by the least that a Go program can write by hand. Both in one run,
// because only their ratio says something.
func BenchmarkThousandCalls(b *testing.B) {
	answer := []byte(`{"success":"yes","vms":[{"vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11","name":"web01","plan_id":"86"}]}`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = w.Write(answer)
	}))
	defer server.Close()

	run := func(b *testing.B, call func(i int) error) {
		b.ReportAllocs()
		for b.Loop() {
			work := make(chan int)
			var all sync.WaitGroup
			for range 16 {
				all.Add(1)
				go func() {
					defer all.Done()
					for i := range work {
						if err := call(i); err != nil {
							b.Error(err)
						}
					}
				}()
			}
			for i := range 1000 {
				work <- i
			}
			close(work)
			all.Wait()
		}
	}
	b.Run("by-hand", func(b *testing.B) {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
		run(b, func(i int) error { return callByHand(client, server.URL, i) })
	})
	b.Run("Client.Call", func(b *testing.B) {
		c := New(Config{Credentials: StaticCredentials(testCredentials()), BaseURL: server.URL})
		run(b, func(i int) error {
			_, err := c.Call(bg, "vm", "list", map[string]string{"region": strconv.Itoa(i)})
			return err
		})
	})
}

func callByHand(client *http.Client, base string, i int) error {
	req, err := json.Marshal(map[string]string{"api_id": testID, "api_partialkey": testKey[:64], "region": strconv.Itoa(i)})
	if err != nil {
		return err
	}
	nonce := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha512.New, []byte(testKey))
	mac.Write([]byte("vm/list/|" + string(req) + "|" + nonce))
	form := url.Values{"req": {string(req)}, "signature": {hex.EncodeToString(mac.Sum(nil))}, "nonce": {nonce}}
	resp, err := client.Post(base+"/vm/list/", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	var answer struct {
		Success string
		VMs     []map[string]string
	}
	return json.NewDecoder(bytes.NewReader(body)).Decode(&answer)
}
