"""Users under ``/_mock/users``: found, made many at once or with an id, changed, deleted, signed in once more."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.mock.support.control import NUMBER, call, send


async def profile(http: aiohttp.ClientSession, token: str) -> dict[str, Any]:
    """Ask GenAuth's side who a token is."""
    headers = {"x-genauth-app-id": "app", "authorization": token}
    async with http.get("/api/v3/get-profile", headers=headers) as reply:
        answer: dict[str, Any] = await reply.json()
    return answer


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("username=ada", ["ada"]),
        ("email=ADA@example.com", ["ada"]),
        ("phoneNumber=18812348888", ["ada"]),
        ("phoneNumber=%2B8618812348888", ["ada"]),
        ("phoneNumber=+12025550123", ["grace"]),
        ("phoneNumber=2025550123&phoneCountryCode=1", ["grace"]),
        ("phoneNumber=2025550123&phoneCountryCode=%2B86", []),
        ("username=ada&email=grace@example.com", []),
        ("username=Ada", []),
        ("", ["ada", "grace"]),
    ],
)
async def test_users_are_filtered(
    http: aiohttp.ClientSession, query: str, found: list[str]
) -> None:
    ada = {"username": "ada", "email": "ada@example.com", "phoneNumber": NUMBER}
    await call(http, "POST /_mock/users", ada)
    grace = {"username": "grace", "email": "grace@example.com", "phoneNumber": "+12025550123"}
    await call(http, "POST /_mock/users", grace)
    _, answer = await call(http, f"GET /_mock/users?{query}")
    assert [user["username"] for user in answer["users"]] == found


async def test_filter_that_there_is_not_is_refused(http: aiohttp.ClientSession) -> None:
    status, answer = await call(http, "GET /_mock/users?name=ada")
    assert status == 400
    assert "unknown filter 'name'; expected one of: username, email, phoneNumber" in answer["error"]


async def test_user_is_made_with_an_id_that_is_given(http: aiohttp.ClientSession) -> None:
    _, made = await call(http, "POST /_mock/users", {"userId": "user-7", "username": "ada"})
    assert made["userId"] == "user-7"
    assert (await profile(http, made["accessToken"]))["data"]["userId"] == "user-7"

    status, answer = await call(http, "POST /_mock/users", {"userId": "user-7"})
    assert (status, answer["error"]) == (409, "userId: another user of the app has it")


@pytest.mark.parametrize("user_id", ["", "a b", "a/b", "x" * 65, 7, "é"])
async def test_id_that_cannot_be_is_refused(http: aiohttp.ClientSession, user_id: object) -> None:
    status, answer = await call(http, "POST /_mock/users", {"userId": user_id})
    assert (status, answer["error"][:9]) == (400, "userId mu")


@pytest.mark.parametrize("wrapped", [False, True], ids=["list", "users"])
async def test_many_users_are_made_at_once_each_signed_in(
    http: aiohttp.ClientSession, wrapped: bool
) -> None:
    users = [{"username": f"user-{n}"} for n in range(50)]
    status, answer = await call(http, "POST /_mock/users", {"users": users} if wrapped else users)
    assert status == 200
    assert [user["username"] for user in answer["users"]] == [f"user-{n}" for n in range(50)]
    assert len({user["userId"] for user in answer["users"]}) == 50
    last = answer["users"][-1]
    assert (await profile(http, last["accessToken"]))["data"]["username"] == "user-49"


async def test_a_list_of_users_may_be_larger_than_a_call_of_genauth(
    http: aiohttp.ClientSession,
) -> None:
    note = "x" * 2000
    users = [{"username": f"user-{n}", "customData": {"note": note}} for n in range(50)]
    status, answer = await call(http, "POST /_mock/users", users)
    assert status == 200
    assert len(answer["users"]) == 50


