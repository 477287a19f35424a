package rackspace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// PageLimit is the most that one page of a list holds (spec, section 4).
const PageLimit = 1000

// ListOptions choose what a list call returns. The zero value is the first page of ids and
// names.
type ListOptions struct {
	Limit  int // at most this many in a page; 0 and all beyond PageLimit mean PageLimit
	Offset int // skip this many
	Detail bool

	// ChangesSince asks for what changed since then, deleted servers included; the page is
	// NotModified when nothing did. The service allows it 3 times a minute (section 6).
	ChangesSince time.Time

	// Fresh adds a parameter that keeps caches on the way from answering.
	Fresh bool
}

func (o ListOptions) limit() int {
	if o.Limit == 0 || o.Limit > PageLimit {
		return PageLimit
	}
	return o.Limit
}

func (o ListOptions) check() error {
	switch {
	case o.Limit < 0:
		return errors.New("limit is negative")
	case o.Offset < 0:
		return errors.New("offset is negative")
	}
	return nil
}

func (o ListOptions) query() url.Values {
	q := url.Values{}
	if o.Limit != 0 {
		q.Set("limit", strconv.Itoa(o.limit()))
	}
	if o.Offset != 0 {
		q.Set("offset", strconv.Itoa(o.Offset))
	}
	if !o.ChangesSince.IsZero() {
		q.Set("changes-since", strconv.FormatInt(o.ChangesSince.Unix(), 10))
	}
	return q
}

// A Page is one answer of a list call.
type Page[T any] struct {
	Items        []T
	NotModified  bool      // 304: nothing changed since ChangesSince
	LastModified time.Time // as the service said; zero if it did not
}

// A RawPage is a page whose rows are not decoded.
type RawPage = Page[json.RawMessage]

// A Collection lists the entities of one kind. Its methods return *apiclient.Error.
type Collection[T any] struct {
	client   *Client
	op, path string
	member   string
	decode   func(json.RawMessage) (T, error)
}

// List returns one page.
func (s Collection[T]) List(ctx context.Context, o ListOptions) (*Page[T], error) {
	raw, err := s.ListRaw(ctx, o)
	if err != nil {
		return nil, err
	}
	page := &Page[T]{Items: make([]T, len(raw.Items)), NotModified: raw.NotModified, LastModified: raw.LastModified}
	for i, row := range raw.Items {
		if page.Items[i], err = s.row(row); err != nil {
			return nil, err
		}
	}
	return page, nil
}

// ListRaw returns one page of rows as they came.
func (s Collection[T]) ListRaw(ctx context.Context, o ListOptions) (*RawPage, error) {
	path := s.path
	if o.Detail {
		path += "/detail"
	}
	req, resp, err := s.client.send(ctx, call{op: s.op, path: path, query: o.query(), fresh: o.Fresh, check: o.check()})
	if err != nil {
		return nil, err
	}
	page := &RawPage{NotModified: resp.Status == http.StatusNotModified}
	page.LastModified, _ = http.ParseTime(resp.Header.Get("Last-Modified"))
	if page.NotModified {
		return page, nil
	}
	if page.Items, err = rowsIn(resp.Body, s.member); err != nil {
		return nil, s.client.badAnswer(req, resp, err)
	}
	return page, nil
}

// Pages goes through all pages from o.Offset on, o.Limit rows at a time. After an error it
// ends.
func (s Collection[T]) Pages(ctx context.Context, o ListOptions) iter.Seq2[*RawPage, error] {
	return func(yield func(*RawPage, error) bool) {
		limit := o.limit()
		o.Limit = limit
		var first json.RawMessage
		for {
			page, err := s.ListRaw(ctx, o)
			if err != nil {
				yield(nil, err)
				return
			}
			n := len(page.Items)
			if n > 0 {
				// A recorded server ignores limit and offset for flavors: its second page is its
				// first one again.
				if first != nil && bytes.Equal(first, page.Items[0]) {
					return
				}
				first = page.Items[0]
			}
			if !yield(page, nil) || n != limit {
				return
			}
			o.Offset += n
		}
	}
}

// All goes through all entities, page after page. After an error it ends.
func (s Collection[T]) All(ctx context.Context, o ListOptions) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for page, err := range s.Pages(ctx, o) {
			if err != nil {
				yield(none, err)
				return
			}
			for _, row := range page.Items {
				v, err := s.row(row)
				if !yield(v, err) || err != nil {
					return
				}
			}
		}
	}
}

func (s Collection[T]) row(raw json.RawMessage) (T, error) {
	v, err := s.decode(raw)
	if err != nil {
		return v, s.client.undecodable(s.op, err)
	}
	return v, nil
}
