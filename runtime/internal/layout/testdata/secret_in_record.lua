return row("server", [[{"id":1,"name":"web1","nested":{"adminPass":"s3cret","note":"n"}}]])
