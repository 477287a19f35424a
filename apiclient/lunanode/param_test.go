package lunanode

import (
	"errors"
	"strings"
	"testing"
)

func TestParamTypes(t *testing.T) {
	const uuid = "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"
	for _, tt := range []struct {
		of        ParamType
		good, bad []string
	}{
		{TypeString, []string{"", "anything, at all\n"}, nil},
		{TypeUUID, []string{uuid, strings.ToUpper(uuid)}, []string{"", "42", uuid + "0", strings.ReplaceAll(uuid, "-", ""), uuid[:35] + "g", " " + uuid}},
		{TypeInt, []string{"0", "42", "-1", "123456789012345678"}, []string{"", "1.0", "1e3", " 1", "0x10", "1234567890123456789", "١"}},
		{TypeDecimal, []string{"0", "1.5", "-73.98", "0.12345678"}, []string{"", ".5", "1.", "1e3", "nan", "1,5"}},
		{TypeRegion, []string{"toronto", "us-east-1", "r_2"}, []string{"", "Toronto", "Toronto, Canada", "-x"}},
		{TypePlan, []string{"1", "m.1", "s.half", "512 MB"}, []string{"", " m.1", "m.1\n", "m/1"}},
		{TypeYesNo, []string{"yes", "no"}, []string{"", "true", "Yes", "1"}},
		{TypeIntList, []string{"1", "123,999"}, []string{"", "1, 2", "1,", ",1", "a"}},
		{TypeIP, []string{"198.51.100.7", "2001:db8::1"}, []string{"", "198.51.100", "198.51.100.256", "fe80::1%eth0", "host"}},
		{TypeCIDR, []string{"10.0.0.0/24", "10.0.0.1/8"}, []string{"", "10.0.0.0", "10.0.0.0/33"}},
		{TypeURL, []string{"https://example.com/a.img", "ftp://h/x"}, []string{"", "example.com/a", "/a", "http://", "http://[::1"}},
	} {
		t.Run(string(tt.of), func(t *testing.T) {
			for _, value := range tt.good {
				if !tt.of.valid(value) {
					t.Errorf("%q is refused", value)
				}
			}
			for _, value := range tt.bad {
				if tt.of.valid(value) {
					t.Errorf("%q is taken", value)
				}
			}
			if tt.of.Expected() == "" {
				t.Error("no words for what is expected")
			}
		})
	}
}

func TestCheck(t *testing.T) {
	const vm = "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11"
	for _, tt := range []struct {
		name, category, action string
		params                 map[string]string
		want                   string
	}{
		{"good", "vm", "create", map[string]string{"hostname": "web01", "plan_id": "m.1", "image_id": "26", "securitygroups": "1,2"}, ""},
		{"missing, first of the catalogue", "vm", "create", map[string]string{"bogus": "1"},
			`vm/create: parameter "hostname" is required: label of the machine and host name set inside it`},
		{"required but empty", "vm", "create", map[string]string{"hostname": "", "plan_id": "1"},
			`vm/create: parameter "hostname" is required: label of the machine and host name set inside it`},
		{"optional but empty", "vm", "list", map[string]string{"region": ""},
			`vm/list: parameter "region" is empty, want a region's short name such as toronto (region/list shows them); leave it out if it is not meant`},
		{"unknown, near", "vm", "create", map[string]string{"hostname": "a", "plan_id": "1", "image": "26"},
			`vm/create: unknown parameter "image"; did you mean "image_id"?`},
		{"unknown, far", "vm", "start", map[string]string{"vm_id": vm, "colour": "red"},
			`vm/start: unknown parameter "colour"; it takes vm_id`},
		{"unknown, takes none", "plan", "list", map[string]string{"region": "toronto"},
			`plan/list: unknown parameter "region"; it takes no parameters`},
		{"uuid", "vm", "start", map[string]string{"vm_id": "web01"},
			`vm/start: parameter "vm_id" is "web01", want a UUID such as 5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11`},
		{"yes or no", "vm", "floatingip-delete", map[string]string{"vm_id": vm, "keep": "true"},
			`vm/floatingip-delete: parameter "keep" is "true", want yes or no`},
		{"long value cut", "image", "delete", map[string]string{"image_id": strings.Repeat("9", 1000)},
			`image/delete: parameter "image_id" is "9999999999999999999999999999999999999999"… (1000 bytes), want a whole number`},
		{"open parameters", "monitor", "check-add", map[string]string{"name": "a", "type": "http", "check_interval": "60", "delay": "0", "expect_status": "200"}, ""},
		{"password not shown", "email", "user-set-password", map[string]string{"domain_id": "x", "user_id": "1", "password": "hunter2"},
			`email/user-set-password: parameter "domain_id" is "x", want a whole number`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, ok := LoadCatalogue().Action(tt.category, tt.action)
			if !ok {
				t.Fatal("no such action")
			}
			got := ""
			if err := a.Check(tt.params); err != nil {
				got = err.Error()
				var e *ParamError
				if !errors.As(err, &e) || e.Action != a.String() || e.Param == "" {
					t.Errorf("%#v", err)
				}
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// Every required parameter of every action is missed by name, and every parameter
// with a form of its own refuses a value without it.
func TestCheckOfAllActions(t *testing.T) {
	good := map[ParamType]string{TypeString: "x", TypeUUID: "5b0c2c3e-6d5b-4f0a-9a53-0f1c8a0a7c11", TypeInt: "1", TypeDecimal: "0.5", TypeRegion: "toronto",
		TypePlan: "1", TypeYesNo: "yes", TypeIntList: "1,2", TypeIP: "198.51.100.7", TypeCIDR: "10.0.0.0/24", TypeURL: "http://example.com/a"}
	for _, a := range LoadCatalogue().Actions() {
		full := map[string]string{}
		for _, p := range a.Params {
			full[p.Name] = good[p.Type]
		}
		if err := a.Check(full); err != nil {
			t.Errorf("%s: %v", a, err)
		}
		for _, p := range a.Params {
			value := full[p.Name]
			delete(full, p.Name)
			if err := a.Check(full); (err != nil) != p.Required || err != nil && !strings.Contains(err.Error(), `"`+p.Name+`"`) {
				t.Errorf("%s without %s: %v", a, p.Name, err)
			}
			full[p.Name] = "?\x00"
			if err := a.Check(full); (err == nil) != (p.Type == TypeString) {
				t.Errorf("%s with a wrong %s: %v", a, p.Name, err)
			}
			full[p.Name] = value
		}
		full["no_such_parameter"] = "1"
		if err := a.Check(full); (err == nil) != a.OpenParams {
			t.Errorf("%s with an unknown parameter: %v", a, err)
		}
	}
}

func TestSecretParams(t *testing.T) {
	var names []string
	for _, a := range LoadCatalogue().Actions() {
		for _, p := range a.Params {
			if p.Secret() {
				names = append(names, a.String()+" "+p.Name)
			}
		}
	}
	want := "vm/setpassword password, email/domain-dkim-set private_key, email/user-add password, email/user-set-password password"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("secret: %s", got)
	}
}
