"""What belongs to a user: given under /_mock/ or by a seed, listed by the user, through the SDK too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aiogenauth import AuthenticationClient
from genauth_mock.http.messages import HttpRequest
from genauth_mock.server.launch import Running
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support import seeds
from tests.mock.support.http import Http, Json, post

GIVEN = {
    "username": "ada",
    "roles": [{"code": "admin"}, {"code": "editor", "namespace": "blog"}],
    "groups": [{"code": "staff", "name": "Staff"}],
    "tenants": [{"tenantId": "t1", "tenantName": "One"}],
    "departments": [{"departmentId": f"d{n:02}", "name": f"D{n:02}"} for n in range(12)],
    "apps": [{"appId": "crm", "appName": "CRM"}],
    "authorizedResources": [
        {"resourceCode": "orders", "resourceType": "API", "actions": ["read"]},
        {"resourceCode": "menu", "resourceType": "MENU", "namespace": "blog"},
    ],
    "dataResources": [{"resource": "tree/node", "resourceType": "TREE", "actions": ["get"]}],
    "identities": [{"extIdpId": "e1", "userIdInIdp": "u1", "accessToken": "secret-of-idp"}],
}


async def listed(http: Http, token: str, path: str) -> Json:
    """Ask for one of the lists; give the whole answer."""
    async with http.get(f"/api/v3/{path}", headers={"authorization": token}) as reply:
        answer: Json = await reply.json()
        return answer


@pytest.fixture
async def token(http: Http) -> str:
    """Give the access token of a user who has some of everything."""
    made = await post(http, "/_mock/users", GIVEN)
    assert "secret-of-idp" not in str(made)
    return str(made["accessToken"])


@pytest.mark.parametrize(
    ("path", "key", "found"),
    [
        ("get-my-role-list", "code", ["admin", "editor"]),
        ("get-my-role-list?namespace=blog", "code", ["editor"]),
        ("get-my-group-list", "code", ["staff"]),
        ("get-my-tenant-list", "tenantId", ["t1"]),
        ("get-my-accessible-apps", "appId", ["genauth-mock-app", "crm"]),
        ("get-identities", "extIdpId", ["e1"]),
    ],
)
async def test_what_was_given_is_listed(
    http: Http, token: str, path: str, key: str, found: list[str]
) -> None:
    assert [each[key] for each in (await listed(http, token, path))["data"]] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [f"d{n:02}" for n in range(10)]),
        ("?page=2", ["d10", "d11"]),
        ("?limit=1&sortBy=DepartmentName&orderBy=Desc", ["d11"]),
        ("?page=3", []),
    ],
)
async def test_departments_come_in_pages(
    http: Http, token: str, query: str, found: list[str]
) -> None:
    data = (await listed(http, token, f"get-my-department-list{query}"))["data"]
    assert data["totalCount"] == 12
    assert [each["departmentId"] for each in data["list"]] == found


@pytest.mark.parametrize("query", ["page=0", "page=x", "limit=51", "limit=-1"])
async def test_a_page_that_cannot_be_is_refused(http: Http, token: str, query: str) -> None:
    answer = await listed(http, token, f"get-my-department-list?{query}")
    assert answer["statusCode"] == 400
    assert query.split("=", maxsplit=1)[0] in answer["message"]


async def test_resources_are_filtered(http: Http, token: str) -> None:
    data = (await listed(http, token, "get-my-authorized-resources?resourceType=API"))["data"]
    assert [each["resourceCode"] for each in data["list"]] == ["orders"]
    data = (await listed(http, token, "get-my-authorized-resources?namespace=blog"))["data"]
    assert [each["resourceCode"] for each in data["list"]] == ["menu"]


async def test_an_identity_is_unlinked_and_a_profile_shows_what_it_is_asked_for(
    http: Http, token: str
) -> None:
    wide = "get-profile?withIdentities=true&withDepartmentIds=true"
    profile = (await listed(http, token, wide))["data"]
    assert [each["userIdInIdp"] for each in profile["identities"]] == ["u1"]
    assert profile["departmentIds"][0] == "d00"
    await post(http, "/api/v3/unlink-extidp", {"extIdpId": "e1"}, authorization=token)
    assert (await listed(http, token, "get-identities"))["data"] == []
    assert "identities" not in (await listed(http, token, "get-profile"))["data"]


async def test_what_a_user_has_is_changed_part_by_part(http: Http, token: str) -> None:
    user_id = (await listed(http, token, "get-profile"))["data"]["userId"]
    body = {"roles": [{"code": "guest"}], "groups": []}
    async with http.patch(f"/_mock/users/{user_id}", json=body) as reply:
        changed = await reply.json()
    assert [role["code"] for role in changed["roles"]] == ["guest"]
    assert "groups" not in changed
    assert [tenant["tenantId"] for tenant in changed["tenants"]] == ["t1"]


MISTAKES: list[tuple[Json, str]] = [
    ({"roles": [{}]}, "roles[0].code is missing"),
    ({"roles": [{"code": "a", "nam": "b"}]}, "unknown field 'roles[0].nam'"),
    ({"authorizedResources": [{"resourceCode": "a", "effect": "MAYBE"}]}, "must be one of"),
]


@pytest.mark.parametrize(("body", "says"), MISTAKES)
async def test_a_mistake_is_named(http: Http, body: Json, says: str) -> None:
    assert says in (await post(http, "/_mock/users", body))["error"]


SEED = """
[[users]]
username = "ada"
accessToken = "token-of-ada"
[[users.roles]]
code = "admin"
"""


@pytest.fixture
def seeded(seed_file: Path) -> InProcessGenAuth:
    """Give an offline GenAuth whose seed has a user with a role."""
    seed_file.write_text(SEED)
    return seeds.seeded(seed_file)


async def test_a_seed_gives_roles(seeded: InProcessGenAuth) -> None:
    request = HttpRequest("GET", "/api/v3/get-my-role-list", {}, {"authorization": "token-of-ada"})
    answer: Json = json.loads((await seeded.answer(request)).body)
    assert [role["code"] for role in answer["data"]] == ["admin"]


async def test_the_sdk_reads_what_was_given(server: Running, token: str) -> None:
    async with AuthenticationClient(app_id="genauth-mock-app", app_host=server.url) as client:
        ada = client.as_user(token)
        assert [role.code for role in await ada.get_role_list("blog")] == ["editor"]
        assert [tenant.tenant_name for tenant in await ada.get_tenant_list()] == ["One"]
        assert (await ada.get_department_list()).total_count == 12
        assert [app.app_id for app in await ada.get_accessible_apps()][1:] == ["crm"]
        checked = await ada.check_permission_by_tree_resource(["tree/node", "tree"], "get")
        assert checked is not None
