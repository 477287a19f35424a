package lunanode

import "slices"

// collection holds things of one kind by their id, in the order of their ids.
type collection[T any] struct {
	rows map[int]*T
	ids  []int // ascending
	next int
}

func newCollection[T any](first int) collection[T] {
	return collection[T]{rows: map[int]*T{}, next: first}
}

// newID takes the next id.
func (c *collection[T]) newID() int {
	c.next++
	return c.next - 1
}

func (c *collection[T]) put(id int, row *T) {
	at, found := slices.BinarySearch(c.ids, id)
	if !found {
		c.ids = slices.Insert(c.ids, at, id)
	}
	c.rows[id] = row
	c.next = max(c.next, id+1)
}

// get returns nil when there is no such thing.
func (c *collection[T]) get(id int) *T { return c.rows[id] }

func (c *collection[T]) remove(id int) {
	if at, found := slices.BinarySearch(c.ids, id); found {
		c.ids = slices.Delete(c.ids, at, at+1)
		delete(c.rows, id)
	}
}

// where lists the things that keep accepts, in order; nil accepts all.
func (c *collection[T]) where(keep func(*T) bool) []*T {
	var rows []*T
	for _, id := range c.ids {
		if row := c.rows[id]; keep == nil || keep(row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// all lists everything in order.
func (c *collection[T]) all() []*T { return c.where(nil) }
