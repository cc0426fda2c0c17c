"""Random stories of codes and tokens over HTTP, held against a model.

A code never works twice, a revoked token is never active, and no token outlives its user.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import httpx
import hypothesis.strategies as st
import pytest
from attrs import define, field
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from genauth_contract.targets.mock import fresh_app_id
from genauth_mock.server.launch import running_in_thread
from tests.support.examples import examples

BACK = "http://localhost:8000/callback"
DAY = 24 * 3600
CODE_SECONDS, ACCESS_SECONDS, REFRESH_SECONDS = 600, 14 * DAY, 30 * DAY
places = st.integers(0, 5)


@define
class Held:
    """A code or a token, as the model knows it; `grant` names what one code gave."""

    text: str = field(repr=False)
    user: str
    grant: int
    until: int
    is_over: bool = False


class Story(RuleBasedStateMachine):
    """Two users sign in, refresh, revoke and are deleted, while time passes."""

    client: httpx.Client

    def __init__(self) -> None:
        super().__init__()
        self.app_id = fresh_app_id()
        self.now = 0
        self.users = [self.made("ada"), self.made("bob")]
        self.gone: set[str] = set()
        self.codes: list[Held] = []
        self.access: list[Held] = []
        self.renewals: list[Held] = []

    def made(self, name: str) -> str:
        body = {"username": name, "appId": self.app_id}
        return str(self.client.post("/_mock/users", json=body).json()["userId"])

    def form(self, path: str, **fields: str) -> httpx.Response:
        return self.client.post(f"/oidc/{path}", data={"client_id": self.app_id, **fields})

    def is_alive(self, held: Held) -> bool:
        return not held.is_over and self.now < held.until and held.user not in self.gone

    def take(self, answer: httpx.Response, by: Held) -> None:
        said = answer.json()
        access, renewal = said["access_token"], said["refresh_token"]
        self.access.append(Held(access, by.user, by.grant, self.now + ACCESS_SECONDS))
        self.renewals.append(Held(renewal, by.user, by.grant, self.now + REFRESH_SECONDS))

    @rule(who=st.integers(0, 1))
    def sign_in(self, who: int) -> None:
        user = self.users[who]
        asked = {"client_id": self.app_id, "redirect_uri": BACK, "response_type": "code"}
        asked["scope"] = "openid offline_access"
        headers = {"x-genauth-mock-sign-in-as": user}
        answer = self.client.get("/oidc/auth", params=asked, headers=headers)
        if user in self.gone:
            assert answer.status_code == 400
            return
        [code] = parse_qs(urlsplit(answer.headers["location"]).query)["code"]
        self.codes.append(Held(code, user, len(self.codes), self.now + CODE_SECONDS))

    @rule(which=places)
    def exchange(self, which: int) -> None:
        for code in self.codes[-1 - which :][:1]:
            fields = {"code": code.text, "redirect_uri": BACK}
            answer = self.form("token", grant_type="authorization_code", **fields)
            assert answer.status_code == (200 if self.is_alive(code) else 400)
            if answer.status_code == 200:
                code.is_over = True
                self.take(answer, code)
            elif code.is_over and self.now < code.until:
                self.end(code.grant)

    def end(self, grant: int) -> None:
        for held in (*self.access, *self.renewals):
            held.is_over = held.is_over or held.grant == grant

    @rule(which=places)
    def refresh(self, which: int) -> None:
        for renewal in self.renewals[-1 - which :][:1]:
            fields = {"refresh_token": renewal.text}
            answer = self.form("token", grant_type="refresh_token", **fields)
            assert answer.status_code == (200 if self.is_alive(renewal) else 400)
            if answer.status_code == 200:
                renewal.is_over = True
                self.take(answer, renewal)

    @rule(which=places, is_renewal=st.booleans())
    def revoke(self, which: int, *, is_renewal: bool) -> None:
        held = self.renewals if is_renewal else self.access
        for token in held[-1 - which :][:1]:
            assert self.form("token/revocation", token=token.text).status_code == 200
            token.is_over = True

    @rule(seconds=st.sampled_from([30, CODE_SECONDS, 7 * DAY]))
    def wait(self, seconds: int) -> None:
        body = {"advanceSeconds": seconds, "appId": self.app_id}
        assert self.client.post("/_mock/clock", json=body).status_code == 200
        self.now += seconds

    @rule(who=st.sampled_from([0, 0, 0, 1]), is_meant=st.sampled_from([False, False, True]))
    def delete(self, who: int, *, is_meant: bool) -> None:
        user = self.users[who]
        if is_meant and user not in self.gone:
            path = f"/_mock/users/{user}"
            assert self.client.delete(path, params={"appId": self.app_id}).status_code == 200
            self.gone.add(user)

    @rule(who=st.integers(0, 1), is_first=st.booleans())
    def sign_in_and_leave(self, who: int, *, is_first: bool) -> None:
        """Come to tokens whose user is gone, which single steps rarely reach."""
        self.sign_in(who)
        if not is_first:
            self.exchange(0)
            self.refresh(0)
        self.delete(who, is_meant=True)
        self.tokens_are_as_alive_as_the_model_says()
        self.exchange(0)
        self.refresh(0)
        self.users[who] = self.made(f"user-{len(self.gone)}-{who}")

    @invariant()
    def tokens_are_as_alive_as_the_model_says(self) -> None:
        for token in (*self.access[-3:], *self.renewals[-3:]):
            said = self.form("token/introspection", token=token.text).json()
            assert said["active"] == self.is_alive(token)


@pytest.fixture(scope="module")
def story() -> Iterator[type[Story]]:
    with running_in_thread() as server, closing(httpx.Client(base_url=server.url)) as client:
        yield type("StoryOnThisMock", (Story,), {"client": client})


def test_every_story_of_tokens_ends_as_the_model_says(story: type[Story]) -> None:
    run_state_machine_as_test(
        story,
        settings=settings(
            max_examples=examples(20), stateful_step_count=30, deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )  # fmt: skip
