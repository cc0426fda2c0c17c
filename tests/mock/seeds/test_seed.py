"""Seeds: what an app has from the start, and what it goes back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from genauth_mock.cli.reload import reseed
from genauth_mock.control.apps import reset
from genauth_mock.control.request import ControlRequest
from genauth_mock.control.users import create_user, list_users
from genauth_mock.engine.context import Caller
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support.seeds import (
    APP,
    PHONE,
    SEED,
    call,
    seeded,
    send,
)

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, content: str) -> None:
    path.write_text(content)


async def usernames(genauth: InProcessGenAuth, app_id: str = APP) -> list[object]:
    answer = await list_users(ControlRequest(genauth.deployment, app_id, {}, {}, {}))
    return [user["username"] for user in cast("list[dict[str, object]]", answer["users"])]


async def bind(genauth: InProcessGenAuth, code: str) -> object:
    body = {"phoneNumber": PHONE, "passCode": code}
    return (await call(genauth, "/api/v3/bind-phone", body, authorization="token-of-ada"))[
        "statusCode"
    ]


async def test_every_app_has_its_own_users_from_the_start(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    assert await usernames(genauth) == ["ada", "bob"]
    assert await usernames(genauth, "other") == ["ada"]
    assert await usernames(genauth, "not-seeded") == []


async def test_a_seeded_token_is_signed_in_and_a_fixed_code_binds(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    await send(genauth)
    assert await bind(genauth, "424242") == 200


async def test_a_fixed_code_expires_as_any_other(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    await send(genauth)
    await genauth.advance(300)
    assert await bind(genauth, "424242") != 200


async def test_a_fixed_code_works_once(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    await send(genauth)
    assert [await bind(genauth, "424242"), await bind(genauth, "424242")][1] != 200


async def test_a_fixed_code_does_not_survive_wrong_attempts(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    await send(genauth)
    for _ in range(2):
        assert await bind(genauth, "000000") != 200
    assert await bind(genauth, "424242") != 200


async def test_an_exempt_number_may_be_sent_to_again_at_once_and_no_other(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    assert [await send(genauth), await send(genauth)] == [200, 200]
    other = "13912345678"
    assert [await send(genauth, other), await send(genauth, other) == 200] == [200, False]


async def test_exemption_and_fixed_code_are_separate(seed_file: Path) -> None:
    write(seed_file, '[settings]\nresendExempt = ["+8618812348888"]')
    genauth = seeded(seed_file)
    assert [await send(genauth), await send(genauth)] == [200, 200]
    write(seed_file, '[settings.fixedCodes]\n"+8618812348888" = "424242"')
    genauth = seeded(seed_file)
    assert [await send(genauth), await send(genauth) == 200] == [200, False]
    assert await genauth.pass_code(PHONE) == "424242"


async def test_an_apps_own_settings_stand_on_those_of_all(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    header = {"x-genauth-app-id": "other"}
    assert await send(genauth, "13912345678", **header) == 200
    found = await genauth.deployment.run(
        Caller("other"),
        lambda context: (
            context.settings.pass_code_length,
            context.settings.pass_code_lifetime.seconds,
        ),
    )
    assert found == (4, 300)


async def test_reset_goes_back_to_the_seed(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    await genauth.new_user(username="carol")
    await reset(ControlRequest(genauth.deployment, APP, {}, {}, {}))
    assert await usernames(genauth) == ["ada", "bob"]
    await send(genauth)
    assert await bind(genauth, "424242") == 200


async def test_a_changed_seed_begins_its_apps_anew_and_leaves_the_others(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    for app_id in (APP, "other", "not-seeded"):
        await add_user(genauth, app_id, "carol")
    write(seed_file, SEED.replace('username = "bob"', 'username = "bert"'))
    await reseed(genauth.deployment, seed_file)
    assert await usernames(genauth) == ["ada", "bert"]
    assert await usernames(genauth, "other") == ["ada", "carol"]
    assert await usernames(genauth, "not-seeded") == ["carol"]


async def add_user(genauth: InProcessGenAuth, app_id: str, username: str) -> None:
    await create_user(ControlRequest(genauth.deployment, app_id, {}, {"username": username}, {}))


async def test_changed_settings_of_all_apply_at_once(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    write(seed_file, SEED.replace("424242", "535353"))
    await reseed(genauth.deployment, seed_file)
    await send(genauth)
    assert await genauth.pass_code(PHONE) == "535353"


async def test_a_seed_with_a_mistake_changes_nothing(
    seed_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    genauth = seeded(seed_file)
    write(seed_file, SEED.replace("username", "user_name", 1))
    await reseed(genauth.deployment, seed_file)
    assert await usernames(genauth) == ["ada", "bob"]
    assert "unknown field 'users[0].user_name'" in caplog.text
