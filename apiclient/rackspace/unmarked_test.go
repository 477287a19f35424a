package rackspace

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cloudscript/cloudscript/apiclient"
	"github.com/cloudscript/cloudscript/internal/clock"
	"github.com/cloudscript/cloudscript/simulator"
)

// makers make the i-th thing of their kind; the servers that images are made of exist.
var makers = map[string]func(c *Client, servers []ID, name string, i int) (ID, error){
	"images": func(c *Client, servers []ID, name string, i int) (ID, error) {
		image, err := c.Images.Create(background, ImageCreate{ServerID: servers[i], Name: name})
		if err != nil {
			return "", err
		}
		return image.ID, nil
	},
	"ip_groups": func(c *Client, _ []ID, name string, _ int) (ID, error) {
		group, err := c.IPGroups.Create(background, IPGroupCreate{Name: name})
		if err != nil {
			return "", err
		}
		return group.ID, nil
	},
}

// ids are what there is of a kind that has the name.
func ids(t *testing.T, c *Client, kind, name string) (all []ID) {
	t.Helper()
	if kind == "images" {
		for image, err := range c.Images.All(background, ListOptions{}) {
			if err != nil {
				t.Error(err)
			}
			if strings.HasPrefix(image.Name, name) {
				all = append(all, image.ID)
			}
		}
		return all
	}
	for group, err := range c.IPGroups.All(background, ListOptions{}) {
		if err != nil {
			t.Error(err)
		}
		all = append(all, group.ID)
	}
	return all
}

const makings = 20

// activeServers makes servers to make images of.
func activeServers(t *testing.T, v *clock.Virtual, c *Client) []ID {
	t.Helper()
	servers := make([]ID, makings)
	all(v, makings, func(i int) {
		server, err := c.Servers.Create(background, taggedCreate(i))
		if err != nil {
			t.Error(err)
			return
		}
		if _, err := c.Servers.Wait(background, server.ID, ServerActive, WaitOptions{}); err != nil {
			t.Error(err)
		}
		servers[i] = server.ID
	})
	return servers
}

// Whatever is done to the answers, twenty calls make exactly twenty images and groups, each
// caller gets its own, and none of them sees an error; also when all have one name.
func TestEveryImageAndGroupIsMadeOnce(t *testing.T) {
	for kind, make1 := range makers {
		for _, fault := range []string{"lost-reply", "nth=1 reset", "nth=7 truncate=9", "probability=0.3 seed=4 malformed", "nth=20 status=500", "nth=3 status=502"} {
			for _, oneName := range []bool{false, true} {
				t.Run(fmt.Sprint(kind, " ", fault, " ", oneName), func(t *testing.T) {
					inSimulation(t, simulator.Config{}, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
						servers := activeServers(t, v, c)
						if err := sim.AddFaults(kind + ".create " + fault); err != nil {
							t.Error(err)
							return
						}
						made := make([]ID, makings)
						all(v, makings, func(i int) {
							name := "golden"
							if !oneName {
								name += fmt.Sprint(i)
							}
							var err error
							if made[i], err = make1(c, servers, name, i); err != nil {
								t.Error(err)
							}
						})
						distinct := map[ID]bool{}
						for _, id := range made {
							distinct[id] = true
						}
						if there := ids(t, c, kind, "golden"); len(there) != makings || len(distinct) != makings {
							t.Errorf("%d calls made %d, %d of them known", makings, len(there), len(distinct))
						}
					})
				})
			}
		}
	}
}

// An image of the same name that was there before is not the call's work; one of which that
// cannot be known is left to the caller.
func TestImagesThatWereThereBefore(t *testing.T) {
	for _, test := range []struct {
		name   string
		faults []string // while the second image is made
		want   string   // the hint
		there  int
	}{
		{"answer lost", []string{"images.create lost-reply"}, "", 2},
		{"not made at first", []string{"images.create nth=1 reset"}, "", 2},
		{"not made at all", []string{"images.create reset"},
			`it may have been carried out: before trying again, look whether the list of images shows "golden" (nothing of it is to be seen yet)`, 1},
		{"what was there cannot be listed", []string{"images.detail nth=1 status=501", "images.create nth=1 lost-reply"},
			`it may have been carried out: before trying again, look whether the list of images shows "golden" (image ID may be it, but what was there before the call could not be listed)`, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			inSimulation(t, simulator.Config{}, func(v *clock.Virtual, sim *simulator.Simulator, c *Client) {
				servers := activeServers(t, v, c)
				if _, err := makers["images"](c, servers, "golden", 0); err != nil {
					t.Error(err)
				}
				_ = v.Sleep(background, time.Hour) // a server is imaged once at a time
				if err := sim.AddFaults(test.faults...); err != nil {
					t.Error(err)
				}
				_, err := makers["images"](c, servers, "golden", 0)
				sim.Faults().Clear()
				got := ""
				var e *apiclient.Error
				if errors.As(err, &e) {
					got = e.Hint
				}
				there := ids(t, c, "images", "golden")
				for _, id := range there {
					got = strings.ReplaceAll(got, "image "+string(id), "image ID")
				}
				if got != test.want || len(there) != test.there {
					t.Errorf("%d images; got  %s\nwant %s\n%v", len(there), got, test.want, err)
				}
			})
		})
	}
}
