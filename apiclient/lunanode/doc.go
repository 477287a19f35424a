// Package lunanode speaks the signed category/action API of Luna Node.
package lunanode
