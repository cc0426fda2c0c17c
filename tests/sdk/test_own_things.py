"""What a user has and may do, as it is read: pages, trees, yes and no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from aiogenauth import AuthenticationClient, InvalidInput, UnexpectedAnswer
from tests.sdk.support.answers import answer, http, raw
from tests.sdk.support.world import FakeServer


async def test_a_tree_is_read_node_by_node(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    leaf = {"code": "b", "actions": ["read"], "value": "v", "new": 1}
    tree = {"nodeAuthActionList": [{"code": "a", "children": [leaf]}]}
    genauth.on(
        "get-user-auth-resource-struct",
        answer({"resourceType": "TREE", "treeResourceAuthAction": tree}),
    )
    found = await client.get_user_auth_resource_struct("files")
    assert found.tree_resource_auth_action is not None
    nodes = found.tree_resource_auth_action.node_auth_action_list
    assert nodes is not None
    assert nodes[0].children is not None
    [child] = nodes[0].children
    assert (child.code, child.actions, child.extra) == ("b", ("read",), {"new": 1})


async def test_a_permission_is_true_or_false(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    rows = [{"resource": "a", "enabled": True}, {"resource": "b", "enabled": False}]
    genauth.on("check-permission-string-resource", answer({"checkResultList": rows}))
    found = await client.check_permission_by_string_resource(["a", "b"], "read")
    assert [bool(each) for each in found.check_result_list] == [True, False]


@pytest.mark.parametrize("row", [{"resource": "a"}, {"resource": "a", "enabled": "false"}])
async def test_a_permission_that_says_neither_is_not_taken_for_one(
    client: AuthenticationClient, genauth: FakeServer, row: object
) -> None:
    genauth.on("check-permission-string-resource", answer({"checkResultList": [row]}))
    with pytest.raises(UnexpectedAnswer):
        await client.check_permission_by_string_resource(["a"], "read")


async def test_a_sign_in_without_a_place_is_read(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    rows = [{"loginAt": "2022-07-03T02:20:30.000Z", "success": "odd"}]
    genauth.on("get-my-login-history", answer({"totalCount": 1, "list": rows}))
    found = await client.get_login_history()
    [login] = found.list
    assert (found.total_count, login.geoip, login.success) == (1, None, None)
    assert login.login_at == datetime(2022, 7, 3, 2, 20, 30, tzinfo=UTC)
    assert login.extra == {"success": "odd"}


async def test_what_genauth_says_of_itself_is_bare(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("system", raw(http(b'{"rsa": {"publicKey": "pem"}, "publicIps": ["192.0.2.1"]}')))
    found = await client.get_system_info()
    assert found.rsa is not None
    assert (found.rsa.public_key, found.public_ips) == ("pem", ("192.0.2.1",))


ODD: dict[str, Callable[[Any], Any]] = {
    "page": lambda c: c.list_devices(page="2"),
    "limit": lambda c: c.list_devices(limit=True),
    "start": lambda c: c.get_login_history(start=-1),
    "success": lambda c: c.get_login_history(success="yes"),
    "resources": lambda c: c.check_permission_by_string_resource("r", "read"),
    "resources[1]": lambda c: c.check_permission_by_string_resource(["r", ""], "read"),
    "resource_type": lambda c: c.get_authorized_resources(resource_type="FILE"),
    "credential_ids": lambda c: c.check_valid_credentials_by_cred_ids(credential_ids=[]),
    "authenticator_code": lambda c: c.verify_register(
        "t",
        {
            "id": "i",
            "rawId": "i",
            "type": "public-key",
            "response": {"attestationObject": "a", "clientDataJSON": "c"},
        },
        "iris",
    ),
}


@pytest.mark.parametrize("field", ODD)
async def test_what_cannot_be_right_is_refused_by_name(
    client: AuthenticationClient, genauth: FakeServer, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await ODD[field](client)
    assert caught.value.field == field
    assert not genauth.received


async def test_the_id_of_a_passkey_stays_one_part_of_the_path(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    await client.remove_credential("a/../b?c")
    assert genauth.received[0].path.endswith("/remove-credential/a%2F..%2Fb%3Fc")
