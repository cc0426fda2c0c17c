"""States of several apps: everything comes back, in its place, or nothing changes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

import genauth_mock
from genauth_mock.control.dump import KINDS, dump
from genauth_mock.control.states import dump_all, load_all
from genauth_mock.engine import (
    authorization_code,
    browser_session,
    deletion,
    factors,
    qr_codes,
    tokens,
)
from genauth_mock.engine.address import phone
from genauth_mock.engine.codes import send as send_code
from genauth_mock.engine.context import CallContext, Caller
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.outcomes import Refusal
from genauth_mock.engine.qr_codes import QrAction
from genauth_mock.runtime.deployment import Deployment
from genauth_mock.runtime.options import Options
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support.control import call, messages, send
from tests.mock.support.http import Http

if TYPE_CHECKING:
    from genauth_mock.control.request import Json

OF_A_MOMENT = {"FaultSet", "Counted"}
"""Records that no state has."""


def test_every_kind_of_record_is_in_a_state() -> None:
    sources = Path(genauth_mock.__file__).parent.rglob("*.py")
    read = "\n".join(path.read_text("utf-8") for path in sources)
    looked_up = {*re.findall(r"records\.(?:get|filed|all)\(([A-Z]\w+)", read)}
    assert len(looked_up) > len(OF_A_MOMENT)
    missing = looked_up - OF_A_MOMENT - {kind.__name__ for kind in KINDS.values()}
    assert not missing, "a state would lose these: name them in KINDS of control/dump.py"


async def full(app_id: str) -> tuple[InProcessGenAuth, str]:
    """Make an app that has something of everything; give its access token, too."""
    genauth = InProcessGenAuth(Options(app_id=app_id))
    user = await genauth.new_user(username="ada", password="secret")
    await genauth.settings(resend_gap_seconds=7)
    await genauth.deployment.run(Caller(app_id, user.access_token), _fill)
    await genauth.advance(100)
    return genauth, user.access_token


def _fill(context: CallContext) -> None:
    user = context.signed_in_user()
    browser_session.begin(context, user)
    back = ("https://app.test/back", "nonce", None)
    authorization_code.issue_code(context, user, "openid", back)
    tokens.revoke_grant(context, "grant")
    qrcode_id = qr_codes.show(context, {"school": "hust"})
    for action in (QrAction.SCAN, QrAction.CONFIRM):
        qr_codes.change(context, qrcode_id, action)
    factors.begin(context, "OTP", None)
    send_code(context, "CHANNEL_BIND_MFA", phone("13912345678", None))
    deletion.allow_by_password(context, "secret")


async def records_of(deployment: Deployment, app_id: str) -> list[list[object]]:
    """Return what an app has, but for the clock, which goes on, and which seed it began with."""
    state = json.loads(json.dumps(await dump(deployment, app_id)))
    return [each for each in state["records"] if each[0] not in {"Clock", "Planted"}]


async def test_everything_comes_back() -> None:
    genauth, _ = await full("app")
    there = Deployment()
    await load_all(there, json.loads(json.dumps(await dump(genauth.deployment, "app"))), "app")
    records = await records_of(there, "app")
    assert records == await records_of(genauth.deployment, "app")
    kinds = {each[0] for each in records}
    assert kinds >= {"RevokedGrant", "AuthorizationCode", "BrowserSession", "Enrollment"}
    assert kinds >= {"QrCode", "QrTicket", "Line", "Settings", "DeletionToken"}


async def test_token_that_was_revoked_stays_so() -> None:
    genauth = InProcessGenAuth(Options(app_id="app"))
    user = await genauth.new_user(username="ada")

    def signed_in(context: CallContext) -> str:
        return tokens.grant(context, context.signed_in_user(), "openid").access_token

    token = await genauth.deployment.run(Caller("app", user.access_token), signed_in)
    assert isinstance(token, str)
    await genauth.deployment.run(Caller("app"), lambda context: tokens.revoke(context, token))
    there = Deployment()
    await load_all(there, await dump(genauth.deployment, "app"), "app")
    asked = await there.run(Caller("app", token), lambda context: context.signed_in_user().username)
    assert isinstance(asked, Refusal)
    kept = await there.run(
        Caller("app", user.access_token), lambda context: context.signed_in_user().username
    )
    assert kept == "ada"


async def several(*app_ids: str) -> Json:
    """Make a state of several apps, with a user named after each."""
    deployment = Deployment()
    for each in app_ids:
        genauth = InProcessGenAuth(Options(app_id=each))
        await genauth.new_user(username=f"user-of-{each}")
        await load_all(deployment, await dump(genauth.deployment, each), each)
    state: Json = json.loads(json.dumps(await dump_all(deployment)))
    return state


async def test_call_puts_each_state_in_its_app(http: Http) -> None:
    state = await several("one", "two")
    await send(http, app_id="three")
    status, answer = await call(http, "POST /_mock/state", state, "mine")
    assert status == 200
    assert answer["appId"] == "mine"
    assert [each["appId"] for each in answer["otherApps"]] == ["one", "two"]
    for app_id in ("one", "two"):
        _, found = await call(http, "GET /_mock/users", app_id=app_id)
        assert [each["username"] for each in found["users"]] == [f"user-of-{app_id}"]
    assert len(await messages(http, app_id="three")) == 1
    _, found = await call(http, "GET /_mock/users", app_id="mine")
    assert found["users"] == []


@pytest.mark.parametrize(
    ("others", "problem"),
    [
        ("one", "otherApps must be a list of states"),
        ([1], "otherApps[0] must be a state"),
        ([{"appId": "two"}], "otherApps[0]: this is not a state: its format is None"),
        ([{"appId": None}], "otherApps[0].appId must name the app"),
        ([{"appId": "two"}, {"appId": "two"}], "app 'two' is there already"),
        ([{"appId": "mine"}], "app 'mine' is there already"),
        ([{"signingKeys": {"kty": "oct"}, "appId": "two"}], "signingKeys"),
    ],
)
async def test_state_with_a_mistake_changes_no_app(
    http: Http, others: object, problem: str
) -> None:
    state = await several("one")
    whole = {name: value for name, value in state.items() if name != "otherApps"}
    given = others
    if isinstance(others, list) and "not a state" not in problem:
        given = [_completed(each, whole) for each in cast("list[object]", others)]
    await call(http, "POST /_mock/users", {"username": "ada"}, "mine")
    status, answer = await call(http, "POST /_mock/state", {**state, "otherApps": given}, "mine")
    assert (status, problem in answer["error"]) == (400, True), answer
    _, found = await call(http, "GET /_mock/users", app_id="mine")
    assert [each["username"] for each in found["users"]] == ["ada"]


def _completed(state: object, whole: Json) -> object:
    """Give a state what it lacks."""
    return {**whole, **cast("Json", state)} if isinstance(state, dict) else state


async def test_state_of_an_app_that_may_not_be_is_refused() -> None:
    state = await several("one")
    strict = Deployment(Options(strict_apps=True))
    with pytest.raises(InvalidInput, match=r"otherApps\[0\].appId app 'one' is unknown here"):
        await load_all(strict, state)