@pytest.mark.parametrize(
    ("users", "status", "words"),
    [
        ([{"username": "a"}, {"username": "taken"}], 409, "users[1]: username: another user"),
        ([{"username": "a"}, {"username": "a"}], 409, "users[1]: username: another user"),
        ([{"userId": "a"}, {"userId": "a"}], 409, "users[1]: userId: another user"),
        ([{"username": "a"}, {"email": "nonsense"}], 400, "users[1]: "),
        ([{"username": "a"}, {"name": "b"}], 400, "unknown field 'users[1].name'"),
        ([{"username": "a"}, 7], 400, "users[1] must be an object"),
        ("ada", 400, "users must be a list"),
    ],
    ids=["taken", "twice", "id twice", "no address", "unknown name", "no object", "no list"],
)
async def test_of_many_users_all_are_made_or_none(
    http: aiohttp.ClientSession, users: object, status: int, words: str
) -> None:
    await call(http, "POST /_mock/users", {"username": "taken"})
    given, answer = await call(http, "POST /_mock/users", {"users": users})
    assert given == status
    assert words in answer["error"]
    assert len((await call(http, "GET /_mock/users"))[1]["users"]) == 1


async def test_user_is_suspended_while_signed_in(http: aiohttp.ClientSession) -> None:
    _, made = await call(http, "POST /_mock/users", {"username": "ada"})
    path = f"/_mock/users/{made['userId']}"

    status, changed = await call(http, f"PATCH {path}", {"status": "Suspended"})

    assert (status, changed["status"], changed["username"]) == (200, "Suspended", "ada")
    assert (await profile(http, made["accessToken"]))["statusCode"] != 200
    await call(http, f"PATCH {path}", {"status": "Activated"})
    assert (await profile(http, made["accessToken"]))["statusCode"] == 200


async def test_only_what_is_named_is_changed_and_null_takes_away(
    http: aiohttp.ClientSession,
) -> None:
    body = {
        "username": "ada",
        "password": "secret-1",
        "email": "ada@example.com",
        "phoneNumber": NUMBER,
        "nickname": "Ada",
        "customData": {"plan": "pro"},
    }
    _, made = await call(http, "POST /_mock/users", body)
    made.pop("accessToken")
    path = f"/_mock/users/{made['userId']}"

    change = {"phoneNumber": None, "nickname": None, "email": "lovelace@example.com"}
    _, changed = await call(http, f"PATCH {path}", change)

    made.pop("nickname")
    expected = {
        "phoneNumber": None,
        "phoneCountryCode": None,
        "phoneVerified": False,
        "email": "lovelace@example.com",
        "updatedAt": changed["updatedAt"],
    }
    assert changed == made | expected
    assert (await call(http, f"GET {path}"))[1] == changed


async def test_number_of_a_changed_user_is_free_and_the_new_one_is_taken(
    http: aiohttp.ClientSession,
) -> None:
    _, ada = await call(http, "POST /_mock/users", {"phoneNumber": NUMBER})
    _, grace = await call(http, "POST /_mock/users", {})
    taken = await call(http, f"PATCH /_mock/users/{grace['userId']}", {"phoneNumber": NUMBER})
    assert taken[0] == 409

    await call(http, f"PATCH /_mock/users/{ada['userId']}", {"phoneNumber": "+12025550123"})

    status, changed = await call(
        http, f"PATCH /_mock/users/{grace['userId']}", {"phoneNumber": NUMBER}
    )
    assert (status, changed["phoneNumber"]) == (200, NUMBER)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"userId": "other"}, "userId: the id of a user stays"),
        ({"name": "x"}, "unknown field 'name'"),
        ({"status": "Gone"}, "status must be one of"),
        ({"phoneNumber": "x"}, "number"),
        ({"phoneCountryCode": "+86"}, "phoneCountryCode goes with a phoneNumber"),
    ],
    ids=["id", "unknown", "status", "number", "country code"],
)
async def test_change_that_cannot_be_is_refused_and_changes_nothing(
    http: aiohttp.ClientSession, body: object, words: str
) -> None:
    _, made = await call(http, "POST /_mock/users", {"username": "ada", "phoneNumber": NUMBER})
    made.pop("accessToken")
    status, answer = await call(http, f"PATCH /_mock/users/{made['userId']}", body)
    assert status == 400
    assert words in answer["error"]
    assert (await call(http, f"GET /_mock/users/{made['userId']}"))[1] == made


