package cloudservers

import (
	"net/http"
	"time"
)

// backupSchedule is when images of a server are made (section 13.1). The service
// keeps schedules and does not carry them out.
type backupSchedule struct {
	Enabled bool   `json:"enabled" xml:"enabled,attr"`
	Weekly  string `json:"weekly" xml:"weekly,attr"`
	Daily   string `json:"daily" xml:"daily,attr"`
}

var noBackup = backupSchedule{Weekly: "DISABLED", Daily: "DISABLED"}

var (
	weeklyBackups = []string{"DISABLED", "SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"}
	dailyBackups  = []string{"DISABLED", "H_0000_0200", "H_0200_0400", "H_0400_0600", "H_0600_0800", "H_0800_1000",
		"H_1000_1200", "H_1200_1400", "H_1400_1600", "H_1600_1800", "H_1800_2000", "H_2000_2200", "H_2200_0000"}
)

func (s *Service) getBackup(q *request) (answer, *fault) {
	v, f := s.server(q)
	if f != nil {
		return answer{}, f
	}
	return found("backupSchedule", v.backup, time.Time{}), nil
}

func (s *Service) setBackup(q *request) (answer, *fault) {
	v, f := s.serverFor(q, changeBackup)
	if f != nil {
		return answer{}, f
	}
	in, f := q.body.object("backupSchedule")
	if f != nil {
		return answer{}, f
	}
	schedule := in.backupSchedule()
	if in.fault != nil {
		return answer{}, in.fault
	}
	v.backup = schedule
	return empty(http.StatusNoContent), nil
}

func (f *fields) backupSchedule() backupSchedule {
	return backupSchedule{
		Enabled: f.boolean("enabled"),
		Weekly:  f.oneOf("weekly", weeklyBackups),
		Daily:   f.oneOf("daily", dailyBackups),
	}
}

// disableBackup keeps the server's schedule as a disabled one; it is never absent.
func (s *Service) disableBackup(q *request) (answer, *fault) {
	v, f := s.serverFor(q, changeBackup)
	if f != nil {
		return answer{}, f
	}
	v.backup = noBackup
	return empty(http.StatusNoContent), nil
}
