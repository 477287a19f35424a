package cloudservers

import (
	"maps"
	"slices"
)

// Dump is the account as it is now. New takes it back as Config.State.
func (s *Service) Dump() *State {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	s.settle(now)
	return &State{
		Flavors: each(s.flavors, func(f *flavor) FlavorState { return FlavorState(*f) }),
		Images: each(s.images.all, func(i *image) ImageState {
			return ImageState{ID: i.id, Name: i.name, ServerID: i.serverID, Status: i.view(now).Status,
				Created: i.created.UTC(), Updated: i.updated.UTC()}
		}),
		Servers: each(s.servers.live, func(v *server) ServerState {
			view := v.view(now)
			seed := ServerState{
				ID: v.id, Name: v.name, ImageID: v.imageID, FlavorID: v.flavor.ID, HostID: v.hostID,
				Status: view.Status, SharedIPGroupID: view.SharedIPGroupID,
				Public: slices.Clone(v.public), Private: slices.Clone(v.private), Updated: v.updated.UTC(),
			}
			if len(v.metadata) > 0 {
				seed.Metadata = maps.Clone(v.metadata)
			}
			if v.backup != noBackup {
				seed.BackupSchedule = &BackupState{v.backup.Enabled, v.backup.Weekly, v.backup.Daily}
			}
			if v.task != nil && v.task.flavor != nil {
				seed.OtherFlavorID = v.task.flavor.ID
			}
			return seed
		}),
		SharedIPGroups: each(s.groups.all, func(g *group) IPGroupState { return IPGroupState{g.id, g.name} }),
	}
}
