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

// rowTypes are the object types by the action whose answer documents them.
func rowTypes() map[string]rowType {
	return map[string]rowType{
		"vm/list": {"vm", "vms[]", "vm_id", []string{"vm_id", "name", "plan_id", "primaryip", "region", "os_status"},
			"A virtual machine of Luna Node."},
		"image/list": {"vm_image", "images[]", "image_id", []string{"image_id", "name", "region", "status"},
			"An image of Luna Node."},
		"volume/list": {"volume", "volumes[]", "id", []string{"id", "name", "size", "status", "region"},
			"A volume; its size is in gigabytes."},
		"floating/list": {"floating_ip", "ips[]", "ip", []string{"ip", "attached_type", "attached_name", "hostname", "region"},
			"A floating address."},
		"network/list": {"network", "networks[]", "net_id", []string{"net_id", "name", "subnet"},
			"A virtual network."},
		"lb/list": {"load_balancer", "lb[]", "id", []string{"id", "name", "region"},
			"A load balancer."},
		"plan/list": {"plan", "plans[]", "plan_id", []string{"plan_id", "name", "ram", "vcpu", "storage", "price_nice", "price_monthly_nice"},
			"A plan: ram in megabytes, storage in gigabytes, price in US dollars an hour."},
		"securitygroup/list": {"security_group", "securitygroups[]", "securitygroup_id", []string{"securitygroup_id", "name", "region"},
			"A security group."},
		"securitygroup/rule-list": {"security_rule", "<index>", "id", []string{"id", "direction", "ethertype", "protocol", "port_range", "remote", "label"},
			"A rule of a security group; * stands for any."},
		"script/list": {"startup_script", "scripts[]", "id", []string{"id", "name"},
			"A startup script."},
		"sshkey/list": {"ssh_key", "<index>", "id", []string{"id", "name", "value"},
			"A public key."},
		"dns/list": {"reverse_name", "dns[]", "ip", []string{"ip", "hostname", "vm_name"},
			"The reverse name of an address."},
	}
}

// rowsOf is the object type of what an action answers; the zero rowType if it is a
// plain table. New machines and images come as their ids alone, which is enough for
// their methods.
func rowsOf(action *lunanode.Action) rowType {
	top := action.Top()
	if len(top) == 1 && top[0].Shape() == lunanode.Scalar {
		switch top[0].Name {
		case "vm_id":
			return rowTypes()["vm/list"]
		case "image_id":
			return rowTypes()["image/list"]
		}
	}
	if action.String() == "volume/info" {
		return rowTypes()["volume/list"]
	}
	return rowTypes()[action.String()]
}

// actionObjects declares the object types, by category.
func actionObjects(catalogue *lunanode.Catalogue) map[string][]runtime.ObjectType {
	objects := map[string][]runtime.ObjectType{}
	for _, action := range catalogue.Actions() {
		row, ok := rowTypes()[action.String()]
		if !ok {
			continue
		}
		object := runtime.ObjectType{Name: row.name, Doc: row.doc, Key: row.key, Columns: row.columns}
		for _, f := range action.Parts(row.path) {
			object.Fields = append(object.Fields, runtime.Field{Name: f.Name, Type: runtime.String, Doc: f.Type})
		}
		objects[action.Category] = append(objects[action.Category], object)
	}
	return objects
}
