"""A server's life through Apache Libcloud, a client that nobody here wrote.

It speaks the authentication service v1.0 and Cloud Servers v1.0 in XML. Run it
against a simulator whose time passes quickly; it needs python3-libcloud:

    cloudscript sim --speed 120 > sim.env &
    . ./sim.env; /usr/bin/python3 simulator/testdata/libcloud_check.py

Each line is a step; the exit code is 1 if one failed. Libcloud 3.4 itself cannot
read the body of a fault (its XML call is gone from Python 3.9), expects 204 of a
revert, and looks for the server inside the server in ex_get_node_details; none of
that is used here.
"""

import os
import sys
import time

from libcloud.common.types import InvalidCredsError
from libcloud.compute.providers import get_driver
from libcloud.compute.types import Provider

base = os.environ["CLOUDSCRIPT_AUTH_URL"].rsplit("/v1.0", 1)[0]
failed = 0


def connect(key):
    host, port = base.split("//")[1].split(":")
    return get_driver(Provider.OPENSTACK)(
        os.environ["CLOUDSCRIPT_USERNAME"], key, api_version="1.0", secure=False, host=host, port=int(port),
        ex_force_auth_url=base, ex_force_auth_version="1.0", ex_force_base_url=base + "/v1.0/700123")


def step(name, run, want=lambda got: got):
    global failed
    try:
        got = run()
        ok = want(got)
    except Exception as error:  # whatever a client raises is a failed step
        got, ok = repr(error), False
    failed += not ok
    print("ok  " if ok else "FAIL", name, "" if ok else got)
    return got


def until(find, state):
    end = time.time() + 30
    while time.time() < end:
        got = find()
        if got == state:
            return True
        time.sleep(0.05)
    return got


cloud = connect(os.environ["CLOUDSCRIPT_API_KEY"])


def state_of(node):
    return lambda: [str(n.state) for n in cloud.list_nodes() if n.id == node.id][0]


def attribute(path, name):
    return lambda: cloud.connection.request(path).object.get(name)


def running(node):
    step("  is running", lambda: until(state_of(node), "running"), lambda got: got is True)


def refused():
    try:
        connect("wrong").list_nodes()
    except InvalidCredsError:
        return True


sizes = step("list sizes", cloud.list_sizes)
images = step("list images", cloud.list_images)
step("limits", cloud.ex_limits, lambda got: got["absolute"]["maxTotalRAMSize"] == "51200")
node = step("create", lambda: cloud.create_node(name="web1", image=images[0], size=sizes[0],
                                                ex_metadata={"team": "tax & dues"}, ex_files={"/etc/motd": "hello"}))
running(node)
step("metadata", lambda: cloud.list_nodes()[0].extra["metadata"], lambda got: got == {"team": "tax & dues"})
step("addresses", lambda: cloud.ex_list_ip_addresses(node.id).public_addresses, lambda got: got == node.public_ips)
step("reboot", lambda: cloud.reboot_node(node))
running(node)
step("hard reboot", lambda: cloud.ex_hard_reboot_node(node))
running(node)
step("rename", lambda: cloud.ex_set_server_name(node, "web2"))
step("password", lambda: cloud.ex_set_password(node, "secret"))
running(node)
step("resize", lambda: cloud.ex_resize(node, sizes[2]))
step("  is resized", lambda: until(attribute("/servers/" + node.id, "status"), "VERIFY_RESIZE"), lambda got: got is True)
step("confirm", lambda: cloud.ex_confirm_resize(node))
step("  has the new size", attribute("/servers/" + node.id, "flavorId"), lambda got: got == sizes[2].id)
step("rebuild", lambda: cloud.ex_rebuild(node.id, images[1].id))
running(node)
image = step("create image", lambda: cloud.create_image(node, "golden"))
step("  is active", lambda: until(attribute("/images/" + image.id, "status"), "ACTIVE"), lambda got: got is True)
step("delete image", lambda: cloud.delete_image(image))
group = step("create group", lambda: cloud.ex_create_ip_group("ha", node.id))
step("list groups", lambda: [g.servers for g in cloud.ex_list_ip_groups(details=True)], lambda got: got == [[node.id]])
member = step("create in group", lambda: cloud.create_node(name="web3", image=images[0], size=sizes[0],
                                                           ex_shared_ip_group_id=group.id))
running(member)
shared = node.public_ips[0]
step("share address", lambda: cloud.ex_share_ip(group.id, member.id, shared, True))
running(member)
step("  has it", lambda: cloud.ex_list_ip_addresses(member.id).public_addresses, lambda got: shared in got)
step("unshare address", lambda: cloud.ex_unshare_ip(member.id, shared))
running(member)
step("delete group", lambda: cloud.ex_delete_ip_group(group.id))
step("destroy", lambda: cloud.destroy_node(node) and cloud.destroy_node(member))
step("  are gone", cloud.list_nodes, lambda got: got == [])
step("a wrong key is refused", refused)
sys.exit(1 if failed else 0)
