package rackspace

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/cloudscript/cloudscript/apiclient"
)

// A BackupSchedule says when images of a server are made by themselves (spec, section 13.1).
// Empty days and hours mean BackupDisabled.
type BackupSchedule struct {
	Enabled bool   `json:"enabled"`
	Weekly  string `json:"weekly"` // one of BackupDays
	Daily   string `json:"daily"`  // one of BackupHours

	Raw json.RawMessage `json:"-"`
}

// BackupDisabled stands for no day and for no hours.
const BackupDisabled = "DISABLED"

// BackupDays are the values of BackupSchedule.Weekly.
func BackupDays() []string {
	return []string{BackupDisabled, "SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"}
}

// BackupHours are the values of BackupSchedule.Daily: windows of two hours in GMT.
func BackupHours() []string {
	return []string{BackupDisabled, "H_0000_0200", "H_0200_0400", "H_0400_0600", "H_0600_0800", "H_0800_1000", "H_1000_1200",
		"H_1200_1400", "H_1400_1600", "H_1600_1800", "H_1800_2000", "H_2000_2200", "H_2200_0000"}
}

// BackupService is the operations on backup schedules (B1 to B3).
type BackupService struct{ client *Client }

// Get returns a server's schedule (B1); it is disabled where none was set.
func (s *BackupService) Get(ctx context.Context, server ID) (*BackupSchedule, error) {
	return fetch(ctx, s.client, call{op: "backups.get", path: backupPath(server), check: server.check("server")},
		"backupSchedule", decodeBackup)
}

// Set makes or replaces a server's schedule (B2).
func (s *BackupService) Set(ctx context.Context, server ID, schedule BackupSchedule) error {
	schedule = schedule.withDefaults()
	return s.client.run(ctx, call{
		op: "backups.set", method: http.MethodPost, path: backupPath(server),
		check:  cmp.Or(server.check("server"), schedule.check()),
		body:   map[string]BackupSchedule{"backupSchedule": schedule},
		effect: apiclient.EffectUpdate, idempotent: true,
	})
}

// Disable switches a server's schedule off (B3).
func (s *BackupService) Disable(ctx context.Context, server ID) error {
	return s.client.run(ctx, call{
		op: "backups.disable", method: http.MethodDelete, path: backupPath(server), check: server.check("server"),
		effect: apiclient.EffectDestroy, idempotent: true,
	})
}

func backupPath(server ID) string { return serverPath(server) + "/backup_schedule" }

func (b BackupSchedule) withDefaults() BackupSchedule {
	if b.Weekly == "" {
		b.Weekly = BackupDisabled
	}
	if b.Daily == "" {
		b.Daily = BackupDisabled
	}
	return b
}

func (b BackupSchedule) check() error {
	if !slices.Contains(BackupDays(), b.Weekly) {
		return fmt.Errorf("%q is not a day of a backup schedule: %s", excerpt(b.Weekly), strings.Join(BackupDays(), ", "))
	}
	if !slices.Contains(BackupHours(), b.Daily) {
		return fmt.Errorf("%q is not a window of a backup schedule: %s", excerpt(b.Daily), strings.Join(BackupHours(), ", "))
	}
	return nil
}

func decodeBackup(raw json.RawMessage) (b BackupSchedule, err error) {
	b.Raw = raw
	err = json.Unmarshal(raw, &b)
	return b, err
}
