package main

import (
	"flag"
	"log"
	"net/http"
	"time"
)

func main() {
	address := flag.String("listen", "localhost:8080", "where to serve")
	flag.Parse()
	service, err := newService(newFleet("web1", "web2", "db1"))
	if err != nil {
		log.Fatal(err)
	}
	server := http.Server{Addr: *address, Handler: service.routes(), ReadHeaderTimeout: 5 * time.Second}
	log.Printf("serving on http://%s", *address)
	log.Fatal(server.ListenAndServe())
}
