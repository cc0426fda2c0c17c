"""The login page, as a browser without scripts uses it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from genauth_mock.server.launch import Running
from tests.mock.support.tokens import ALICE, APP, PASSWORD, ask, set_to

BACK = "http://localhost:8000/callback"
ASKED = {
    "client_id": APP["client_id"],
    "redirect_uri": BACK,
    "response_type": "code",
    "scope": "openid",
    "state": '"><script>',
}
PHONE = str(ALICE["phoneNumber"])


@pytest.fixture(autouse=True)
async def alice(http: aiohttp.ClientSession) -> None:
    async with http.post("/_mock/users", json=ALICE) as reply:
        assert reply.status == 200


class Forms(HTMLParser):
    """Collects where the forms of a page post to, and the values of its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.actions: set[str] = set()
        self.buttons: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.actions.add(given["action"] or "")
        if tag == "button" and given.get("name") == "user":
            self.buttons.append(given["value"] or "")
        self.scripts += tag == "script"


async def shown(http: aiohttp.ClientSession, **asked: str) -> Forms:
    async with http.get("/oidc/auth", params={**ASKED, **asked}) as reply:
        assert reply.status == 200
        policy = reply.headers["Content-Security-Policy"]
        forms = Forms()
        forms.feed(await reply.text())
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert f"form-action 'self' {BACK.removesuffix('/callback')};" in policy
    assert forms.scripts == 0
    return forms


async def send(
    http: aiohttp.ClientSession, do: str, **fields: str
) -> tuple[int, dict[str, str], str]:
    [action] = (await shown(http)).actions
    form = {"genauth_mock_do": do, **fields}
    async with http.post(f"/oidc/{action}", data=form, allow_redirects=False) as reply:
        back = parse_qs(urlsplit(reply.headers.get("Location", "")).query)
        return reply.status, {name: value for name, [value] in back.items()}, await reply.text()


