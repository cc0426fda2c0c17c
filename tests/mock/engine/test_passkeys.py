"""Passkeys: for which host and pages, for how long, and what is left when their user is gone."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest
from attrs import evolve

from genauth_contract.api.authenticator import Authenticator
from genauth_mock.engine import passkeys
from genauth_mock.engine.accounts import Status, User
from genauth_mock.engine.factor_records import Passkey
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.passkey_proofs import Ceremony, base64url
from tests.mock.support.world import World, refusal

if TYPE_CHECKING:
    from genauth_mock.api.call import Json

PAGE = "https://genauth.test"


def add(world: World, token: str, device: Authenticator, code: str | None = None) -> bool:
    """Make a passkey, and add it."""
    options, ticket = passkeys.creation_options(world.context(token))
    return passkeys.add(world.context(token), ticket, device.make(options), code)


def sign_in(world: World, device: Authenticator, **changes: object) -> bool:
    """Use a passkey; tell whether it signed somebody in."""
    options, ticket = passkeys.request_options(world.context())
    credential = device.use({**options, **changes})
    return passkeys.sign_in(world.context(), ticket, credential, "openid") is not None


@pytest.mark.parametrize(
    ("setting", "host"),
    [(None, "genauth.test"), ("example.com", "example.com"), ("::1", "localhost")],
)
def test_a_passkey_is_for_the_host_that_is_asked(
    world: World, setting: str | None, host: str
) -> None:
    world.set(passkey_rp_id=setting)
    assert passkeys.request_options(world.context())[0]["rpId"] == host


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://example.com", True),
        ("https://app.example.com:8443", True),
        ("http://example.com", False),
        ("https://badexample.com", False),
        ("https://example.com.evil.test", False),
        ("null", False),
    ],
)
def test_pages_of_the_host_may_ask(origin: str, *, allowed: bool) -> None:
    assert Ceremony("", "example.com", ()).allows(origin) is allowed
    assert Ceremony("", "example.com", ("https://shop.test",)).allows(origin) is False


def test_a_page_of_this_machine_needs_no_https() -> None:
    assert Ceremony("", "localhost", ()).allows("http://localhost:3000")


def test_the_pages_that_the_app_allows_are_the_ones_that_may_ask(world: World) -> None:
    world.set(allowed_origins=frozenset({"https://shop.test"}))
    token = world.user("ada")
    assert not add(world, token, Authenticator(PAGE))
    assert add(world, token, Authenticator("https://shop.test"))


def test_a_device_whose_count_went_back_was_copied(world: World) -> None:
    device = Authenticator(PAGE)
    assert add(world, world.user("ada"), device)
    assert sign_in(world, device)
    [held] = world.records.all(Passkey)
    assert (held.sign_count, held.used_at) == (1, world.now)
    world.records.put(held.credential_id, evolve(held, sign_count=7))
    assert not sign_in(world, device)


def test_what_a_browser_wrote_too_deeply_proves_nothing(world: World) -> None:
    token, device = world.user("ada"), Authenticator(PAGE)
    options, ticket = passkeys.creation_options(world.context(token))
    made = device.make(options)
    deep = base64url(b"[" * 10_000)
    credential = {**made, "response": {**cast("Json", made["response"]), "clientDataJSON": deep}}
    assert not passkeys.add(world.context(token), ticket, credential, None)


def test_a_browser_is_told_which_passkeys_the_user_has(world: World) -> None:
    token, device = world.user("ada"), Authenticator(PAGE)
    assert add(world, token, device)
    [held] = world.records.all(Passkey)
    excluded = passkeys.creation_options(world.context(token))[0]["excludeCredentials"]
    assert excluded == [{"id": held.credential_id, "type": "public-key", "transports": []}]


def test_a_ticket_to_make_one_signs_nobody_in(world: World) -> None:
    token, device = world.user("ada"), Authenticator(PAGE)
    assert add(world, token, device)
    options, ticket = passkeys.creation_options(world.context(token))
    credential = device.use({**options, "rpId": "genauth.test"})
    assert passkeys.sign_in(world.context(), ticket, credential, None) is None


def test_who_is_suspended_signs_in_no_more_and_who_is_gone_leaves_nothing(world: World) -> None:
    device = Authenticator(PAGE)
    add(world, world.user("ada"), device)
    [user] = world.records.all(User)
    world.context().save(evolve(user, status=Status.SUSPENDED))
    assert refusal(partial(sign_in, world, device)) is Outcome.USER_SUSPENDED
    world.context().delete(user)
    assert list(world.records.all(Passkey)) == []
    assert refusal(partial(sign_in, world, device)) is Outcome.UNKNOWN_PASSKEY


def test_those_that_a_finger_unlocks_are_taken_away_alone(world: World) -> None:
    token, device = world.user("ada"), Authenticator(PAGE)
    assert add(world, token, device, "face")
    assert add(world, token, device, "fingerprint")
    assert passkeys.remove(world.context(token), "fingerprint") == 1
    assert [each.authenticator_code for each in world.records.all(Passkey)] == ["face"]


def test_without_the_verifier_the_answer_names_its_extra(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "webauthn", None)
    token = world.user("ada")
    assert refusal(partial(add, world, token, Authenticator(PAGE))) is Outcome.NOT_IMITATED
