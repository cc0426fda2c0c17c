"""What is true of every call: headers, languages, and requests that are no requests."""

from __future__ import annotations

import attrs

from genauth_contract.api.call import BIND, ApiCall, any_post
from genauth_contract.api.calls.phone import send_sms
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, User
from genauth_contract.outcomes.outcome import ExpectedReply
from genauth_contract.outcomes.requests import (
    BODY_TOO_LARGE,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    NOT_IMITATED,
    NOT_JSON,
    OK,
    UNKNOWN_APP,
)
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import UNSENT

_ENGLISH = "the header is documented; no English text was seen live"


def _bearer(call: ApiCall) -> ApiCall:
    token = f"Bearer {call.user.access_token}"
    return attrs.evolve(call, headers={"authorization": token})


@scenario(Evidence.CLIENT, "mobile and Java SDKs send Bearer", wire_only=UNSENT)
def a_token_may_come_after_bearer(world: World) -> None:
    world.expect(OK, _bearer(get_profile(world.user_without_phone())))


@scenario(
    Evidence.CLIENT,
    "the API's former name; older SDKs send it",
    wire_only=UNSENT,
    mock_only="whether a GenAuth host takes it is an open question, asked apart",
)
def the_application_may_be_named_by_the_former_header(world: World) -> None:
    call = get_profile(world.user_without_phone())
    usual, former = "x-genauth-app-id", "x-authing-app-id"
    headers = {usual: "", former: world.application.app_id}
    world.expect(OK, attrs.evolve(call, headers=headers))


@scenario(Evidence.ASSUMED, "the mock's own words", wire_only=UNSENT)
def an_english_client_is_answered_in_english(world: World) -> None:
    english = ExpectedReply(401, 2020, "Not signed in, no permission for this request")
    expected = attrs.evolve(NOT_SIGNED_IN, default=english, sources=(), why=_ENGLISH).as_question()
    call = attrs.evolve(get_profile(NOBODY), headers={"x-genauth-lang": "en-US"})
    world.expect(expected, call)


@scenario(Evidence.ASSUMED, "as for any malformed request", wire_only=UNSENT)
def a_body_that_is_not_json_is_refused(world: World) -> None:
    world.expect(NOT_JSON.as_question(), any_post("send-sms", "not json"))


@scenario(Evidence.ASSUMED, "as for any malformed request", wire_only=UNSENT)
def a_body_that_is_an_array_is_refused(world: World) -> None:
    world.expect(NOT_JSON.as_question(), any_post("send-sms", "[]"))


@scenario(Evidence.ASSUMED, "statusCode classes: API reference", wire_only=UNSENT)
def a_body_of_many_megabytes_is_refused(world: World) -> None:
    world.expect(BODY_TOO_LARGE.as_question(), any_post("send-sms", f'"{"x" * 2_000_000}"'))


@scenario(Evidence.ASSUMED, "statusCode classes: API reference", wire_only=UNSENT)
def a_path_that_does_not_exist_is_refused(world: World) -> None:
    world.expect(NOT_FOUND.naming("brew-tea").as_question(), any_post("brew-tea", {}))


@scenario(Evidence.ASSUMED, "statusCode classes: API reference", wire_only=UNSENT)
def a_wrong_method_is_refused(world: World) -> None:
    call = ApiCall("bind-phone", "/api/v3/bind-phone", method="GET")
    world.expect(METHOD_NOT_ALLOWED.naming("Cannot GET").as_question(), call)


@scenario(
    Evidence.ASSUMED,
    "the mock never invents an answer in silence",
    wire_only=UNSENT,
    mock_only="a live deployment has the call",
)
def a_call_that_is_not_imitated_says_so(world: World) -> None:
    world.expect(
        NOT_IMITATED.naming("get-wechat-access-token"), any_post("get-wechat-access-token", {})
    )


@scenario(Evidence.CLIENT, "Guard and production clients", wire_only=UNSENT)
def a_made_up_token_is_no_matter_to_a_call_that_needs_none(world: World) -> None:
    call = attrs.evolve(send_sms(world.fresh_phone(), BIND), user=User("made-up-access-token"))
    world.expect(OK, call)


@scenario(
    Evidence.DOCS,
    "API reference, error codes",
    wire_only=UNSENT,
    needs_strict_apps=True,
)
def an_unknown_application_is_refused(world: World) -> None:
    call = attrs.evolve(get_profile(NOBODY), headers={"x-genauth-app-id": "no-such-application"})
    world.expect(UNKNOWN_APP, call)
