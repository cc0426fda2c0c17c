"""The page stands in for the phone of a user: it scans and confirms QR codes, and shows factors, sessions and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.page.support import Mock, OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_person_scans_and_confirms_a_qr_code(mock: Mock, open_page: OpenPage) -> None:
    await mock.new_user(username="ada")
    made = await mock.post("/api/v3/gene-qrcode", {"type": "MOBILE_APP"})
    code = made["data"]
    assert isinstance(code, dict)
    page = await open_page("/#users")
    devices = page.get_by_role("list", name="Waiting for a second device")

    await devices.get_by_role("combobox", name="Scan as").select_option("ada")
    await devices.get_by_role("button", name="Scan").click()
    await expect(devices).to_contain_text("QR code, scanned by ada")
    await devices.get_by_role("button", name="Confirm").click()

    await expect(devices).to_be_hidden()
    listed = await mock.get("/_mock/qr-codes")
    assert [each["status"] for each in listed["qrCodes"]] == ["AUTHORIZED"]


async def test_a_person_refuses_a_push_message(mock: Mock, open_page: OpenPage) -> None:
    await mock.new_user(username="ada")
    await mock.post("/api/v3/signin-by-push", {"account": "ada"})
    page = await open_page("/#users")
    devices = page.get_by_role("list", name="Waiting for a second device")
    await expect(devices).to_contain_text("Push message to ada")

    await devices.get_by_role("button", name="Refuse").click()

    await expect(devices).to_be_hidden()
    listed = await mock.get("/_mock/push-codes")
    assert [each["status"] for each in listed["pushCodes"]] == ["CANCELLED"]


async def test_an_opened_user_shows_factors_sessions_and_roles(
    mock: Mock, open_page: OpenPage
) -> None:
    await mock.new_user(
        username="ada",
        phoneNumber="18812348888",
        roles=[{"code": "admin"}, {"code": "editor"}],
        factors=[{"factorType": "SMS"}, {"factorType": "OTP", "key": "JBSWY3DPEHPK3PXP"}],
    )
    page = await open_page("/#users")
    await page.get_by_role("button", name="ada", exact=True).click()
    facts = page.locator(".user .facts")
    await expect(facts).to_contain_text("SMS: +86 18812348888; OTP: key JBSWY3DPEHPK3PXP")
    await expect(facts).to_contain_text("admin; editor")
    await expect(facts.locator("dt", has_text="Sessions").locator("+ dd")).to_contain_text("until")
