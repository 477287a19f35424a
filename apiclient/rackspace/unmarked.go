package rackspace

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/cloudscript/cloudscript/apiclient"
)

// An unmarked makes things of a kind that carries no mark of the call which made it: images and
// shared IP groups have no metadata. One whose answer was lost is recognised by its name and by not
// having been in a list from shortly before the call.
type unmarked[T any] struct {
	what   string // as a person says it
	member string // of the answer
	all    Collection[T]
	idOf   func(T) ID
	rawOf  func(T) json.RawMessage
}

// create performs a call that makes something. Calls of one name are made one after the other;
// fits compares a thing with what was asked for.
func (u unmarked[T]) create(ctx context.Context, o call, name string, fits func(T) bool) (*T, error) {
	c := u.all.client
	if o.check != nil {
		return fetch(ctx, c, o, u.member, u.all.decode) // says what is wrong
	}
	o.accept = u.accept
	var made *T
	req := &apiclient.Request{Op: o.op, Method: o.method, Path: o.path, Effect: o.effect}
	err := c.census.Of(u.what).Make(ctx, req, apiclient.Making{
		Name: name,
		List: func(ctx context.Context) ([]apiclient.Listed, error) { return u.listed(ctx, fits) },
		Do: func(ctx context.Context, look apiclient.Look) (string, error) {
			o.look = look
			var err error
			if made, err = fetch(ctx, c, o, u.member, u.all.decode); err != nil {
				return "", err
			}
			return string(u.idOf(*made)), nil
		},
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

func (u unmarked[T]) listed(ctx context.Context, fits func(T) bool) (listed []apiclient.Listed, err error) {
	for v, err := range u.all.All(ctx, ListOptions{Detail: true, Fresh: true}) {
		if err != nil {
			return nil, err
		}
		row := apiclient.Listed{ID: string(u.idOf(v)), What: u.what + " " + string(u.idOf(v))}
		if fits(v) {
			row.Answer = answerOf(http.StatusAccepted, u.member, u.rawOf(v))
		}
		listed = append(listed, row)
	}
	return listed, nil
}

// accept says why an answer is not the thing.
func (u unmarked[T]) accept(resp *apiclient.Response) error {
	raw, err := entityIn(resp.Body, u.member)
	if err != nil {
		return err
	}
	v, err := u.all.decode(raw)
	if err == nil && u.idOf(v) == "" {
		err = fmt.Errorf("its member %q has no id", u.member)
	}
	return err
}

// answerOf is the answer that a call would have had about an entity.
func answerOf(status int, member string, entity json.RawMessage) *apiclient.Response {
	body, _ := json.Marshal(map[string]json.RawMessage{member: entity}) // an entity is valid JSON: cannot fail
	return &apiclient.Response{Status: status, Header: http.Header{}, Body: body}
}
