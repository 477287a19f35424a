-- width 30
return row("server", [[{"id":1,"name":"web1","adminPass":"s3cret","addresses":{"public":["198.51.100.1"],"private":["10.0.0.1", "10.0.0.2"]},"metadata":{},"note":"a long text that has to be cut somewhere in the middle of it"}]])