async def test_deleted_user_is_signed_out_and_leaves_what_it_had(
    http: aiohttp.ClientSession,
) -> None:
    body = {"username": "ada", "phoneNumber": NUMBER, "password": "secret-1"}
    _, made = await call(http, "POST /_mock/users", body)
    path = f"/_mock/users/{made['userId']}"

    assert await call(http, f"DELETE {path}") == (200, {"deleted": made["userId"]})

    assert (await call(http, f"GET {path}"))[0] == 404
    assert (await call(http, f"DELETE {path}"))[0] == 404
    assert (await call(http, f"PATCH {path}", {}))[0] == 404
    assert (await profile(http, made["accessToken"]))["statusCode"] != 200
    _, journal = await call(http, "GET /_mock/requests?limit=1")
    assert journal["requests"][0]["why"] == {"rule": "the user is gone"}
    assert (await call(http, "POST /_mock/users", body))[0] == 200


async def test_refresh_token_of_a_deleted_user_is_dead(http: aiohttp.ClientSession) -> None:
    _, made = await call(http, "POST /_mock/users", {"username": "ada", "password": "secret-1"})
    form = {
        "grant_type": "password",
        "username": "ada",
        "password": "secret-1",
        "client_id": "app",
        "client_secret": "any",
        "scope": "openid offline_access",
    }
    async with http.post("/oidc/token", data=form) as reply:
        tokens = await reply.json()
    await call(http, f"DELETE /_mock/users/{made['userId']}")

    client = {"client_id": "app", "client_secret": "any"}
    again = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"], **client}
    async with http.post("/oidc/token", data=again) as reply:
        assert reply.status == 400
    asked = {"token": tokens["access_token"], **client}
    async with http.post("/oidc/token/introspection", data=asked) as reply:
        assert await reply.json() == {"active": False}


async def test_user_is_signed_in_once_more_and_the_first_token_stays_good(
    http: aiohttp.ClientSession,
) -> None:
    _, made = await call(http, "POST /_mock/users", {"username": "ada"})
    status, token = await call(http, f"POST /_mock/users/{made['userId']}/access-token")
    assert (status, token["expiresIn"]) == (200, 1_209_600)
    for each in (token["accessToken"], made["accessToken"]):
        assert (await profile(http, each))["data"]["username"] == "ada"


async def test_change_of_a_user_is_told_as_it_happens(http: aiohttp.ClientSession) -> None:
    _, made = await call(http, "POST /_mock/users", {"username": "ada"})
    path = f"/_mock/users/{made['userId']}"
    async with http.get("/_mock/events?appId=app&events=user.changed,user.deleted") as stream:
        await stream.content.readuntil(b"\n\n")
        await call(http, f"PATCH {path}", {"nickname": "Ada"})
        changed = await stream.content.readuntil(b"\n\n")
        await call(http, f"DELETE {path}")
        deleted = await stream.content.readuntil(b"\n\n")
    assert b"event: user.changed" in changed
    assert b'"nickname":"Ada"' in changed.replace(b": ", b":")
    assert b"event: user.deleted" in deleted


async def test_code_of_a_deleted_users_number_binds_for_another(
    http: aiohttp.ClientSession,
) -> None:
    _, ada = await call(http, "POST /_mock/users", {"phoneNumber": NUMBER})
    _, grace = await call(http, "POST /_mock/users", {})
    await call(http, f"DELETE /_mock/users/{ada['userId']}")
    await send(http)
    _, sent = await call(http, "GET /_mock/messages")
    body = {"phoneNumber": NUMBER, "passCode": sent["messages"][0]["passCode"]}
    headers = {"x-genauth-app-id": "app", "authorization": grace["accessToken"]}
    async with http.post("/api/v3/bind-phone", json=body, headers=headers) as reply:
        assert (await reply.json())["statusCode"] == 200
