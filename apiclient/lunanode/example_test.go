package lunanode_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
)

// A service that knows one machine, in the place of the real one.
func service() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/vm/list/":
			fmt.Fprint(w, `{"success":"yes","vms":[{"vm_id":"5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11","name":"web01","ram":"1024"}]}`)
		default:
			fmt.Fprint(w, `{"success":"no","error":"invalid vm"}`)
		}
	}))
}

var credentials = lunanode.StaticCredentials{
	APIID:  "LNSIMTESTID00001",
	APIKey: apiclient.Secret(strings.Repeat("0123456789abcdef", 8)),
}

// A call names a category and an action; answers are read leniently, because the
// service sends numbers as text.
func ExampleClient_Call() {
	server := service()
	defer server.Close()
	client := lunanode.New(lunanode.Config{Credentials: credentials, BaseURL: server.URL})
	defer client.Close()

	answer, err := client.Call(context.Background(), "vm", "list", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, vm := range answer.Get("vms").List() {
		ram, _ := vm.Get("ram").Int()
		fmt.Println(vm.Get("name").Text(), ram, "MB")
	}
	// Output: web01 1024 MB
}

// What the service itself refuses is told apart from everything else that can go
// wrong.
func ExampleRefusal() {
	server := service()
	defer server.Close()
	client := lunanode.New(lunanode.Config{Credentials: credentials, BaseURL: server.URL})
	defer client.Close()

	_, err := client.Call(context.Background(), "vm", "info", map[string]string{"vm_id": "0"})
	var refusal *lunanode.Refusal
	if errors.As(err, &refusal) {
		fmt.Println(refusal.Category, refusal.Action, "refused:", refusal.Text)
	}
	fmt.Println(errors.Is(err, apiclient.KindNotFound))
	// Output:
	// vm info refused: invalid vm
	// true
}

// The catalogue checks parameters before anything is sent.
func ExampleAction_Check() {
	action, _ := lunanode.LoadCatalogue().Action("volume", "create")
	fmt.Println(action.Effect)
	fmt.Println(action.Check(map[string]string{"region": "toronto", "label": "data", "size": "ten"}))
	// Output:
	// create
	// volume/create: parameter "size" is "ten", want a whole number
}
