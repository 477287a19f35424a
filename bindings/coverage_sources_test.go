package bindings

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What TestCoverage reads in the source, because it is in no declaration.

func parseFile(t *testing.T, path string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// A handler answers an operation in the simulator.
type handler struct {
	operation string // as the simulator's call log names it
	name      string // the function
}

// readHandlers are the simulator's handlers of Cloud Servers by "METHOD PATH", with
// the action's name after it where several share a path.
func readHandlers(t *testing.T) map[string]handler {
	handlers := map[string]handler{}
	const folder = "../simulator/cloudservers/"
	for _, row := range tableOf(t, folder+"operations.go", "operations") {
		handlers[literal(row[1])+" "+literal(row[2])] = handler{literal(row[0]), method(row[3])}
	}
	const path = "POST /servers/{id}/action"
	for _, row := range tableOf(t, folder+"operations.go", "actions") {
		handlers[path+" "+literal(row[0])] = handler{literal(row[1]), method(row[2])}
	}
	delete(handlers, path)
	// The versions are above the account: serve looks at them before the table.
	ast.Inspect(function(t, folder+"route.go", "serve"), func(n ast.Node) bool {
		if c, ok := n.(*ast.CaseClause); ok {
			answer := method(c.Body[0].(*ast.ReturnStmt).Results[0].(*ast.CallExpr).Fun)
			if at := literal(c.List[0]); at == "" && answer == "versions" {
				handlers["GET /"] = handler{"versions.list", answer}
			} else if answer == "version" {
				handlers["GET /v1.0/"] = handler{"versions.get", answer}
			}
		}
		return true
	})
	return handlers
}

// readOperations are the client's methods by the specification's number.
func readOperations(t *testing.T) map[string]string {
	methods := map[string]string{}
	for _, row := range tableOf(t, "../apiclient/rackspace/operations_test.go", "operations") {
		id := strings.Fields(literal(row[0]))[0]
		ast.Inspect(row[1], func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || methods[id] != "" {
				return true
			}
			if m, ok := call.Fun.(*ast.SelectorExpr); ok {
				if service, ok := m.X.(*ast.SelectorExpr); ok {
					methods[id] = service.Sel.Name + "." + m.Sel.Name
				}
			}
			return true
		})
	}
	return methods
}

// readActions are the simulator's functions by "category/action".
func readActions(t *testing.T) map[string]string {
	const folder = "../simulator/lunanode/"
	tables := map[string]string{} // category by the name of its function
	ast.Inspect(function(t, folder+"call.go", "allActions"), func(n ast.Node) bool {
		if pair, ok := n.(*ast.KeyValueExpr); ok {
			tables[pair.Value.(*ast.CallExpr).Fun.(*ast.Ident).Name] = literal(pair.Key)
		}
		return true
	})
	actions := map[string]string{}
	for _, path := range sources(t, folder) {
		for _, d := range parseFile(t, path).Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || tables[f.Name.Name] == "" {
				continue
			}
			table := f.Body.List[0].(*ast.ReturnStmt).Results[0].(*ast.CompositeLit)
			for _, element := range table.Elts {
				pair := element.(*ast.KeyValueExpr)
				actions[tables[f.Name.Name]+"/"+literal(pair.Key)] = nameOf(pair.Value, f.Name.Name)
			}
		}
	}
	return actions
}

// nameOf is the function that a row of a table of actions runs; one without a name
// is called by the table.
func nameOf(value ast.Expr, table string) string {
	switch v := value.(type) {
	case *ast.Ident:
		return v.Name
	case *ast.CallExpr: // on(find, act)
		return nameOf(v.Args[len(v.Args)-1], table)
	}
	return table
}

// readCatalogue are the actions that the simulator's catalogue lists.
func readCatalogue(t *testing.T) (actions []string) {
	t.Helper()
	text, err := os.ReadFile("../simulator/lunanode/catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct{ Category, Action string }
	if err := json.Unmarshal(text, &rows); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		actions = append(actions, row.Category+"/"+row.Action)
	}
	return actions
}

// sources are a folder's Go files but for tests.
func sources(t *testing.T, folder string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files in %s: %v", folder, err)
	}
	return slices.DeleteFunc(paths, func(path string) bool { return strings.HasSuffix(path, "_test.go") })
}

// tableOf are the rows of a variable that is a list of structs without field names.
func tableOf(t *testing.T, path, variable string) (rows [][]ast.Expr) {
	t.Helper()
	ast.Inspect(parseFile(t, path), func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || v.Names[0].Name != variable {
			return true
		}
		for _, row := range v.Values[0].(*ast.CompositeLit).Elts {
			rows = append(rows, row.(*ast.CompositeLit).Elts)
		}
		return false
	})
	if len(rows) == 0 {
		t.Fatalf("%s has no table %s", path, variable)
	}
	return rows
}

func function(t *testing.T, path, name string) *ast.FuncDecl {
	t.Helper()
	for _, d := range parseFile(t, path).Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == name {
			return f
		}
	}
	t.Fatalf("%s has no function %s", path, name)
	return nil
}

// literal is a text constant, the identifier where it is a name.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return text
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// method is the last name of a selector such as (*Service).getLimits.
func method(e ast.Expr) string {
	if s, ok := e.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	return ""
}