async def subject_of(http: aiohttp.ClientSession, code: str) -> str:
    form = {**APP, "grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    status, tokens = await ask(http, "token", form)
    assert status == 200
    async with http.get("/oidc/me", headers={"authorization": tokens["access_token"]}) as reply:
        return str((await reply.json())["sub"])


async def test_a_user_is_one_click_away(http: aiohttp.ClientSession) -> None:
    [user_id] = (await shown(http)).buttons
    status, back, _ = await send(http, "pick", user=user_id)
    assert (status, back["state"]) == (303, ASKED["state"])
    assert await subject_of(http, back["code"]) == user_id


@pytest.mark.parametrize("account", ["alice", "alice@example.com", PHONE])
async def test_a_password_signs_in(http: aiohttp.ClientSession, account: str) -> None:
    status, back, _ = await send(http, "password", account=account, password=PASSWORD)
    assert (status, set(back)) == (303, {"code", "state"})


async def test_what_is_wrong_is_said_and_the_page_stays(http: aiohttp.ClientSession) -> None:
    status, back, page = await send(http, "password", account="alice", password="guess")
    assert (status, back) == (400, {})
    assert "role='alert'" in page
    assert "guess" not in page
    async with http.get("/_mock/requests") as reply:
        assert "guess" not in await reply.text()


async def test_a_texted_code_arrives_in_the_inbox_and_signs_in(http: aiohttp.ClientSession) -> None:
    status, _, page = await send(http, "send", phone=PHONE)
    assert (status, "inbox" in page) == (200, True)
    async with http.get("/_mock/messages", params={"phoneNumber": PHONE}) as reply:
        code = (await reply.json())["messages"][0]["passCode"]
    status, back, _ = await send(http, "code", phone=PHONE, passCode=code)
    assert (status, set(back)) == (303, {"code", "state"})
    assert (await send(http, "code", phone=PHONE, passCode=code))[0] == 400


@pytest.mark.parametrize(("allowed", "status"), [(True, 303), (False, 400)])
async def test_new_users_sign_up_where_the_app_allows_it(
    http: aiohttp.ClientSession, allowed: bool, status: int
) -> None:
    await set_to(http, signUpEnabled=allowed)
    said = await send(http, "sign-up", username="bob", password="battery-staple")
    assert said[0] == status


async def test_the_session_goes_on_until_it_is_ended(http: aiohttp.ClientSession) -> None:
    jar = aiohttp.CookieJar(unsafe=True)
    async with http.get("/_mock/health") as reply:
        where = str(reply.url.origin())
    async with aiohttp.ClientSession(where, cookie_jar=jar) as browser:
        await send(browser, "pick", user=(await shown(browser)).buttons[0])
        silent = {**ASKED, "prompt": "none"}

        async def told() -> str:
            async with browser.get("/oidc/auth", params=silent, allow_redirects=False) as reply:
                return urlsplit(reply.headers["Location"]).query.partition("=")[0]

        assert await told() == "code"
        await shown(browser, prompt="login")
        leaving = {"client_id": APP["client_id"], "post_logout_redirect_uri": BACK, "state": "s"}
        async with browser.get("/oidc/session/end", params=leaving, allow_redirects=False) as reply:
            assert (reply.status, reply.headers["Location"]) == (302, f"{BACK}?state=s")
        assert await told() == "error"


async def post_consent(
    http: aiohttp.ClientSession, cookie: str, **form: str
) -> tuple[aiohttp.ClientResponse, dict[str, str]]:
    """Send a form of a sign-in that asks for consent; give the answer, and what is brought back."""
    asked = {**ASKED, "scope": "openid offline_access", "prompt": "consent"}
    reply = await http.post(
        "/oidc/auth", params=asked, data=form, headers={"cookie": cookie}, allow_redirects=False
    )
    back = parse_qs(urlsplit(reply.headers.get("Location", "")).query)
    return reply, {name: value for name, [value] in back.items()}


async def session_of(http: aiohttp.ClientSession) -> tuple[str, str]:
    """Sign Alice in, up to the page that asks for consent; give her id and the cookie of her session."""
    [user_id] = (await shown(http)).buttons
    page, back = await post_consent(http, "", genauth_mock_do="pick", user=user_id)
    assert (page.status, back) == (200, {})
    assert "<li>offline_access</li>" in await page.text()
    return user_id, page.headers["Set-Cookie"].partition(";")[0]


async def test_consent_is_asked_for_each_time_after_the_sign_in(
    http: aiohttp.ClientSession,
) -> None:
    user_id, cookie = await session_of(http)
    for _ in range(2):
        asked = {**ASKED, "prompt": "consent"}
        async with http.get("/oidc/auth", params=asked, headers={"cookie": cookie}) as again:
            assert (again.status, "Deny" in await again.text()) == (200, True)
        yes, back = await post_consent(http, cookie, genauth_mock_do="accept")
        assert (yes.status, back["state"]) == (303, ASKED["state"])
        assert await subject_of(http, back["code"]) == user_id


async def test_whoever_denies_is_sent_back_without_a_code(http: aiohttp.ClientSession) -> None:
    _, cookie = await session_of(http)
    no, back = await post_consent(http, cookie, genauth_mock_do="deny")
    assert (no.status, no.headers["Location"].partition("?")[0]) == (303, BACK)
    said = {"error": "access_denied", "error_description": "End-User aborted interaction"}
    assert back == {**said, "state": ASKED["state"]}


async def test_consent_of_nobody_asks_who_it_is(http: aiohttp.ClientSession) -> None:
    page, back = await post_consent(http, "", genauth_mock_do="accept")
    assert (page.status, back) == (400, {})
    assert "no longer signed in" in await page.text()


LOGOUTS = {
    "/oauth/session/end": {"client_id": APP["client_id"], "post_logout_redirect_uri": BACK},
    "/login/profile/logout": {"redirect_uri": BACK},
}


@pytest.mark.parametrize("path", [*LOGOUTS])
async def test_other_protocols_sign_a_browser_out_too(
    http: aiohttp.ClientSession, path: str
) -> None:
    [user_id] = (await shown(http)).buttons
    form = {"genauth_mock_do": "pick", "user": user_id}
    async with http.post("/oidc/auth", params=ASKED, data=form, allow_redirects=False) as reply:
        cookie = reply.headers["Set-Cookie"].partition(";")[0]
    silent = {**ASKED, "prompt": "none"}

    async def told() -> str:
        headers = {"cookie": cookie}
        async with http.get(
            "/oidc/auth", params=silent, headers=headers, allow_redirects=False
        ) as reply:
            return urlsplit(reply.headers["Location"]).query.partition("=")[0]

    assert await told() == "code"
    leaving, headers = LOGOUTS[path], {"cookie": cookie}
    async with http.get(path, params=leaving, headers=headers, allow_redirects=False) as reply:
        assert (reply.status, reply.headers["Location"]) == (302, BACK)
        assert "Max-Age=0" in reply.headers["Set-Cookie"]
    assert await told() == "error"
    away = dict.fromkeys(leaving, "https://elsewhere.example/") | {"client_id": APP["client_id"]}
    async with http.get(path, params=away, allow_redirects=False) as reply:
        assert (reply.status, (await reply.json())["error"]) == (400, "invalid_request")
    async with http.get(path, allow_redirects=False) as reply:
        assert (reply.status, "Signed out" in await reply.text()) == (200, True)


async def test_a_form_of_another_site_signs_nobody_in(
    http: aiohttp.ClientSession, server: Running
) -> None:
    [user_id] = (await shown(http)).buttons
    form = {"genauth_mock_do": "pick", "user": user_id}
    for headers, is_ours in (
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": server.url}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": server.url.replace("http:", "https:")}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy.example"}, True),
        ({"Origin": server.url}, True),
    ):
        async with http.post(
            "/oidc/auth", params=ASKED, data=form, headers=headers, allow_redirects=False
        ) as reply:
            assert reply.status == (303 if is_ours else 403), headers
