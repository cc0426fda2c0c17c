"""The website in a browser, on an offline GenAuth: no account, no SMS, no network."""

import os
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Page, expect, sync_playwright
from website import app

from genauth_mock.testing.fixture import GenAuthServer

NUMBER = "18812348888"


@pytest.fixture
def website(genauth_server: GenAuthServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of the running website, with the offline GenAuth behind it."""
    monkeypatch.setenv("GENAUTH_APP_HOST", genauth_server.app_host)
    monkeypatch.setenv("GENAUTH_APP_ID", genauth_server.app_id)
    monkeypatch.setenv("GENAUTH_ACCESS_TOKEN", genauth_server.new_user().access_token)
    config = uvicorn.Config(app, port=0, log_level="warning")
    config.load()
    socket = config.bind_socket()
    socket.listen()  # the browser may knock before uvicorn is ready
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([socket],))
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}/"
    server.should_exit = True
    thread.join()


@pytest.fixture
def page() -> Iterator[Page]:
    """Give a page in a browser. With pytest-playwright, leave this out: it has a fixture `page`."""
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM")  # None: the one that `playwright install` fetched
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def test_a_person_binds_a_phone(page: Page, website: str, genauth_server: GenAuthServer) -> None:
    page.goto(website)
    page.get_by_label("Phone number").fill(NUMBER)
    page.get_by_role("button", name="Send code").click()
    page.get_by_label("Code").fill(genauth_server.pass_code(NUMBER))
    page.get_by_role("button", name="Bind").click()
    expect(page.get_by_role("status")).to_have_text("Bound.")


def test_a_late_code_is_refused_in_words(
    page: Page, website: str, genauth_server: GenAuthServer
) -> None:
    page.goto(website)
    page.get_by_label("Phone number").fill(NUMBER)
    page.get_by_role("button", name="Send code").click()
    code = genauth_server.pass_code(NUMBER)
    genauth_server.advance(301)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Bind").click()
    expect(page.get_by_role("status")).to_have_text("That code is wrong or no longer valid.")
