package cloudservers

import (
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// pageSize is the most items that a list answer has (section 4).
const pageSize = 1000

// A page says which part of a list a request wants.
type page struct {
	offset, limit int
	since         time.Time // changes-since
	changes       bool      // whether it was given
}

func pageOf(query url.Values) (page, *fault) {
	p := page{limit: pageSize}
	offset, f := count(query, "offset")
	if f != nil {
		return p, f
	}
	p.offset = offset
	limit, f := count(query, "limit")
	if f != nil {
		return p, f
	}
	if limit > 0 && limit < pageSize {
		p.limit = limit
	}
	p.since, p.changes, f = changesSince(query)
	return p, f
}

func changesSince(query url.Values) (since time.Time, given bool, f *fault) {
	if !query.Has("changes-since") {
		return time.Time{}, false, nil
	}
	text := query.Get("changes-since")
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, true, badRequest("changes-since must be seconds since 1970, not %.40q", text)
	}
	return time.Unix(seconds, 0), true, nil
}

// single answers with one item, or 304 if the request has a changes-since and the
// item has not changed.
func single(q *request, name string, value any, changed time.Time) (answer, *fault) {
	since, given, f := changesSince(q.query)
	switch {
	case f != nil:
		return answer{}, f
	case given && changed.Before(since):
		return empty(http.StatusNotModified), nil
	}
	return answer{status: http.StatusOK, name: name, value: value, changed: changed}, nil
}

// count reads a parameter that is absent, zero or positive. A number too large
// for any list is as good as the largest.
func count(query url.Values, name string) (int, *fault) {
	text := query.Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(text, 10, 31)
	if numeric, ok := err.(*strconv.NumError); ok && numeric.Err == strconv.ErrRange {
		return 1<<31 - 1, nil
	}
	if err != nil {
		return 0, badRequest("%s must be a whole number from 0 on, not %.40q", name, text)
	}
	return int(n), nil
}

// cut returns the items that the page shows. With changes-since those are among
// the items changed at or after that second, and there may be none: unchanged is
// then true and the answer is 304.
func cut[T any](p page, items []T, changed func(T) time.Time) (shown []T, unchanged bool) {
	if p.changes {
		var since []T
		for _, item := range items {
			if !changed(item).Before(p.since) {
				since = append(since, item)
			}
		}
		if len(since) == 0 {
			return nil, true
		}
		items = since
	}
	if p.offset >= len(items) {
		return nil, false
	}
	items = items[p.offset:]
	return items[:min(p.limit, len(items))], false
}

// each turns items into what an answer shows of them; never nil.
func each[T, V any](items []T, view func(T) V) []V {
	views := make([]V, 0, len(items))
	for _, item := range items {
		views = append(views, view(item))
	}
	return views
}
