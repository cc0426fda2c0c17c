"""Calls about the own account: lost answers that the account can show, and answers that say no."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from aiogenauth import (
    AuthenticationClient,
    BindOutcomeUnknown,
    InvalidInput,
    OutcomeUnknown,
    UnbindOutcomeUnknown,
    UnexpectedAnswer,
    UpdateOutcomeUnknown,
    given,
)
from aiogenauth.redaction import Secret
from aiogenauth.shapes import EmailUpdateGrant
from tests.sdk.support.answers import answer, hang_up
from tests.sdk.support.world import CODE, FakeServer, connected

QUICK: dict[str, Any] = {"timeout": 0.15, "deadline": 0.5}
ANN: dict[str, object] = {"userId": "u", "email": "Ann@x.example", "emailVerified": True}
NO_EMAIL: dict[str, object] = {"userId": "u", "email": None}

Do = Callable[[AuthenticationClient], Awaitable[Any]]


SHOWN: list[tuple[str, Do, dict[str, object]]] = [
    ("bind-email", lambda c: c.bind_email(CODE, "ann@x.example"), ANN),
    ("unbind-email", lambda c: c.unbind_email(CODE), NO_EMAIL),
    (
        "update-email",
        lambda c: c.update_email(EmailUpdateGrant("t", new_email="ann@x.example")),
        ANN,
    ),
]
"""Changes, and a profile that shows each."""


@pytest.mark.parametrize(("path", "do", "profile"), SHOWN)
async def test_a_lost_change_of_email_is_confirmed_by_the_profile(
    genauth: FakeServer, path: str, do: Do, profile: dict[str, object]
) -> None:
    genauth.on(path, hang_up)
    genauth.on("get-profile", answer(profile))
    async with connected(genauth.url) as client:
        assert (await do(client)).confirmed_by == "profile"
    assert len(genauth.asked(path)) == 1


NOT_SHOWN: list[tuple[str, Do, dict[str, object], type[OutcomeUnknown]]] = [
    ("bind-email", lambda c: c.bind_email(CODE, "bob@x.example"), ANN, BindOutcomeUnknown),
    (
        "bind-email",
        lambda c: c.bind_email(CODE, "ann@x.example"),
        {**ANN, "emailVerified": False},
        BindOutcomeUnknown,
    ),
    ("unbind-email", lambda c: c.unbind_email(CODE), {"userId": "u"}, UnbindOutcomeUnknown),
    ("update-email", lambda c: c.update_email("token"), ANN, UpdateOutcomeUnknown),
    ("reset-password", lambda c: c.reset_password("pw", "t"), ANN, UpdateOutcomeUnknown),
    ("delete-account", lambda c: c.delete_account("t"), ANN, OutcomeUnknown),
]
"""Changes, and a profile that shows none of them."""


@pytest.mark.parametrize(("path", "do", "profile", "error"), NOT_SHOWN)
async def test_a_lost_change_that_nothing_shows_stays_unknown_and_is_never_sent_twice(
    genauth: FakeServer, path: str, do: Do, profile: dict[str, object], error: type[OutcomeUnknown]
) -> None:
    genauth.on(path, hang_up)
    genauth.on("get-profile", answer(profile))
    genauth.on("get-security-info", answer({"emailBinded": True}))
    async with connected(genauth.url, **QUICK) as client:
        with pytest.raises(error):
            await do(client)
    assert len(genauth.asked(path)) == 1


async def test_a_lost_change_of_profile_returns_the_profile_that_shows_it(
    genauth: FakeServer,
) -> None:
    shown = {"userId": "u", "name": "Ann", "customData": {"school": "x", "age": 3}}
    genauth.on("update-profile", hang_up)
    genauth.on("get-profile", answer({**shown, "name": "Anna"}), answer(shown))
    async with connected(genauth.url) as client:
        profile = await client.update_profile("Ann", custom_data={"school": "x"})
    assert profile.name == "Ann"
    assert profile.custom_data == {"school": "x", "age": 3}
    assert len(genauth.asked("update-profile")) == 1
    assert {each.path for each in genauth.asked("get-profile")} == {
        "/api/v3/get-profile?withCustomData=true"
    }


@pytest.mark.parametrize(
    "profile",
    [
        {"userId": "u", "name": "Bob"},
        {"userId": "u"},
        {"userId": 7, "name": "Ann"},
        {"userId": "u", "name": "Ann", "customData": {"school": "y"}},
        {"userId": "u", "name": "Ann", "customData": []},
    ],
)
async def test_a_profile_that_does_not_show_all_of_a_change_confirms_nothing(
    genauth: FakeServer, profile: dict[str, object]
) -> None:
    genauth.on("update-profile", hang_up)
    genauth.on("get-profile", answer(profile))
    async with connected(genauth.url, **QUICK) as client:
        with pytest.raises(UpdateOutcomeUnknown):
            await client.update_profile("Ann", custom_data={"school": "x"})


@pytest.mark.parametrize("data", [{"success": False}, {"success": "true"}, {"success": None}])
async def test_a_success_that_says_no_is_none(genauth: FakeServer, data: dict[str, object]) -> None:
    genauth.on("delete-account", answer(data))
    async with connected(genauth.url) as client:
        with pytest.raises(UnexpectedAnswer, match="success"):
            await client.delete_account("t")


async def test_credentials_of_another_application_go_without_the_own_ones(
    genauth: FakeServer,
) -> None:
    genauth.on("signin", answer({"access_token": "at", "token_type": "bearer", "expires_in": 1}))
    async with connected(genauth.url, app_secret="own-secret") as client:
        await client.sign_in_by_credentials(
            "PASSWORD", {"account": "ann", "password": "pw"}, client_id="app-2"
        )
    sent = genauth.received[0].json
    assert (sent["client_id"], sent.get("client_secret")) == ("app-2", None)


async def test_secrets_of_results_show_themselves_nowhere(genauth: FakeServer) -> None:
    genauth.on("signin", answer({"access_token": "at", "token_type": "bearer", "expires_in": 1}))
    genauth.on("get-identities", answer([{"accessToken": "canary", "name": "kept"}]))
    genauth.on("verify-update-email-request", answer({"updateEmailToken": "canary"}))
    async with connected(genauth.url) as client:
        tokens = await client.sign_in_by_account_password("ann", "pw")
        [identity] = await client.get_identities()
        grant = await client.verify_update_email_request(
            {"newEmail": "n@x.example", "newEmailPassCode": CODE}
        )
    assert type(tokens.access_token) is type(identity.access_token) is Secret
    assert "canary" not in repr([identity, identity.access_token, grant, grant.update_email_token])
    assert tokens.refresh_token is None
    assert identity.extra == {"name": "kept"}
    assert grant.new_email == "n@x.example"


async def test_names_that_the_api_spells_with_underscores_are_read_once(
    genauth: FakeServer,
) -> None:
    genauth.on("get-application-enabled-extidps", answer([{"name_en": "WeChat", "more": 1}]))
    async with connected(genauth.url) as client:
        [provider] = await client.get_application_enabled_ext_idps()
    assert (provider.name_en, provider.extra) == ("WeChat", {"more": 1})


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"newEmail": "n@x.example"}, "newEmailPassCode"),
        (
            {"newEmail": "n@x.example", "newEmailPassCode": CODE, "oldEmail": "o@x.example"},
            "oldEmailPassCode",
        ),
        (
            {"newEmail": "n@x.example", "newEmailPassCode": CODE, "oldEmailPassCode": CODE},
            "oldEmail",
        ),
    ],
)
async def test_an_old_address_and_its_code_go_together(
    genauth: FakeServer, payload: given.EmailUpdatePayload, field: str
) -> None:
    async with connected(genauth.url) as client:
        with pytest.raises(InvalidInput) as refused:
            await client.verify_update_email_request(payload)
    assert refused.value.field == f"email_pass_code_payload.{field}"
    assert genauth.received == []
