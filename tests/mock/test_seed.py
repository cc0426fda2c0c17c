"""Seeds: what a file may say, what an app has from the start, and codes that are the same in every run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest

from genauth_mock.caller import Caller
from genauth_mock.carried import HttpRequest
from genauth_mock.command.reloading import reseed
from genauth_mock.control.asking import Asked
from genauth_mock.control.state import reset
from genauth_mock.control.users import create_user, list_users
from genauth_mock.deployment import Options
from genauth_mock.in_process import InProcessGenAuth
from genauth_mock.seeds.seed_file import BadSeed, read_seed

if TYPE_CHECKING:
    from pathlib import Path

PHONE = "18812348888"
CHANNEL = "CHANNEL_BIND_PHONE"
APP = "the-app"

SEED = """
[settings]
passCodeLifetimeSeconds = 300
resendExempt = ["+8618812348888"]

[settings.fixedCodes]
"+8618812348888" = "424242"

[[users]]
userId = "ada-id"
username = "ada"
password = "secret"
email = "ada@example.com"
accessToken = "token-of-ada"

[[users]]
username = "bob"
phoneNumber = "13912345678"
status = "Suspended"

[[apps]]
appId = "other"
appSecret = "other-secret"

[apps.settings]
passCodeLength = 4

[[apps.users]]
username = "ada"
"""


@pytest.fixture
def seed_file(tmp_path: Path) -> Path:
    """A seed file."""
    path = tmp_path / "seed.toml"
    path.write_text(SEED)
    return path


def write(path: Path, content: str) -> None:
    path.write_text(content)


def seeded(path: Path) -> InProcessGenAuth:
    seed = read_seed(path, APP)
    return InProcessGenAuth(Options(app_id=APP, settings=seed.settings, seeded_apps=seed.apps))


async def usernames(genauth: InProcessGenAuth, app_id: str = APP) -> list[object]:
    answer = await list_users(Asked(genauth.deployment, app_id, {}, {}, {}))
    return [user["username"] for user in cast("list[dict[str, object]]", answer["users"])]


async def call(
    genauth: InProcessGenAuth, path: str, body: dict[str, str], **headers: str
) -> dict[str, object]:
    request = HttpRequest("POST", path, {}, headers, json.dumps(body).encode())
    return cast("dict[str, object]", json.loads((await genauth.answer(request)).body))


async def send(genauth: InProcessGenAuth, number: str = PHONE, **headers: str) -> object:
    body = {"channel": CHANNEL, "phoneNumber": number}
    return (await call(genauth, "/api/v3/send-sms", body, **headers))["statusCode"]


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
    found = await genauth.deployment.play(
        Caller("other"),
        lambda turn: (turn.settings.pass_code_length, turn.settings.pass_code_lifetime.seconds),
    )
    assert found == (4, 300)


async def test_reset_goes_back_to_the_seed(seed_file: Path) -> None:
    genauth = seeded(seed_file)
    await genauth.new_user(username="carol")
    await reset(Asked(genauth.deployment, APP, {}, {}, {}))
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
    await create_user(Asked(genauth.deployment, app_id, {}, {"username": username}, {}))


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
    assert "user_name is unknown" in caplog.text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a = [", "is not TOML"),
        ("colour = 1", "top level: colour is unknown; there are: settings, users, apps"),
        ("settings = 1", "top level: settings must be a table"),
        ("users = 1", "top level: users must be tables, each under [[...users]]"),
        (
            "[settings]\ncolour = 1",
            "[settings]: colour is not a setting; there are: passCodeLength",
        ),
        ("[settings]\npassCodeLength = 99", "[settings]: passCodeLength must be"),
        ("[[users]]\nphone = 1", "[[users]] 1: phone is unknown; there are: userId, username"),
        ("[[users]]\nusername = 1", "[[users]] 1: username must be a string"),
        ('[[users]]\nphoneNumber = "1"', "[[users]] 1: phoneNumber must be"),
        ('[[users]]\nemail = "nobody"', "[[users]] 1: email must be an email"),
        ('[[users]]\nstatus = "Lost"', "[[users]] 1: status must be one of Activated, Suspended"),
        (
            '[[users]]\nusername = "a"\n[[users]]\nusername = "a"',
            "[[users]] 2: username is that of [[users]] 1",
        ),
        ("[[apps]]\nappSecret = 'x'", "[[apps]] 1: appId is missing"),
        ("[[apps]]\nappId = 'a'\n[[apps]]\nappId = 'a'", "[[apps]] 2: appId 'a' is there already"),
        (
            "[[apps]]\nappId = 'a'\n[[apps.users]]\nemail = 1",
            "[[apps]] 1, [[apps.users]] 1: email must be a string",
        ),
        (
            "[[apps]]\nappId = 'a'\n[apps.settings]\nresendGapSeconds = -1",
            "[[apps]] 1, [apps.settings]: resendGapSeconds must be a number of seconds",
        ),
    ],
)
def test_a_mistake_is_named_by_file_table_and_key(
    seed_file: Path, content: str, problem: str
) -> None:
    write(seed_file, content)
    with pytest.raises(BadSeed) as caught:
        read_seed(seed_file, APP)
    assert str(caught.value).startswith(f"{seed_file}: {problem}")


def test_all_mistakes_are_named_at_once(seed_file: Path) -> None:
    write(seed_file, '[settings]\npassCodeLength = 0\n[[users]]\nemail = "x"')
    with pytest.raises(BadSeed) as caught:
        read_seed(seed_file, APP)
    assert len(str(caught.value).splitlines()) == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSeed, match="cannot be read: No such file"):
        read_seed(tmp_path / "nothing.toml", APP)


def test_a_seed_shows_no_secret(seed_file: Path) -> None:
    shown = repr(read_seed(seed_file, APP))
    for secret in ("424242", "secret", "token-of-ada", "13912345678"):
        assert f"'{secret}'" not in shown


async def codes(seed: str | None, app_id: str, count: int = 5) -> list[str]:
    genauth = InProcessGenAuth(Options(app_id=app_id, codes_seed=seed))
    numbers = [f"1881234{number:04d}" for number in range(count)]
    for number in numbers:
        await send(genauth, number)
    return [await genauth.pass_code(number) for number in numbers]


async def test_a_codes_seed_gives_the_same_codes_in_every_run_and_app() -> None:
    assert await codes("42", "one") == await codes("42", "two")


async def test_another_codes_seed_gives_other_codes() -> None:
    assert await codes("42", "one") != await codes("43", "one")


async def test_codes_of_one_run_differ_from_each_other() -> None:
    assert len(set(await codes("42", "one", 20))) == 20


async def test_what_others_do_does_not_change_an_apps_codes() -> None:
    genauth = InProcessGenAuth(Options(app_id="one", codes_seed="42"))
    await send(genauth, PHONE, **{"x-genauth-app-id": "two"})
    await send(genauth, PHONE)
    assert [await genauth.pass_code(PHONE)] == await codes("42", "one", 1)


async def test_a_reset_starts_the_codes_again() -> None:
    genauth = InProcessGenAuth(Options(codes_seed="42"))
    await send(genauth)
    first = await genauth.pass_code(PHONE)
    await genauth.deployment.reset(genauth.app_id)
    await send(genauth)
    assert await genauth.pass_code(PHONE) == first


async def test_ids_are_the_same_in_every_run_and_differ_between_apps() -> None:
    def genauth(app_id: str) -> InProcessGenAuth:
        return InProcessGenAuth(Options(app_id=app_id, codes_seed="42"))

    one, again, two = [await genauth(app_id).new_user() for app_id in ("one", "one", "two")]
    assert one.user_id == again.user_id != two.user_id
    assert one.access_token != again.access_token
