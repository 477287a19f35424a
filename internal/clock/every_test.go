package clock

import (
	"testing"
	"time"
)

func TestEvery(t *testing.T) {
	calls := make(chan struct{})
	stop := Every(time.Microsecond, func() {
		select {
		case calls <- struct{}{}:
		default:
		}
	})
	<-calls
	<-calls
	stop()
}
