"""The services of the tutorial and the examples in a browser, end to end: sign in, bind a phone, sign out."""

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

    from playwright.async_api import Page

    from tests.page.support import Complaints, Mock

pytestmark = pytest.mark.asyncio(loop_scope="session")

EXAMPLES = Path(__file__).parents[2] / "examples"
NUMBER = "18812348888"
SERVICES = {"tutorial": "service:app", "login_fastapi": "login_api.main:app"}
"""Which application uvicorn runs of each example; that of aiohttp has the same page, and tests of its own."""


@contextmanager
def service(mock: Mock, example: str) -> Generator[str]:
    """Run an example on a port of its own; give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        named = {
            "GENAUTH_APP_HOST": mock.url,
            "GENAUTH_APP_ID": mock.app_id,
            "GENAUTH_APP_SECRET": "genauth-mock-secret",
        }
        number = listening.fileno()
        command = (sys.executable, "-m", "uvicorn", SERVICES[example], "--fd", str(number))
        with subprocess.Popen(
            command, cwd=EXAMPLES / example, env={**os.environ, **named}, pass_fds=[number]
        ) as running:
            try:
                yield f"http://127.0.0.1:{listening.getsockname()[1]}"
            finally:
                running.kill()


async def bind(page: Page, mock: Mock) -> None:
    """Bind a number with the code that the inbox shows."""
    await page.get_by_label("Phone number").fill(NUMBER)
    await page.get_by_role("button", name="Text me a code").click()
    inbox = await mock.get("/_mock/messages")
    await page.get_by_label("Code").fill(str(inbox["messages"][0]["passCode"]))
    await page.get_by_role("button", name="Bind").click()


async def sign_in(page: Page, mock: Mock) -> None:
    """Come to the login page by the link, and sign in there with one click."""
    await page.get_by_role("link", name="Sign in").click()
    await expect(page).to_have_url(re.compile(re.escape(f"{mock.url}/oidc/auth?")))
    await page.get_by_role("button", name="ada").click()


@pytest.mark.parametrize("example", [*SERVICES])
async def test_a_user_signs_in_binds_a_phone_and_signs_out(
    tab: Page, mock: Mock, complaints: Complaints, example: str
) -> None:
    await mock.new_user(username="ada")
    with service(mock, example) as url:
        settings = {"redirectUris": [f"{url}/callback"], "logoutRedirectUris": [f"{url}/"]}
        await mock.post("/_mock/settings", settings)
        await tab.goto(url)
        await sign_in(tab, mock)
        await tab.get_by_role("button", name="Accept").click()
        await expect(tab).to_have_url(f"{url}/")
        await bind(tab, mock)
        await expect(tab.get_by_text("Your phone: +86 188****8888")).to_be_visible()

        await tab.get_by_role("button", name="Sign out").click()
        await expect(tab).to_have_url(f"{url}/")
        await sign_in(tab, mock)
        await tab.goto("about:blank")
    [user] = (await mock.get("/_mock/users"))["users"]
    assert (user["phoneNumber"], user["phoneVerified"]) == (NUMBER, True)
    assert complaints.said == []
