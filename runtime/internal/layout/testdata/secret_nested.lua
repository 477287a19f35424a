return {made = row("server", [[{"id":1,"adminPass":"s3cret"}]]), {list = {row("server", [[{"id":2,"adminPass":"s3cret"}]])}}}, {{server = row("server", [[{"id":1,"adminPass":"s3cret"}]])}}
