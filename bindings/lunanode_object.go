package bindings

import (
	"github.com/cloudscript/cloudscript/apiclient/lunanode"
	"github.com/cloudscript/cloudscript/runtime"
)

// A rowType names the object type of an action's rows.
type rowType struct {
	name    string
	path    string // of its fields in the catalogue
	key     string
	columns []string
	doc     string
}

// rowTypeOf is the object type that an action's answer documents; the zero rowType
// if none.
func rowTypeOf(action string) rowType {
	switch action {
	case "vm/list":
		return rowType{"vm", "vms[]", "vm_id", []string{"vm_id", "name", "plan_id", "primaryip", "region", "os_status"}, "A virtual machine of Luna Node."}
	case "image/list":
		return rowType{"vm_image", "images[]", "image_id", []string{"image_id", "name", "region", "status"}, "An image of Luna Node."}
	case "volume/list":
		return rowType{"volume", "volumes[]", "id", []string{"id", "name", "size", "status", "region"}, "A volume; its size is in gigabytes."}
	case "floating/list":
		return rowType{"floating_ip", "ips[]", "ip", []string{"ip", "attached_type", "attached_name", "hostname", "region"}, "A floating address."}
	case "network/list":
		return rowType{"network", "networks[]", "net_id", []string{"net_id", "name", "subnet"}, "A virtual network."}
	case "lb/list":
		return rowType{"load_balancer", "lb[]", "id", []string{"id", "name", "region"}, "A load balancer."}
	case "plan/list":
		return rowType{"plan", "plans[]", "plan_id", []string{"plan_id", "name", "ram", "vcpu", "storage", "price_nice", "price_monthly_nice"}, "A plan: ram in megabytes, storage in gigabytes, price in US dollars an hour."}
	case "securitygroup/list":
		return rowType{"security_group", "securitygroups[]", "securitygroup_id", []string{"securitygroup_id", "name", "region"}, "A security group."}
	case "securitygroup/rule-list":
		return rowType{"security_rule", "<index>", "id", []string{"id", "direction", "ethertype", "protocol", "port_range", "remote", "label"}, "A rule of a security group; * stands for any."}
	case "script/list":
		return rowType{"startup_script", "scripts[]", "id", []string{"id", "name"}, "A startup script."}
	case "sshkey/list":
		return rowType{"ssh_key", "<index>", "id", []string{"id", "name", "value"}, "A public key."}
	case "dns/list":
		return rowType{"reverse_name", "dns[]", "ip", []string{"ip", "hostname", "vm_name"}, "The reverse name of an address."}
	}
	return rowType{}
}

// rowsOf is the object type of what an action answers; the zero rowType if it is a
// plain table. New machines and images come as their ids alone, which is enough for
// their methods.
func rowsOf(action *lunanode.Action) rowType {
	top := action.Top()
	if len(top) == 1 && top[0].Shape() == lunanode.Scalar {
		switch top[0].Name {
		case "vm_id":
			return rowTypeOf("vm/list")
		case "image_id":
			return rowTypeOf("image/list")
		}
	}
	if action.String() == "volume/info" {
		return rowTypeOf("volume/list")
	}
	return rowTypeOf(action.String())
}

// actionObjects declares the object types, by category.
func actionObjects(catalogue *lunanode.Catalogue) map[string][]runtime.ObjectType {
	objects := map[string][]runtime.ObjectType{}
	for _, action := range catalogue.Actions() {
		row := rowTypeOf(action.String())
		if row.name == "" {
			continue
		}
		object := runtime.ObjectType{Name: row.name, Doc: row.doc, Key: row.key, Columns: row.columns}
		for _, f := range action.Parts(row.path) {
			object.Fields = append(object.Fields, runtime.Field{Name: f.Name, Type: runtime.String, Doc: f.Type})
		}
		if row.name == "vm" {
			object.Fields = append(object.Fields, runtime.Field{Name: "login_details", Type: runtime.String, Secret: true,
				Doc: "user name and password, in the info of vm.info once they are known"})
		}
		objects[action.Category] = append(objects[action.Category], object)
	}
	return objects
}
