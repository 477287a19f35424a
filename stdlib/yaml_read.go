package stdlib

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/cloudscript/cloudscript/internal/english"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// decodeYAML reads a document, nil if there is none. It calls next between the library's
// steps.
func decodeYAML(text string, next func()) (any, error) {
	tokens := lexer.Tokenize(text)
	next()
	if err := checkNesting(tokens); err != nil {
		return nil, err
	}
	keepTexts(tokens)
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, onOneLine(err)
	}
	document, err := onlyDocument(file)
	if document == nil || err != nil {
		return nil, err
	}
	body := exact(document)
	if err := checkAliases(body); err != nil {
		return nil, err
	}
	ast.Walk(exactNumbers{}, body)
	var tags tagCheck
	if ast.Walk(&tags, body); tags.err != nil {
		return nil, tags.err
	}
	next()
	var v any
	if err := yaml.NodeToValue(body, &v); err != nil {
		return nil, onOneLine(err)
	}
	return v, nil
}

// onlyDocument is the document of a text, nil if there is none.
func onlyDocument(file *ast.File) (only ast.Node, err error) {
	for _, d := range file.Docs {
		_, directive := d.Body.(*ast.DirectiveNode)
		switch {
		case d.Body == nil, directive:
		case only != nil:
			return nil, fmt.Errorf("line %d: a second document begins, and one is read; text.split can part them at the lines ---", d.Body.GetToken().Position.Line)
		default:
			only = d.Body
		}
	}
	return only, nil
}

// onOneLine tells a library's error without the picture of the lines around it.
func onOneLine(err error) error {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil || e.GetToken().Position == nil {
		return err
	}
	at := e.GetToken().Position
	return fmt.Errorf("line %d, column %d: %s", at.Line, at.Column, e.GetMessage())
}

// checkNesting refuses what takes the parser gigabytes.
func checkNesting(tokens token.Tokens) error {
	brackets, line, dashes := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, dashes = t.Position.Line, 0
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets = max(0, brackets-1)
		case token.SequenceEntryType, token.MappingKeyType:
			dashes++
		}
		if brackets > maxBrackets || dashes > maxDashes {
			return fmt.Errorf("line %d: nested too deep", line)
		}
	}
	return nil
}

// keepTexts mends what the library makes of plain texts: it leaves out the tabs in them, and
// a key that looks like a number or null, or what is tagged as text, becomes another text,
// 1.10 for instance 1.1.
func keepTexts(tokens token.Tokens) {
	for i, t := range tokens {
		switch t.Type {
		case token.StringType:
			if text := strings.TrimSpace(t.Origin); strings.Contains(text, "\t") && !strings.Contains(text, "\n") && strings.ReplaceAll(text, "\t", "") == t.Value {
				t.Value = text
			}
		case token.NullType, token.InfinityType, token.NanType, token.IntegerType, token.BinaryIntegerType,
			token.OctetIntegerType, token.HexIntegerType, token.FloatType, token.BoolType:
			if i+1 < len(tokens) && tokens[i+1].Type == token.MappingValueType || isTaggedText(tokens[:i]) {
				t.Type = token.StringType
			}
		}
	}
}

// isTaggedText reports whether tokens end with the tag of texts, and perhaps an anchor.
func isTaggedText(before token.Tokens) bool {
	n := len(before)
	if n > 2 && before[n-2].Type == token.AnchorType {
		n -= 2
	}
	return n > 0 && before[n-1].Type == token.TagType && before[n-1].Value == string(token.StringTag)
}

// exactNumbers has integers that the library takes for text, as no integer type of Go holds
// them, keep their digits as numbers.
type exactNumbers struct{}

func (e exactNumbers) Visit(node ast.Node) ast.Visitor {
	switch n := node.(type) {
	case *ast.MappingValueNode:
		n.Value = exact(n.Value)
	case *ast.SequenceNode:
		for i := range n.Values {
			n.Values[i] = exact(n.Values[i])
		}
	case *ast.AnchorNode:
		n.Value = exact(n.Value)
	}
	return e
}

