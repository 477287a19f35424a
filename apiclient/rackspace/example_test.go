package rackspace_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/apiclient/rackspace"
)

// account is a server with one server, for the examples.
func account() *httptest.Server {
	var account *httptest.Server
	account = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/auth":
			w.Header().Set("X-Auth-Token", "0b8f3d0a-6f0e-4f43")
			w.Header().Set("X-Server-Management-Url", account.URL+"/v1.0/700123")
		case "/v1.0/700123/servers/detail":
			fmt.Fprint(w, `{"servers":[{"id":40117,"name":"ledger-01","status":"ACTIVE"}]}`)
		default:
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"itemNotFound":{"code":404,"message":"Not Found"}}`)
		}
	}))
	return account
}

// A client needs credentials and nothing else; it logs in by itself.
func ExampleNew() {
	account := account()
	defer account.Close()
	client := rackspace.New(rackspace.Config{Credentials: rackspace.StaticCredentials{
		Username: "mira", APIKey: "5f0c2b7e9d134a68", AuthURL: account.URL + "/auth", // or "us", "uk"
	}})
	defer client.Close()
	for server, err := range client.Servers.All(context.Background(), rackspace.ListOptions{Detail: true}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(server.ID, server.Name, server.Status)
	}
	// Output: 40117 ledger-01 ACTIVE
}

// An error tells its kind to errors.Is, and everything else through errors.As.
func ExampleServerService_Get_errors() {
	account := account()
	defer account.Close()
	client := rackspace.New(rackspace.Config{Credentials: rackspace.StaticCredentials{
		Username: "mira", APIKey: "5f0c2b7e9d134a68", AuthURL: account.URL + "/auth",
	}})
	defer client.Close()
	_, err := client.Servers.Get(context.Background(), "99")
	fmt.Println(errors.Is(err, apiclient.KindNotFound))
	var e *apiclient.Error
	if errors.As(err, &e) {
		fmt.Println(e.Op, e.Status, e.Fault, e.Message)
	}
	// Output:
	// true
	// servers.get 404 itemNotFound Not Found
}
