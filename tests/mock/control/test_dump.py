"""Dump and load: an app goes on elsewhere as if nothing had happened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest

from genauth_mock.control.dump import dump
from genauth_mock.control.request import Json
from genauth_mock.control.states import load_all
from genauth_mock.engine.context import Caller
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.http.messages import HttpRequest
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.options import Options
from genauth_mock.seeds.seed import AppSeed, UserSeed
from genauth_mock.testing.in_process import InProcessGenAuth

if TYPE_CHECKING:
    from genauth_mock.control.request import Json

PHONE = "18812348888"
CHANNEL = "CHANNEL_BIND_PHONE"


async def call(genauth: InProcessGenAuth, path: str, body: object, token: str = "") -> Json:
    headers = {"authorization": token} if token else {}
    request = HttpRequest("POST", path, {}, headers, json.dumps(body).encode())
    return cast("Json", json.loads((await genauth.answer(request)).body))


async def with_a_code() -> tuple[InProcessGenAuth, str, str]:
    """An app whose user has been sent a code."""
    genauth = InProcessGenAuth(Options(codes_seed="42"))
    user = await genauth.new_user(username="ada", password="secret", email="ada@example.com")
    await call(genauth, "/api/v3/send-sms", {"channel": CHANNEL, "phoneNumber": PHONE})
    return genauth, user.access_token, await genauth.pass_code(PHONE)


async def moved(genauth: InProcessGenAuth) -> InProcessGenAuth:
    """The same app on another server; its state went through JSON."""
    there = InProcessGenAuth(Options(codes_seed="42"))
    state = json.loads(json.dumps(await dump(genauth.deployment, genauth.app_id)))
    await load_all(there.deployment, state, there.app_id)
    return there


async def test_a_code_and_a_token_work_after_the_move() -> None:
    genauth, token, code = await with_a_code()
    there = await moved(genauth)
    assert await there.pass_code(PHONE) == code
    answer = await call(
        there, "/api/v3/bind-phone", {"phoneNumber": PHONE, "passCode": code}, token
    )
    assert answer["statusCode"] == 200


async def test_time_goes_on_from_where_it_was() -> None:
    genauth, token, code = await with_a_code()
    await genauth.advance(3600 * 24 * 365)
    await genauth.deployment.reset("another")
    there = await moved(genauth)
    assert (await there.advance(0) - await genauth.advance(0)).total_seconds() == pytest.approx(
        0, abs=5
    )
    body = {"phoneNumber": PHONE, "passCode": code}
    assert (await call(there, "/api/v3/bind-phone", body, token))["statusCode"] != 200


async def test_the_next_codes_are_those_that_would_have_come() -> None:
    genauth, _, _ = await with_a_code()
    there = await moved(genauth)
    for each in (genauth, there):
        await call(each, "/api/v3/send-sms", {"channel": CHANNEL, "phoneNumber": "13912345678"})
    assert await there.pass_code("13912345678") == await genauth.pass_code("13912345678")


async def test_a_state_takes_the_place_of_what_was_there_seed_included() -> None:
    genauth, _, _ = await with_a_code()
    seed = AppSeed(genauth.app_id, users=(UserSeed(username="seeded"),))
    there = InProcessGenAuth(Options(seeded_apps={genauth.app_id: seed}))
    await load_all(there.deployment, await dump(genauth.deployment, genauth.app_id), there.app_id)
    state = await dump(there.deployment, there.app_id)
    users = [row[2] for row in cast("list[list[object]]", state["records"]) if row[0] == "User"]
    assert [cast("Json", user)["username"] for user in users] == ["ada"]


async def test_the_secret_of_a_seeded_app_stays_where_it_is() -> None:
    seed = AppSeed("seeded", secret="the secret of this app")
    deployment = Deployment(Options(seeded_apps={"seeded": seed}))
    await deployment.run(Caller("seeded"), lambda _: None)
    state = await dump(deployment, "seeded")
    assert [kind for kind, _, _ in cast("list[list[object]]", state["records"])] == ["Planted"]
    assert "the secret of this app" not in json.dumps(state)


NO_STATES: list[tuple[Json, str]] = [
    ({}, "its format is None"),
    ({"format": "genauth-mock state 99"}, "state 99"),
    ({"format": "genauth-mock state 2", "records": [["App", "", {}]]}, "state 2', not"),
    ({"format": "genauth-mock state 3"}, "damaged: KeyError"),
    (
        {"format": "genauth-mock state 3", "records": [["Nothing", "", {}]], "messages": []},
        "damaged: KeyError",
    ),
]


@pytest.mark.parametrize(
    ("state", "problem"),
    NO_STATES,
    ids=["nothing", "later version", "earlier version", "no records", "unknown record"],
)
async def test_what_is_no_state_changes_nothing(state: Json, problem: str) -> None:
    genauth, _, code = await with_a_code()
    with pytest.raises(InvalidInput, match=problem):
        await load_all(genauth.deployment, state, genauth.app_id)
    assert await genauth.pass_code(PHONE) == code


async def test_an_app_that_never_was_is_dumped_empty() -> None:
    assert (await dump(Deployment(), "never"))["records"] == []
