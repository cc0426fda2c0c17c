"""A probe from beginning to end: what it may do, what it asks, and the profile that is most alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Final, Protocol

import attrs
import httpx

from genauth_contract.api import http, openapi
from genauth_contract.api.call import BIND
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.api.http import Application, Wire, is_url
from genauth_contract.outcomes.models import Phone, User
from genauth_contract.play.clock import SystemClock
from genauth_contract.play.secrets import Secrets
from genauth_contract.probe import cases
from genauth_contract.probe.asking import Asked, Probe
from genauth_contract.probe.cases import Case, Person
from genauth_contract.probe.report import Found, likeness
from genauth_contract.targets.codes import pass_code_source
from genauth_contract.targets.codes.source import TIMEOUT_SECONDS, NoPassCode, SourceContext
from genauth_contract.targets.kinds import host_kind
from genauth_contract.targets.mock import Control
from genauth_contract.targets.offline import offline_mock, profile_names
from genauth_contract.targets.options import CONSENT_FLAG, CONSENT_NAME

PASSWORD_TIER: Final = 1
TEXT_TIER: Final = 2

NEEDED: Final = {
    PASSWORD_TIER: ("GENAUTH_CONTRACT_USERNAME", "GENAUTH_CONTRACT_PASSWORD"),
    TEXT_TIER: ("GENAUTH_CONTRACT_PHONE",),
}
"""The variables that a tier needs, besides those of the tiers below it."""


class Terminal(Protocol):
    """Who started the probe."""

    def say(self, text: str) -> None:
        """Write a line."""
        ...

    def ask(self, question: str) -> str:
        """Ask something; what is typed is not shown."""
        ...


class CannotProbe(Exception):
    """The probe cannot begin; the text says what is missing."""


@attrs.frozen
class Request:
    """What a probe was asked for.

    Attributes:
        host: URL of the deployment.
        app_id: The application.
        tier: 0 needs no account; 1 signs in; 2 has one code texted.
        has_consent: Whether somebody said that the account is theirs.
        pass_code_from: Where the code of tier 2 comes from.
        environment: Where names and secrets are read.
    """

    host: str
    app_id: str
    tier: int
    has_consent: bool
    pass_code_from: str
    environment: Mapping[str, str] = attrs.field(repr=False)

    def refuse_what_is_missing(self) -> None:
        """Raise before anything is sent if the probe could not go through.

        Raises:
            CannotProbe: The host is not a URL, or consent or a variable is missing.
        """
        if not is_url(self.host):
            msg = "--host is not a URL; write it as https://example.genauth.ai"
            raise CannotProbe(msg)
        if self.tier and not self.has_consent:
            msg = (
                f"tier {self.tier} signs in and may text a phone: {CONSENT_FLAG} (or "
                f"{CONSENT_NAME}=1) says that the account is yours; tier 0 needs none"
            )
            raise CannotProbe(msg)
        names = [name for tier in range(1, self.tier + 1) for name in NEEDED[tier]]
        lacking = [name for name in names if not self.environment.get(name)]
        if lacking:
            msg = f"tier {self.tier} needs {', '.join(lacking)}"
            raise CannotProbe(msg)

    @property
    def application(self) -> Application:
        """The application that is probed; its secret is never sent by tier 0."""
        secret = self.environment.get("GENAUTH_APP_SECRET", "") if self.tier else ""
        return Application(self.host.rstrip("/"), self.app_id, secret)


def plan(request: Request) -> str:
    """Say what a probe would do, call by call; nothing is sent."""
    free = cases.without_an_account(request.app_id)
    lines = [f"tier 0: {len(free)} calls; no account, no message, nothing is changed"]
    lines += map(_planned, free)
    if request.tier >= PASSWORD_TIER:
        signed_in = cases.with_a_password(Person("", ""))
        lines.append(f"tier 1: {len(signed_in) + 1} calls; signs in twice, and is refused once")
        lines += ["  POST /api/v3/signin  a sign-in, for a token", *map(_planned, signed_in)]
    if request.tier >= TEXT_TIER:
        texts = cases.with_one_text(cases.MADE_UP_PHONE)
        checks = cases.with_its_code(cases.MADE_UP_PHONE, cases.MADE_UP_CODE)
        lines.append("tier 2: 4 calls; one code is texted; it is not spent")
        lines += map(_planned, (*texts, *checks))
    return "\n".join(lines) + "\n"


def _planned(case: Case) -> str:
    path = case.call.path.partition("?")[0]
    return f"  {case.call.method} {path}  {case.name}"


def probe(request: Request, terminal: Terminal) -> Found:
    """Ask everything, and compare the answers with every profile of the offline GenAuth.

    Raises:
        CannotProbe: Something is missing, and nothing was sent; or nobody answers.
    """
    request.refuse_what_is_missing()
    secrets = _secrets_of(request)
    vocabulary = openapi.declared().enumerated()
    with closing(http.client()) as client:
        numbered = _numbering(terminal)
        asking = Probe(Wire(client, request.application), secrets, vocabulary, numbered)
        asked = list(_answers(request, asking, terminal))
        mocks = dict(_mocks(client, vocabulary))
    first = [one for one in asked if not one.problem]
    alike = sorted(
        (likeness(name, first, answers) for name, answers in mocks.items()),
        key=lambda one: (-one.alike, -one.to_the_letter),
    )
    date = datetime.now(UTC).date().isoformat()
    return Found(host_kind(request.host), date, request.tier, asked, mocks["default"], alike)


def _answers(request: Request, asking: Probe, terminal: Terminal) -> Iterator[Asked]:
    for number, asked in enumerate(asking.ask_all(cases.without_an_account(request.app_id))):
        if asked.problem and not number:
            msg = f"cannot connect to {request.host}: {asked.problem}"
            raise CannotProbe(msg)
        yield asked
    if request.tier >= PASSWORD_TIER:
        yield from asking.ask_all(cases.with_a_password(_signed_in(request, asking)))
    if request.tier >= TEXT_TIER:
        yield from _texted(request, asking, terminal)


def _signed_in(request: Request, asking: Probe) -> Person:
    name, password = (request.environment[each] for each in NEEDED[PASSWORD_TIER])
    answer = asking.caller.call(sign_in_by_password({"username": name}, password))
    token = answer.data.get("access_token")
    if not isinstance(token, str) or not token:
        msg = f"tier 1 could not sign in as GENAUTH_CONTRACT_USERNAME: {answer.summary}"
        raise CannotProbe(msg)
    asking.secrets.learn("token", token)
    return Person(name, password, User(token))


def _texted(request: Request, asking: Probe, terminal: Terminal) -> Iterator[Asked]:
    phone = Phone(request.environment["GENAUTH_CONTRACT_PHONE"].removeprefix("+86"))
    asking.secrets.learn_phone(phone)
    context = SourceContext(terminal.ask, terminal.say, SystemClock(terminal.say), TIMEOUT_SECONDS)
    with pass_code_source(request.pass_code_from, context) as source:
        source.forget()
        yield from asking.ask_all(cases.with_one_text(phone))
        try:
            code = source.code(phone, BIND)
        except NoPassCode as error:
            terminal.say(f"tier 2 ends here: {error}")
            return
    asking.secrets.learn("code", code.digits)
    yield from asking.ask_all(cases.with_its_code(phone, code))


def _mocks(
    client: httpx.Client, vocabulary: frozenset[str]
) -> Iterator[tuple[str, Mapping[str, Asked]]]:
    """Ask every profile of the offline GenAuth the same; those of tier 0, which need no account."""
    with offline_mock() as mock:
        for app_id, profile in zip(mock.app_ids, profile_names(), strict=False):
            application = Application(mock.url, app_id, mock.app_secret)
            if profile != "default":
                Control(client, application).post("settings", {"profile": profile})
            secrets = Secrets()
            secrets.learn("app", app_id)
            asking = Probe(Wire(client, Application(mock.url, app_id)), secrets, vocabulary)
            answers = asking.ask_all(cases.without_an_account(app_id))
            yield profile, {one.case.name: one for one in answers}


def _secrets_of(request: Request) -> Secrets:
    secrets = Secrets()
    secrets.learn("app", request.app_id)
    secrets.learn("secret", request.application.app_secret)
    for kind, name in zip(("username", "password"), NEEDED[PASSWORD_TIER], strict=True):
        secrets.learn(kind, request.environment.get(name, ""))
    return secrets


def _numbering(terminal: Terminal) -> Callable[[Case], None]:
    number = 0

    def say(case: Case) -> None:
        nonlocal number
        number += 1
        terminal.say(f"{number:3d}  {case.name}")

    return say
