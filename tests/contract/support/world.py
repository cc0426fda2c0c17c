"""What tests of the contract talk about: a phone, a user, answers, scenarios, the command, recordings."""

from __future__ import annotations

from click.testing import CliRunner, Result

from genauth_contract.api import openapi
from genauth_contract.cli.main import main
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.outcome import Answer, ExpectedReply
from genauth_contract.play.scenario import Scenario
from genauth_contract.records.drift import Drift, compare
from genauth_contract.records.recording import RecordedScenario, RecordedStep, Recording
from genauth_contract.scenarios import every_scenario

DOCUMENT = openapi.declared()
PHONE, CODE, USER = Phone("18812348888"), PassCode("271828"), User("some-token")
TAKEN = "a_phone_of_another_user_is_refused"
BODY = {"statusCode": 499, "apiCode": 2001, "message": "no", "requestId": "<uuid:1>"}
REQUEST_ID = "934108e5-9fbf-4d24-8da1-c330328abd6c"


def answered(reply: ExpectedReply, **changes: object) -> Answer:
    """Answer with these figures, and with other fields that change."""
    if reply.status_code is None:
        bare = {"error": reply.error} if reply.error else {}
        return Answer(reply.http, {**bare, **changes}, {"content-type": "application/json"})
    body: dict[str, object] = {
        "statusCode": reply.status_code,
        "message": reply.message or "no",
        "requestId": REQUEST_ID,
    }
    if reply.api_code is not None:
        body["apiCode"] = reply.api_code
    return Answer(reply.http, {**body, **changes}, {"content-type": "application/json"})


def named(start: str) -> Scenario:
    """Find the scenario whose name starts so."""
    return next(one for one in every_scenario() if one.name.startswith(start))


def contract(*arguments: object) -> Result:
    """Give the command, as a person gives it."""
    return CliRunner().invoke(main, list(map(str, arguments)))


def recorded(kind: str = "private", expected: str = "WRONG_CODE", **body: object) -> Recording:
    """Record one refused bind, with other fields that change."""
    return changed(kind, body, expected)


def changed(kind: str, body: dict[str, object], expected: str = "WRONG_CODE") -> Recording:
    """Record one refused bind, with fields that no keyword can name."""
    answer = {"http": 200, "headers": {}, "body": {**BODY, **body}}
    step = RecordedStep("bind-phone", expected, {}, answer)
    return Recording(
        kind, "2026-01-01", {"a_story": RecordedScenario("abc", passed=True, steps=(step,))}
    )


def a_drift() -> Drift:
    """Hold live against a mock that answers another apiCode."""
    return compare([recorded(), recorded("mock", apiCode=500)], ["live", "<mock>"])
