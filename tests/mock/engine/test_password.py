"""Changing a password: who may, with which old one, and what is true afterwards."""

from __future__ import annotations

from base64 import b64encode
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from genauth_mock.engine.codes import Proof
from genauth_mock.engine.contact_kinds import PHONE
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.password import RESET, allow_reset, reset, strength, update_password
from tests.mock.support.http import Http, get, post
from tests.mock.support.tokens import APP
from tests.mock.support.world import MINE, T0, World, refusal


def test_the_old_password_opens_the_way_to_a_new_one(world: World) -> None:
    token = world.user("ada", password="old")
    world.pass_time(5)
    update_password(world.context(token), "new", "old")
    user = world.context(token).signed_in_user()
    assert (user.password, (user.updated_at - T0).total_seconds()) == ("new", 5)


@pytest.mark.parametrize("old", [None, "anything"])
def test_a_first_password_needs_no_old_one(world: World, old: str | None) -> None:
    token = world.user("ada")
    update_password(world.context(token), "new", old)
    assert world.context(token).signed_in_user().password == "new"


@pytest.mark.parametrize(
    ("old", "outcome"),
    [(None, Outcome.INVALID_ARGUMENT), ("wrong", Outcome.WRONG_OLD_PASSWORD)],
)
def test_without_the_old_password_nothing_changes(
    world: World, old: str | None, outcome: Outcome
) -> None:
    token = world.user("ada", password="old")
    assert refusal(partial(update_password, world.context(token), "new", old)) is outcome
    assert world.context(token).signed_in_user().password == "old"


def test_nobody_has_no_password(world: World) -> None:
    assert refusal(partial(update_password, world.context(), "new", None)) is Outcome.NOT_SIGNED_IN


async def test_the_new_password_signs_in_and_no_journal_shows_it(http: Http) -> None:
    names = {"username": "ada", "password": "old-secret"}
    token = (await post(http, "/_mock/users", names))["accessToken"]
    change = {"newPassword": "new-secret", "oldPassword": "old-secret"}
    answer = await post(http, "/api/v3/update-password", change, authorization=token)
    assert (answer["statusCode"], "data" in answer) == (200, False)

    def signing_in(password: str) -> dict[str, object]:
        payload = {"username": "ada", "password": password}
        return {**APP, "connection": "PASSWORD", "passwordPayload": payload}

    assert (await post(http, "/api/v3/signin", signing_in("new-secret")))["statusCode"] == 200
    assert (await post(http, "/api/v3/signin", signing_in("old-secret")))["apiCode"] == 2006
    journal = str(await get(http, "/_mock/requests"))
    assert "new-secret" not in journal
    assert "old-secret" not in journal


async def test_a_password_encrypted_with_sm2_is_not_imitated(http: Http) -> None:
    token = (await post(http, "/_mock/users", {"username": "ada"}))["accessToken"]
    body = {"newPassword": "x", "passwordEncryptType": "sm2"}
    answer = await post(http, "/api/v3/update-password", body, authorization=token)
    assert answer["statusCode"] == 501
    assert "not imitated" in answer["message"]


async def _encrypted(http: Http, password: str) -> str:
    """Encrypt a password as a login page does."""
    pem = (await get(http, "/api/v3/system"))["rsa"]["publicKey"]
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, RSAPublicKey)
    return b64encode(key.encrypt(password.encode(), PKCS1v15())).decode()


async def test_passwords_encrypted_with_the_servers_key_are_understood(http: Http) -> None:
    options = {"passwordEncryptType": "rsa"}
    new_user = {"username": "ada", "password": await _encrypted(http, "pässword")}
    body = {"connection": "PASSWORD", "passwordPayload": new_user}
    made = await post(http, "/api/v3/signup", {**body, "options": options})
    assert made["statusCode"] == 200
    signed_in = await post(http, "/api/v3/signin", {**APP, **body, "options": options})
    token = signed_in["data"]["access_token"]
    change = {
        "newPassword": await _encrypted(http, "another"),
        "oldPassword": await _encrypted(http, "pässword"),
        **options,
    }
    changed = await post(http, "/api/v3/update-password", change, authorization=token)
    assert changed["statusCode"] == 200
    plain = {**body, "passwordPayload": {"username": "ada", "password": "another"}}
    assert (await post(http, "/api/v3/signin", {**APP, **plain}))["statusCode"] == 200


