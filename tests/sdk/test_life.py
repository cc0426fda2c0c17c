"""The whole life of a phone number against the offline GenAuth, over every transport."""

from __future__ import annotations

import json
import urllib.request
import uuid
from collections.abc import Mapping
from typing import Any

import pytest

from aiogenauth import (
    AuthenticationClient,
    CredentialsRejected,
    LastSignInMethod,
    NotSignedIn,
    PassCodeRejected,
    PhoneAlreadyBound,
    PhoneTaken,
    SentTooRecently,
    UpdateTokenRejected,
)
from tests.sdk.support.world import Kind, connected

NEW = "13912345678"


class Control:
    """What a test does to the server besides calling it: make users, read texts, let time pass."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.app_id = f"app-{uuid.uuid4()}"

    def user(self, **fields: str) -> str:
        return str(self._call("/_mock/users", fields)["accessToken"])

    def code(self, number: str) -> str:
        path = f"/_mock/messages?phoneNumber={number}&appId={self.app_id}"
        return str(self._call(path)["messages"][0]["passCode"])

    def pass_time(self, seconds: int) -> None:
        self._call("/_mock/clock", {"advanceSeconds": seconds})

    def _call(self, path: str, body: Mapping[str, str | int] | None = None) -> Any:  # noqa: ANN401 - JSON
        request = urllib.request.Request(  # noqa: S310 - our own server
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"x-genauth-app-id": self.app_id, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as reply:  # noqa: S310 - our own server
            return json.load(reply)


@pytest.fixture
def control(offline_genauth: str) -> Control:
    """Give an app of its own on the running server."""
    return Control(offline_genauth)


async def signed_in(
    client: AuthenticationClient, control: Control, name: str
) -> AuthenticationClient:
    """Make a user with a password and sign in."""
    control.user(username=name, password="pw-of-" + name)
    tokens = await client.sign_in_by_username_password(name, "pw-of-" + name)
    return client.as_user(tokens.access_token)


async def binds(ann: AuthenticationClient, control: Control, number: str) -> None:
    """Bind a number with a code that was checked; a second text within the minute is refused."""
    await ann.send_sms("CHANNEL_BIND_PHONE", number)
    with pytest.raises(SentTooRecently):
        await ann.send_sms("CHANNEL_BIND_PHONE", number)
    code = control.code(number)
    check = {"phone": number, "passCode": code, "channel": "CHANNEL_BIND_PHONE"}
    assert await ann.pre_check_code("SMS", check)  # type: ignore[arg-type]
    await ann.bind_phone(code, f"+86{number}")
    profile = await ann.get_profile()
    assert (profile.phone, profile.phone_verified) == (number, True)
    assert (await ann.get_security_level()).phone_binded


async def texted(ann: AuthenticationClient, control: Control, number: str) -> str:
    """Text a code to a number, a minute after the last one."""
    control.pass_time(61)
    await ann.send_sms("CHANNEL_BIND_PHONE", number)
    return control.code(number)


async def changes(ann: AuthenticationClient, control: Control, old: str, new: str) -> None:
    """Change a number; the permission to do so works once."""
    new_code = await texted(ann, control, new)
    await ann.send_sms("CHANNEL_UNBIND_PHONE", old)
    grant = await ann.verify_update_phone_request(
        {
            "newPhoneNumber": new,
            "newPhonePassCode": new_code,
            "oldPhoneNumber": old,
            "oldPhonePassCode": control.code(old),
        }
    )
    assert (await ann.update_phone(grant)).confirmed_by == "answer"
    with pytest.raises(UpdateTokenRejected):
        await ann.update_phone(grant.update_phone_token)
    assert (await ann.get_profile()).phone == new


async def test_a_number_is_bound_changed_and_used_to_sign_in(control: Control, kind: Kind) -> None:
    number = "18812348888"
    async with connected(control.url, kind, access_token=None, app_id=control.app_id) as client:
        ann = await signed_in(client, control, "ann")
        await binds(ann, control, number)
        new_code = await texted(ann, control, NEW)
        with pytest.raises(PhoneAlreadyBound):
            await ann.bind_phone(new_code, NEW)
        await changes(ann, control, number, NEW)
        await client.send_sms("CHANNEL_LOGIN", NEW)
        tokens = await client.sign_in_by_phone_passcode(NEW, control.code(NEW))
        assert (await client.as_user(tokens.access_token).get_profile()).username == "ann"


async def test_refusals_say_what_happened(control: Control, kind: Kind) -> None:
    number = "18812340001"
    async with connected(control.url, kind, access_token=None, app_id=control.app_id) as client:
        ann = await signed_in(client, control, "ann")
        bob = await signed_in(client, control, "bob")
        with pytest.raises(NotSignedIn):
            await client.as_user("no-such-token").get_profile()
        with pytest.raises(CredentialsRejected):
            await client.sign_in_by_username_password("ann", "wrong")
        with pytest.raises(PassCodeRejected):
            await ann.bind_phone("000000", number)
        await ann.send_sms("CHANNEL_BIND_PHONE", number)
        old = control.code(number)
        control.pass_time(301)
        with pytest.raises(PassCodeRejected):
            await ann.bind_phone(old, number)
        await ann.send_sms("CHANNEL_BIND_PHONE", number)
        await ann.bind_phone(control.code(number), number)
        control.pass_time(61)
        await bob.send_sms("CHANNEL_BIND_PHONE", number)
        with pytest.raises(PhoneTaken):
            await bob.bind_phone(control.code(number), number)


async def test_the_last_way_to_sign_in_is_not_taken_away(kind: Kind, control: Control) -> None:
    number = "18812340002"
    token = control.user(phoneNumber=number)
    async with connected(control.url, kind, access_token=token, app_id=control.app_id) as client:
        await client.send_sms("CHANNEL_UNBIND_PHONE", number)
        with pytest.raises(LastSignInMethod):
            await client.unbind_phone(control.code(number))
