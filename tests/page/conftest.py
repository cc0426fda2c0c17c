"""What the page's tests are given: one Chromium for all; for each test a server, and pages that may not complain."""

from __future__ import annotations

import os
import shutil
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from genauth_mock.deployment import Options
from genauth_mock.server import running
from page_world import Complaints, Mock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

    from page_world import OpenPage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox",  # containers run tests as root; only our own page is opened
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Give one Chromium for every test: starting it is the slow part."""
    if CHROMIUM is None:
        reason = "the page's tests need Chromium: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def mock() -> AsyncIterator[Mock]:
    """Give a running server that answers in English."""
    async with running(Options(language="en-US")) as serving, aiohttp.ClientSession() as http:
        yield Mock(serving, http)


@pytest.fixture
def complaints() -> Complaints:
    """Give the complaints of the test's pages."""
    return Complaints()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(
    browser: Browser, mock: Mock, complaints: Complaints
) -> AsyncIterator[OpenPage]:
    """Give what opens the page; by the end of the test no page may have complained."""
    async with AsyncExitStack() as contexts:

        async def open_one(
            path: str = "/", *, scheme: str = "light", width: int = 1280, app_id: str = ""
        ) -> Page:
            context = await browser.new_context(
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
                viewport={"width": width, "height": 800},
                permissions=["clipboard-read", "clipboard-write"],
            )
            contexts.push_async_callback(context.close)
            page = await context.new_page()
            complaints.listen_to(page)
            query = f"?{urlencode({'appId': app_id})}" if app_id else ""
            fragment = path.removeprefix("/")
            await page.goto(f"{mock.url}/{query}{fragment}")
            await expect(page.locator("#connection")).to_have_text("Live")
            return page

        yield open_one
    assert complaints.said == []
    assert complaints.hosts <= {mock.url.removeprefix("http://")}
