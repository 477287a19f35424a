package bindings

import (
	"context"

	"github.com/cloudscript/cloudscript/apiclient/rackspace"
	"github.com/cloudscript/cloudscript/runtime"
)

func backupsModule(client *rackspace.Client) runtime.Module {
	server := idParam("server", "the server")
	return runtime.Module{
		Name: "backups",
		Doc:  "Backup schedules: when images of a server are made by themselves.",
		Verbs: []runtime.Verb{
			{
				Name: "backups.get", Effect: runtime.Read, Params: []runtime.Param{server},
				Doc:     "A server's schedule: enabled, weekly and daily. A server without one has enabled = false.",
				Returns: "table", Errors: cloudErrors(runtime.NotFound),
				Example: `print(backups.get(40117).enabled)`,
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					schedule, err := client.Backups.Get(ctx, rackspace.ID(c.String("server")))
					if err != nil {
						return nil, failure(err)
					}
					return runtime.JSON{Raw: schedule.Raw}, nil
				},
			},
			{
				Name: "backups.set", Effect: runtime.Update,
				Doc: "Makes or replaces a server's schedule.",
				Params: []runtime.Param{server,
					{Name: "weekly", Type: runtime.String, Named: true, Default: rackspace.BackupDisabled, Enum: rackspace.BackupDays(), Doc: "the day"},
					{Name: "daily", Type: runtime.String, Named: true, Default: rackspace.BackupDisabled, Enum: rackspace.BackupHours(), Doc: "the two hours, in GMT"},
					{Name: "enabled", Type: runtime.Boolean, Named: true, Default: true, Doc: "false keeps the schedule and runs nothing"},
				},
				Example: `backups.set(40117, {weekly = "THURSDAY", daily = "H_0400_0600"})`,
				Errors:  changeErrors(runtime.NotFound, runtime.Conflict),
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					return done(client.Backups.Set(ctx, rackspace.ID(c.String("server")), rackspace.BackupSchedule{
						Enabled: c.Bool("enabled"), Weekly: c.String("weekly"), Daily: c.String("daily"),
					}))
				},
			},
			{
				Name: "backups.disable", Effect: runtime.Destroy, Params: []runtime.Param{server},
				Doc:     "Switches a server's schedule off.",
				Example: `backups.disable(40117)`,
				Errors:  changeErrors(runtime.NotFound, runtime.Conflict),
				Func: func(ctx context.Context, c *runtime.Call) (any, error) {
					return done(client.Backups.Disable(ctx, rackspace.ID(c.String("server"))))
				},
			},
		},
	}
}
