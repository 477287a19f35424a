return { row("server", [[{"id":1,"name":"web1"}]]), row("server", [[{"id":2,"name":"web2"}]]) }
