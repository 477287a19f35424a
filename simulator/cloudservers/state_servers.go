package cloudservers

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

func (s *Service) loadServers(state *State, now time.Time) error {
	items, err := numbered(state.Servers, s.servers.nextID, func(v *ServerState) *int { return &v.ID })
	if err != nil {
		return err
	}
	for _, seed := range items {
		if err := s.loadServer(seed, now); err != nil {
			return fmt.Errorf("server %d (%q): %w", seed.ID, seed.Name, err)
		}
	}
	return nil
}

func (s *Service) loadServer(seed ServerState, now time.Time) error {
	if seed.Name == "" {
		return fmt.Errorf("it needs a name")
	}
	if seed.ImageID <= 0 {
		return fmt.Errorf("it needs an imageId")
	}
	flavor, f := s.flavor(seed.FlavorID)
	if f != nil {
		return fmt.Errorf("flavorId: flavor %d does not exist", seed.FlavorID)
	}
	v := &server{
		id: seed.ID, name: seed.Name, imageID: seed.ImageID, flavor: flavor,
		hostID: cmp.Or(seed.HostID, s.identity.host(seed.ID)), metadata: pairs{}, backup: noBackup,
		status: cmp.Or(seed.Status, statusActive), updated: seed.Updated,
	}
	maps.Copy(v.metadata, seed.Metadata)
	if b := seed.BackupSchedule; b != nil {
		v.backup = backupSchedule{b.Enabled, cmp.Or(b.Weekly, weeklyBackups[0]), cmp.Or(b.Daily, dailyBackups[0])}
		if !slices.Contains(weeklyBackups, v.backup.Weekly) || !slices.Contains(dailyBackups, v.backup.Daily) {
			return fmt.Errorf("backupSchedule: weekly must be one of %q, daily one of %q", weeklyBackups, dailyBackups)
		}
	}
	s.giveAddresses(v, seed.Public)
	if len(seed.Public) > 0 && s.servers.owners[seed.Public[0]] == nil {
		v.own = seed.Public[0]
	}
	if len(seed.Private) > 0 {
		v.private = slices.Clone(seed.Private)
	}
	s.servers.add(v)
	for _, i := range s.images.all {
		if i.serverID == v.id && i.making != nil {
			v.imaging = i
		}
	}
	if v.updated.IsZero() {
		v.updated = now
	}
	if seed.SharedIPGroupID != 0 {
		g, ok := s.groups.byID[seed.SharedIPGroupID]
		if !ok {
			return fmt.Errorf("sharedIpGroupId: group %d does not exist", seed.SharedIPGroupID)
		}
		s.joinGroup(v, g, now)
	}
	return s.resume(v, seed, now)
}

// resume starts again what a server's status says is under way.
func (s *Service) resume(v *server, seed ServerState, now time.Time) error {
	switch status := v.status; status {
	case statusBuild:
		s.begin(v, task{kind: taskBuild}, now, stage{status, s.times.Build})
	case statusRebuild:
		s.begin(v, task{kind: taskBuild}, now, stage{status, s.times.Rebuild})
	case statusReboot:
		s.begin(v, task{kind: taskReboot}, now, stage{status, s.times.Reboot})
	case statusHardReboot:
		s.begin(v, task{kind: taskReboot}, now, stage{status, s.times.HardReboot})
	case statusPassword:
		s.begin(v, task{kind: taskReboot}, now, stage{status, s.times.Password})
	case statusShareIP, statusShareIPNoConfig:
		s.begin(v, task{kind: taskReboot}, now, stage{status, s.times.ShareIP})
	case statusDeleteIP:
		s.begin(v, task{kind: taskReboot}, now, stage{status, s.times.UnshareIP})
	case statusQueueResize, statusPrepResize, statusResize, statusVerifyResize:
		other, f := s.flavor(seed.OtherFlavorID)
		if f != nil {
			return fmt.Errorf("the status %s needs otherFlavorId, the flavor of the resize", status)
		}
		if status == statusVerifyResize {
			s.begin(v, task{kind: taskVerify, flavor: other}, now, stage{status, s.times.AutoConfirm})
			return nil
		}
		s.servers.reserve(v, other.RAM)
		s.begin(v, task{kind: taskResize, flavor: other}, now, s.resizeStages()...)
	default:
		if !slices.Contains(restStatuses, status) {
			return fmt.Errorf("the status %q does not exist", status)
		}
	}
	return nil
}

// restStatuses are the statuses that a seeded server keeps.
var restStatuses = []string{statusActive, statusError, "SUSPENDED", "RESCUE", "RESTORING", "UNKNOWN", "ADD_IP",
	"ADD_IP_NO_CONFIG", "QUEUE_MOVE", "PREP_MOVE", "MOVE", "VERIFY_MOVE", "PENDING"}
