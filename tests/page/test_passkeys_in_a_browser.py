"""Chromium itself makes a passkey for a user of the offline GenAuth, and signs in by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aiogenauth import AuthenticationClient

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import BrowserContext

    from tests.page.support import Mock

pytestmark = pytest.mark.asyncio(loop_scope="session")

MAKE = """async options => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return (await navigator.credentials.create({ publicKey })).toJSON();
}"""
USE = """async options => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return (await navigator.credentials.get({ publicKey })).toJSON();
}"""
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PAGE = "http://localhost:3000/"


async def test_chromium_makes_a_passkey_and_signs_in_by_it(
    window: BrowserContext, mock: Mock
) -> None:
    page = await window.new_page()
    await page.route(
        PAGE, lambda route: route.fulfill(body="<p>shop</p>", content_type="text/html")
    )
    await page.goto(PAGE)
    devices = await window.new_cdp_session(page)
    send: Callable[..., Awaitable[object]] = getattr(devices, "send")  # noqa: B009 - typed as bare dicts
    await send("WebAuthn.enable")
    await send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    token = await mock.new_user(username="ada")
    async with AuthenticationClient(app_id=mock.app_id, app_host=mock.url) as client:
        ada = client.as_user(token)
        creation = await ada.init_register_options()
        made = await page.evaluate(MAKE, dict(creation.registration_options))
        assert await ada.verify_register(creation.ticket, made, "fingerprint")
        listed = await ada.list_credentials_by_page()
        assert [each.extra["credentialID"] for each in listed.list] == [made["id"]]
        request = await client.init_authentication_options()
        used = await page.evaluate(USE, dict(request.authentication_options))
        answer = await client.verify_authentication(
            request.ticket, used, {"scope": "openid username"}
        )
        assert answer.token_set is not None
        signed_in = client.as_user(answer.token_set.access_token)
        assert (await signed_in.get_profile()).username == "ada"
        assert not await client.verify_authentication(request.ticket, used)
        await ada.remove_credential(made["id"])
        assert (await ada.list_credentials_by_page()).total_count == 0
    await page.close()
