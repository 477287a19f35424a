package rackspace

import (
	"fmt"
	"net/url"
	"strings"
)

// The endpoints of the authentication service (auth spec, section 1). Which one is right
// depends on where the account was opened, not on where its servers are.
const (
	authURLUS = "https://auth.api.rackspacecloud.com/v1.0"
	authURLUK = "https://lon.auth.api.rackspacecloud.com/v1.0"
)

// AuthURL returns the URL of the authentication service for "us", "uk" or a URL; "" is "us".
func AuthURL(regionOrURL string) (string, error) {
	switch strings.ToLower(regionOrURL) {
	case "us", "":
		return authURLUS, nil
	case "uk":
		return authURLUK, nil
	}
	u, err := url.Parse(regionOrURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf(`the authentication URL %q is neither a region ("us" or "uk") nor an http:// or https:// address`,
			withoutUser(regionOrURL))
	}
	return regionOrURL, nil
}

func withoutUser(s string) string {
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		return "…" + s[at:]
	}
	return s
}

// otherRegion is the name of the region whose endpoint this is not, or "".
func otherRegion(authURL string) string {
	switch authURL {
	case authURLUS:
		return "uk"
	case authURLUK:
		return "us"
	}
	return ""
}
