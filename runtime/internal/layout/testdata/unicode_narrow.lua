-- width 37
return {
  row("server", [[{"id": 1, "name": "データベース-東京", "status": "ACTIVE", "addresses": {"public": ["198.51.100.1"]}}]]),
  row("server", [[{"id": 22, "name": "👩‍👩‍👧‍👦-famille", "status": "BUILD", "addresses": {"public": ["198.51.100.27"]}}]]),
  row("server", [[{"id": 333, "name": "café-naïve-und-noch-viel-laenger", "status": "ACTIVE", "addresses": {"public": ["198.51.100.3"]}}]]),
}
