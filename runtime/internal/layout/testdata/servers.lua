return {
  row("server", [[{"id":"1","name":"web1","status":"ACTIVE","adminPass":"s3cret","addresses":{"public":["198.51.100.1","198.51.100.2"]},"metadata":{"team":"a"}}]]),
  row("server", [[{"id":22,"name":"数据库","status":"BUILD","addresses":{"public":[]},"metadata":{}}]]),
  row("server", [[{"id":333,"name":"café","status":"ACTIVE"}]]),
}