func exact(node ast.Node) ast.Node {
	text, ok := node.(*ast.StringNode)
	if !ok || text.Token.Type != token.StringType || text.Value == "" || !strings.ContainsRune("+-0123456789", rune(text.Value[0])) {
		return node
	}
	digits := strings.TrimPrefix(text.Value, "+")
	number := strings.TrimPrefix(digits, "-")
	switch {
	case number == "":
		return node
	case number[0] == '0': // of another base, or with zeros before
		n, ok := new(big.Int).SetString(strings.ReplaceAll(digits, "_", ""), 0)
		if !ok {
			return node
		}
		digits = n.String()
	case strings.Trim(number, "0123456789") != "":
		return node
	}
	return &ast.IntegerNode{BaseNode: text.BaseNode, Token: text.Token, Value: json.Number(digits)}
}

// A tagCheck finds a text that is not what its tag says, for which the library has a zero or
// nothing.
type tagCheck struct{ err error }

func (c *tagCheck) Visit(node ast.Node) ast.Visitor {
	tag, ok := node.(*ast.TagNode)
	if !ok || c.err != nil || tag.Value == nil {
		return c
	}
	value := tag.Value
	if anchor, ok := value.(*ast.AnchorNode); ok {
		value = anchor.Value
	}
	if _, ok := value.(*ast.AliasNode); ok {
		c.err = fmt.Errorf("line %d: an alias has no tag of its own", tag.Start.Position.Line)
		return c
	}
	if block, ok := value.(*ast.LiteralNode); ok {
		value = block.Value
	}
	text, ok := value.(*ast.StringNode)
	if !ok {
		return c
	}
	var err error
	switch token.ReservedTagKeyword(tag.Start.Value) {
	case token.BinaryTag:
		_, err = base64.StdEncoding.DecodeString(text.Value)
	case token.IntegerTag:
		_, err = strconv.Atoi(text.Value)
	case token.TimestampTag:
		err = checkTimestamp(text.Value)
	case token.FloatTag:
		_, err = strconv.ParseFloat(text.Value, 64)
	}
	if err != nil {
		c.err = fmt.Errorf("line %d: %q is not what the tag %s says", tag.Start.Position.Line, english.Clipped(text.Value), tag.Start.Value)
	}
	return c
}

// checkTimestamp reads what the library reads.
func checkTimestamp(text string) (err error) {
	for _, layout := range []string{"2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00", "2006-1-2 15:4:5.999999999", "2006-1-2"} {
		if _, err = time.Parse(layout, text); err == nil {
			return nil
		}
	}
	return err
}

// maxAliases bounds how far aliases of aliases can multiply a document: twenty of
// them to about a thousand times its size.
const maxAliases = 20

// aliasCheck counts a document's aliases, and finds the first one within what it stands
// for: the library would drop it.
type aliasCheck struct {
	aliases int
	err     error
}

// An aliasPlace is a place in a document: within what an anchor names, if that is not "",
// in an outer place.
type aliasPlace struct {
	check  *aliasCheck
	anchor string
	outer  *aliasPlace
}

func (p *aliasPlace) Visit(node ast.Node) ast.Visitor {
	switch n := node.(type) {
	case *ast.AnchorNode:
		return &aliasPlace{p.check, n.Name.String(), p}
	case *ast.AliasNode:
		p.check.aliases++
		name := n.Value.String()
		for place := p; place != nil && p.check.err == nil && p.check.aliases <= maxAliases; place = place.outer {
			if place.anchor == name {
				p.check.err = fmt.Errorf("line %d: the alias *%s stands within what it stands for", n.Start.Position.Line, english.Clipped(name))
			}
		}
	}
	return p
}

func checkAliases(document ast.Node) error {
	var check aliasCheck
	ast.Walk(&aliasPlace{check: &check}, document)
	if check.aliases > maxAliases {
		return fmt.Errorf("the document has %d aliases, more than %d", check.aliases, maxAliases)
	}
	return check.err
}
