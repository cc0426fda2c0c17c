"""The FastAPI example in a browser, from end to end: sign in by a click, bind a phone, sign out."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import Generator

    from playwright.async_api import BrowserContext, Page

    from tests.page.support import Complaints, Mock

pytestmark = pytest.mark.asyncio(loop_scope="session")

EXAMPLE = Path(__file__).parents[2] / "examples" / "login_fastapi"
NUMBER = "18812348888"


@contextmanager
def service(mock: Mock) -> Generator[str]:
    """Run the example as its README says, on a port of its own; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        named = {
            "GENAUTH_APP_HOST": mock.url,
            "GENAUTH_APP_ID": mock.app_id,
            "GENAUTH_APP_SECRET": "genauth-mock-secret",
        }
        number = listening.fileno()
        command = (sys.executable, "-m", "uvicorn", "login_api.main:app", "--fd", str(number))
        with subprocess.Popen(
            command, cwd=EXAMPLE, env={**os.environ, **named}, pass_fds=[number]
        ) as running:
            try:
                yield f"http://127.0.0.1:{listening.getsockname()[1]}"
            finally:
                running.terminate()


async def bind(page: Page, mock: Mock) -> None:
    """Bind a number with the code that the inbox shows."""
    await page.get_by_label("Phone number").fill(NUMBER)
    await page.get_by_role("button", name="Text me a code").click()
    inbox = await mock.get("/_mock/messages")
    await page.get_by_label("Code").fill(str(inbox["messages"][0]["passCode"]))
    await page.get_by_role("button", name="Bind").click()


async def test_a_user_signs_in_binds_a_phone_and_signs_out(
    window: BrowserContext, mock: Mock, complaints: Complaints
) -> None:
    await mock.new_user(username="ada")
    with service(mock) as url:
        settings = {"redirectUris": [f"{url}/callback"]}
        await mock.post("/_mock/settings", settings)
        page = await window.new_page()
        complaints.listen_to(page)
        await page.goto(url)
        await page.get_by_role("link", name="Sign in").click()
        await expect(page).to_have_url(re.compile(re.escape(f"{mock.url}/oidc/auth?")))

        await page.get_by_role("button", name="ada").click()
        await page.get_by_role("button", name="Accept").click()
        await expect(page).to_have_url(f"{url}/")
        await bind(page, mock)
        await expect(page.get_by_text("Your phone: +86 188****8888")).to_be_visible()

        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_role("heading", name="Signed out")).to_be_visible()
        await page.goto(url)
        await page.get_by_role("link", name="Sign in").click()
        await expect(page.get_by_role("button", name="ada")).to_be_visible()
        await page.close()
    [user] = (await mock.get("/_mock/users"))["users"]
    assert (user["phoneNumber"], user["phoneVerified"]) == (NUMBER, True)
    assert complaints.said == []