async def test_an_encrypted_password_resets_and_deletes(http: Http) -> None:
    made = await post(http, "/_mock/users", {"username": "ada", "email": "ada@example.com"})
    token, rsa = str(made["accessToken"]), {"passwordEncryptType": "rsa"}
    mail = {"email": "ada@example.com"}
    await post(http, "/api/v3/send-email", {"channel": "CHANNEL_RESET_PASSWORD", **mail})
    [message] = (await get(http, "/_mock/messages", **mail))["messages"]
    proof = {"passCode": message["passCode"], **mail}
    wanted = {"verifyMethod": "EMAIL_PASSCODE", "emailPassCodePayload": proof}
    asked = await post(http, "/api/v3/verify-reset-password-request", wanted)
    reset = {"passwordResetToken": asked["data"]["passwordResetToken"], **rsa}
    password = await _encrypted(http, "another")
    answer = await post(http, "/api/v3/reset-password", {**reset, "password": password})
    assert answer["statusCode"] == 200
    await post(http, f"/_mock/users/{made['userId']}/access-token", {})
    async with http.patch(f"/_mock/users/{made['userId']}", json={"email": None}):
        pass
    by_password = {"password": await _encrypted(http, "another"), **rsa}
    wish = {"verifyMethod": "PASSWORD", "passwordPayload": by_password}
    path = "/api/v3/verify-delete-account-request"
    assert (await post(http, path, wish, authorization=token))["statusCode"] == 200


@pytest.mark.parametrize("password", ["plain text", "AAAA", "ä"])
async def test_a_password_that_was_not_encrypted_is_refused(http: Http, password: str) -> None:
    payload = {"username": "ada", "password": password}
    body = {"connection": "PASSWORD", "passwordPayload": payload}
    await post(http, "/_mock/users", {"username": "ada", "password": "x"})
    answer = await post(
        http, "/api/v3/signin", {**APP, **body, "options": {"passwordEncryptType": "rsa"}}
    )
    assert answer["apiCode"] in {2016, 2333}, "decryption of noise may give other noise"


@pytest.mark.parametrize(
    ("password", "level"),
    [
        (None, 0),
        ("", 0),
        ("short1A", 1),
        ("lowercase", 1),
        ("12345678", 1),
        ("lower123", 2),
        ("Lower123", 3),
        ("Lower 123!", 3),
    ],
)
def test_a_password_is_as_strong_as_it_has_kinds_of_characters(
    password: str | None, level: int
) -> None:
    assert strength(password) == level


def _proof(digits: str) -> Proof:
    return Proof(PHONE, MINE, digits, (RESET,))


def test_a_code_for_a_reset_opens_the_way_to_a_new_password_once(world: World) -> None:
    token = world.user("ada", password="old", phone=MINE)
    permission = allow_reset(world.context(), _proof(world.send(RESET, MINE)))
    reset(world.context(), permission, "new")
    assert world.context(token).signed_in_user().password == "new"
    again = partial(reset, world.context(), permission, "newer")
    assert refusal(again) is Outcome.UPDATE_TOKEN_INVALID


@pytest.mark.parametrize(("seconds", "refused"), [(59, None), (60, Outcome.UPDATE_TOKEN_INVALID)])
def test_a_token_to_reset_a_password_expires(
    world: World, seconds: float, refused: Outcome | None
) -> None:
    world.user("ada", phone=MINE)
    permission = allow_reset(world.context(), _proof(world.send(RESET, MINE)))
    world.pass_time(seconds)
    assert refusal(partial(reset, world.context(), permission, "new")) is refused


def test_a_deleted_user_has_no_password_to_reset(world: World) -> None:
    token = world.user("ada", phone=MINE)
    permission = allow_reset(world.context(), _proof(world.send(RESET, MINE)))
    context = world.context(token)
    context.delete(context.signed_in_user())
    assert refusal(partial(reset, world.context(), permission, "new")) is (
        Outcome.UPDATE_TOKEN_INVALID
    )
