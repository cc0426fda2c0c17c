"""A browser links an account elsewhere to a user: which one, how the application learns of it, and refusals."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, cast
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from aiogenauth import AuthenticationClient
from genauth_mock.api.response_pages import HTML
from genauth_mock.http.messages import HttpReply, HttpRequest
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import Running
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support.http import Http, post

Json = dict[str, Any]

APP = Options().app_id
PASSWORD = "a-secret"
TARGET = "http://localhost:8000/linked"
ACCOUNTS: list[Json] = [
    {"userIdInIdp": "o-1", "userInfo": {"nickname": "<Ada>"}, "code": "hush"},
    {"userIdInIdp": "o-2", "username": "bob"},
]


class Linking:
    """An app with a user who links accounts."""

    def __init__(self) -> None:
        self.genauth = InProcessGenAuth(Options(app_id="of-the-link"))

    async def begin(self, *accounts: Json, **settings: object) -> None:
        """Make the users ada and bob, and connect a provider where these accounts are."""
        for name in ("ada", "bob"):
            await self.genauth.new_user(username=name, password=PASSWORD, user_id=name)
        one = {"identifier": "wx", "type": "wechat", "extIdpId": "idp", "accounts": list(accounts)}
        await self.genauth.settings(ext_idps=[one], **settings)

    async def token(self, name: str = "ada") -> str:
        """Return the id token of a user."""
        asked = {
            "connection": "PASSWORD",
            "passwordPayload": {"username": name, "password": PASSWORD},
            "client_id": self.genauth.app_id,
            "client_secret": self.genauth.app_secret,
        }
        request = HttpRequest("POST", "/api/v3/signin", {}, {}, json.dumps(asked).encode())
        token: str = json.loads((await self.genauth.answer(request)).body)["data"]["id_token"]
        return token

    async def open(self, *, chosen: str = "", origin: str = "", **asked: str) -> HttpReply:
        """Open the link as a browser does, or post the form of its page, or of a page of another origin."""
        query = {"ext_idp_conn_identifier": "wx", "app_id": self.genauth.app_id, **asked}
        query.setdefault("id_token", await self.token())
        method, body = ("POST", urlencode({"userIdInIdp": chosen})) if chosen else ("GET", "")
        headers = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        headers |= {"origin": origin} if origin else {}
        request = HttpRequest(method, "/api/v3/link-extidp", query, headers, body.encode())
        return await self.genauth.answer(request)

    async def linked(self, name: str = "ada") -> list[str]:
        """Return which accounts are linked to a user."""
        [user] = await self.genauth.users(username=name)
        held = cast("list[Json]", user.get("identities", []))
        return [each["userIdInIdp"] for each in held]


@pytest.fixture
def linking() -> Linking:
    return Linking()


def message_of(reply: HttpReply) -> Json:
    """Return what a page tells the window that opened it."""
    found = re.search(r'<data value="(.*?)"', reply.body.decode())
    assert found, reply.body
    told: Json = json.loads(unescape(found[1]))
    return told


async def test_the_only_account_is_linked_at_once(linking: Linking) -> None:
    await linking.begin(ACCOUNTS[0])
    reply = await linking.open()
    assert (reply.status, reply.content_type) == (200, HTML)
    told = message_of(reply)
    assert (told["code"], told["event"]["source"]) == (200, "authing")
    assert (told["data"]["extIdpId"], told["data"]["userIdInIdp"]) == ("idp", "o-1")
    assert not {name for name in told["data"] if "token" in name.lower()}
    assert await linking.linked() == ["o-1"]
    again = message_of(await linking.open())
    assert again["data"] == told["data"], "linking twice is linking once"
    assert await linking.linked() == ["o-1"]


async def test_of_several_accounts_a_page_asks_which(linking: Linking) -> None:
    await linking.begin(*ACCOUNTS)
    asking = await linking.open()
    page = asking.body.decode()
    assert re.findall(r'value="([^"]+)">([^<]*)</button>', page) == [
        ("o-1", "&lt;Ada&gt; · o-1"),
        ("o-2", "o-2"),
    ]
    assert "hush" not in page
    assert await linking.linked() == []
    assert message_of(await linking.open(chosen="o-1"))["code"] == 200
    assert await linking.linked() == ["o-1"]
    assert b"Which account is yours?" in (await linking.open(chosen="nobody")).body


async def test_the_form_of_another_origin_links_nobody(linking: Linking) -> None:
    await linking.begin(*ACCOUNTS)
    for origin in ("https://elsewhere.example", "null"):
        refused = await linking.open(chosen="o-1", origin=origin)
        assert json.loads(refused.body)["statusCode"] == 403
    assert await linking.linked() == []


async def test_an_account_of_another_user_is_refused(linking: Linking) -> None:
    await linking.begin(*ACCOUNTS)
    assert message_of(await linking.open(chosen="o-1", id_token=await linking.token("bob")))
    for account in ("o-1", "o-2"):  # one is linked to bob, the other is bob's by its username
        told = message_of(await linking.open(chosen=account))
        assert (told["code"], "data" in told) == (499, False)
        assert json.loads(told["message"])["statusCode"] == 499  # Guard reads it so
    assert await linking.linked() == []
    [*_, last] = await linking.genauth.requests()
    assert "another user" in str(last["why"])


@pytest.mark.parametrize("how", ["need_url_redirect", "need_form_post"])
async def test_an_answer_is_taken_to_the_application_where_it_asks(
    linking: Linking, how: str
) -> None:
    await linking.begin(*ACCOUNTS)
    asked = {how: "true", "target_url": f"{TARGET}?a=b"}
    found: list[dict[str, str]] = []
    for account in ("o-1", "o-2"):
        reply = await linking.open(chosen=account, **asked)
        if how == "need_form_post":
            fields = re.findall(r'name="(\w+)" value="(.*?)"', reply.body.decode())
            found.append({name: unescape(value) for name, value in fields})
            assert f'action="{TARGET}?a=b"' in reply.body.decode()
        else:
            assert reply.status == 303
            parts = urlsplit(reply.headers["Location"])
            assert parts._replace(query="").geturl() == TARGET
            told = dict(parse_qsl(parts.query))
            assert told.pop("a") == "b"
            found.append(told)
    linked, refused = found
    assert linked["code"] == "200"
    assert json.loads(linked["data"])["userIdInIdp"] == "o-1"
    assert (refused["code"], "data" in refused) == ("499", False)


@pytest.mark.parametrize(
    ("asked", "status_code", "said"),
    [
        ({"ext_idp_conn_identifier": "no-such"}, 404, ""),
        ({"id_token": "made-up"}, 401, ""),
        ({"id_token": ""}, 400, "id_token"),
        ({"need_url_redirect": "true"}, 400, "target_url"),
        ({"need_form_post": "true", "target_url": "https://elsewhere.example/"}, 400, "target_url"),
        ({"need_form_post": "perhaps"}, 400, "need_form_post"),
        ({"only_redirect_token": "true"}, 501, "only_redirect_token"),
    ],
)
async def test_a_link_that_leads_nowhere_is_refused(
    linking: Linking, asked: dict[str, str], status_code: int, said: str
) -> None:
    await linking.begin(ACCOUNTS[0])
    answer = json.loads((await linking.open(**asked)).body)
    assert answer["statusCode"] == status_code
    assert said in answer["message"]
    assert await linking.linked() == []


async def test_an_id_token_has_to_be_fresh_and_whole(linking: Linking) -> None:
    await linking.begin(ACCOUNTS[0])
    token = await linking.token()
    head, claims, _ = token.split(".")
    forged = json.loads((await linking.open(id_token=f"{head}.{claims}.AAAA")).body)
    assert forged["apiCode"] == 2020
    access = (await linking.genauth.new_user(username="eve")).access_token
    assert json.loads((await linking.open(id_token=access)).body)["statusCode"] == 401
    await linking.genauth.advance(1_209_600)
    assert json.loads((await linking.open(id_token=token)).body)["apiCode"] == 2020
    [*_, last] = await linking.genauth.requests()
    assert last["why"] == {"rule": "id_token has expired"}
    assert token not in str(last)


async def test_a_suspended_user_links_nothing(http: Http) -> None:
    one = {"identifier": "wx", "type": "wechat", "accounts": [{"userIdInIdp": "o-1"}]}
    await post(http, "/_mock/settings", {"extIdps": [one]})
    user = await post(http, "/_mock/users", {"username": "ada", "password": PASSWORD})
    secret = {"client_id": APP, "client_secret": Options().app_secret}
    named = {"username": "ada", "password": PASSWORD}
    asked = {"connection": "PASSWORD", "passwordPayload": named, **secret}
    tokens = (await post(http, "/api/v3/signin", asked))["data"]
    async with http.patch(f"/_mock/users/{user['userId']}", json={"status": "Suspended"}) as reply:
        assert reply.status == 200
    query = {"ext_idp_conn_identifier": "wx", "app_id": APP, "id_token": tokens["id_token"]}
    async with http.get("/api/v3/link-extidp", params=query) as reply:
        assert (await reply.json())["apiCode"] == 2005


async def test_a_provider_without_an_account_links_none(linking: Linking) -> None:
    await linking.begin()
    assert json.loads((await linking.open()).body)["statusCode"] == 499
    [*_, last] = await linking.genauth.requests()
    assert last["why"] == {"rule": "extIdps has no account of wx"}


async def test_an_app_without_a_provider_says_that_it_imitates_none(linking: Linking) -> None:
    await linking.begin()
    await linking.genauth.settings(ext_idps=[])
    assert (await linking.open()).status == 501


async def test_a_link_of_the_sdk_is_followed_and_names_its_app(http: Http, server: Running) -> None:
    """No header says which app it is: the link does, and the choice of how to answer goes along."""
    app_id = "another-app"
    headers = {"x-genauth-app-id": app_id}
    one = {"identifier": "wx", "type": "wechat", "accounts": [{"userIdInIdp": "o-1"}]}
    await post(http, "/_mock/settings", {"extIdps": [one]}, **headers)
    user = await post(http, "/_mock/users", {"username": "ada", "password": PASSWORD}, **headers)
    async with AuthenticationClient(
        app_id=app_id, app_host=server.url, access_token=user["accessToken"]
    ) as client:
        signed_in = await client.sign_in_by_username_password("ada", PASSWORD)
        link = await client.generate_link_ext_idp_url("wx", app_id, str(signed_in.id_token))
        assert link.url
        async with http.get(str(link.url)) as reply:
            assert reply.status == 200
        [identity] = await client.get_identities()
    assert identity.user_id_in_idp == "o-1"
    asked = {"ext_idp_conn_identifier": "wx", "app_id": app_id, "id_token": "t"}
    chosen = {"need_form_post": "true", "target_url": TARGET}
    async with http.get(
        "/api/v3/generate-link-extidp-url", params={**asked, **chosen}, headers=headers
    ) as reply:
        url = (await reply.json())["data"]["url"]
    assert parse_qs(urlsplit(str(url)).query) == {k: [v] for k, v in {**asked, **chosen}.items()}
