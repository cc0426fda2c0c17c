"""Events that are published for a user: which may be, who may, and what the call needs."""

from __future__ import annotations

from genauth_contract.api.call import Body, any_post
from genauth_contract.api.calls.events import publish_event
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_PUBLISH = "management API reference, pub-userEvent"
_DEFINED = "the console of a live deployment defines which events there are"
_PAID = {"orderId": "A-1", "total": 12.5}


@scenario(Evidence.DOCS, _PUBLISH, mock_only=_DEFINED)
def an_event_that_an_app_defines_is_published(world: World) -> None:
    user = world.user_without_phone()
    published = OK.with_data(success=True)
    world.expect(published, publish_event(user, "custom_order_paid", _PAID))


@scenario(Evidence.ASSUMED, "no source: a text that is JSON, whatever it holds", mock_only=_DEFINED)
def an_event_may_say_anything_that_json_can(world: World) -> None:
    user = world.user_without_phone()
    published = OK.with_data(success=True)
    world.expect(published, publish_event(user, "custom_order_paid", {"lines": [1, None, "两"]}))
    world.expect(published, publish_event(user, "custom_order_paid", {}))


@scenario(Evidence.DOCS, _PUBLISH)
def an_event_of_genauth_itself_is_published_by_nobody_else(world: World) -> None:
    user = world.user_without_phone()
    world.expect(OK.with_data(success=False), publish_event(user, "authing.user.login", _PAID))


@scenario(Evidence.DOCS, _PUBLISH, wire_only=WANTS_SIGN_IN)
def no_event_is_published_without_signing_in(world: World) -> None:
    world.expect(NOT_SIGNED_IN, publish_event(NOBODY, "custom_order_paid", _PAID))


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_publishes_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, publish_event(user, "custom_order_paid", _PAID))


@scenario(Evidence.DOCS, _PUBLISH, wire_only=MALFORMED)
def what_is_missing_from_an_event_is_named(world: World) -> None:
    user = world.user_without_phone()
    wrong: tuple[tuple[str, Body], ...] = (
        ("eventType", {"eventData": "{}"}),
        ("eventData", {"eventType": "custom_order_paid"}),
        ("eventData", {"eventType": "custom_order_paid", "eventData": {}}),
        ("eventData", {"eventType": "custom_order_paid", "eventData": "{"}),
    )
    for field, body in wrong:
        world.expect(INVALID_ARGUMENT.naming(field), any_post("pub-userEvent", body, user))
