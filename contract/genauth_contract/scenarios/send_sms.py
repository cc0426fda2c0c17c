"""Texting a pass code: how often, to whom, for what."""

from __future__ import annotations

from genauth_contract.api.call import BIND, LOGIN, UNBIND, any_post
from genauth_contract.api.calls.phone import send_sms
from genauth_contract.outcomes.codes import (
    DAILY_LIMIT_REACHED,
    SENT_TOO_RECENTLY,
    TOO_MANY_REQUESTS,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.budget import RESEND_GAP_SECONDS
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED

_SEND_SMS = "API reference, send-sms"

_DAY_SECONDS = 24 * 3600.0


@scenario(Evidence.CLIENT, "live clients send no token to send-sms")
def a_code_is_texted_without_signing_in(world: World) -> None:
    world.text(world.fresh_phone())


@scenario(Evidence.DOCS, _SEND_SMS)
def a_second_text_within_a_minute_is_refused(world: World) -> None:
    phone = world.fresh_phone()
    world.text(phone)
    world.expect(SENT_TOO_RECENTLY, send_sms(phone, BIND))


@scenario(Evidence.DOCS, _SEND_SMS)
def after_a_minute_the_same_phone_is_texted_again(world: World) -> None:
    phone = world.fresh_phone()
    world.text(phone)
    world.advance(RESEND_GAP_SECONDS + 1)
    world.expect(OK, send_sms(phone, BIND))


@scenario(Evidence.DOCS, _SEND_SMS)
def the_minute_between_two_texts_is_a_whole_one(world: World) -> None:
    phone = world.fresh_phone()
    world.text(phone)
    world.advance_since_text(RESEND_GAP_SECONDS - 5)
    world.expect(SENT_TOO_RECENTLY, send_sms(phone, BIND))


@scenario(Evidence.DOCS, _SEND_SMS)
def another_channel_is_texted_at_once(world: World) -> None:
    phone = world.fresh_phone()
    world.text_both((phone, BIND), (phone, UNBIND))


@scenario(Evidence.ASSUMED, "the limit is said to be per phone")
def another_phone_is_texted_at_once(world: World) -> None:
    world.text_both((world.fresh_phone(), BIND), (world.fresh_phone(), BIND))


@scenario(Evidence.DOCS, _SEND_SMS, wire_only=MALFORMED)
def texting_without_a_phone_number_is_refused(world: World) -> None:
    world.expect(INVALID_ARGUMENT.naming("phoneNumber"), any_post("send-sms", {"channel": BIND}))


@scenario(Evidence.DOCS, _SEND_SMS, wire_only=MALFORMED)
def texting_without_a_channel_is_refused(world: World) -> None:
    phone = world.fresh_phone()
    world.expect(
        INVALID_ARGUMENT.naming("channel"), any_post("send-sms", {"phoneNumber": phone.number})
    )


@scenario(Evidence.DOCS, _SEND_SMS, wire_only=MALFORMED)
def texting_for_an_unknown_channel_is_refused(world: World) -> None:
    call = send_sms(world.fresh_phone(), "CHANNEL_TEA")
    world.expect(INVALID_ARGUMENT.naming("channel"), call)


@scenario(Evidence.ASSUMED, "as for a missing field", wire_only=MALFORMED)
def a_phone_number_that_is_not_text_is_refused(world: World) -> None:
    body = {"channel": BIND, "phoneNumber": 1}
    world.expect(INVALID_ARGUMENT.naming("phoneNumber"), any_post("send-sms", body))


@scenario(
    Evidence.CLIENT,
    "text matched by production code",
    mock_only="the daily limit of a live application is not ours to use up",
)
def a_phone_is_texted_only_so_often_a_day(world: World) -> None:
    phone = world.fresh_phone()
    world.mock.change_settings(dailySendLimit=2)
    world.text(phone, LOGIN)
    world.text(phone, LOGIN)
    world.advance(RESEND_GAP_SECONDS + 1)
    world.expect(DAILY_LIMIT_REACHED, send_sms(phone, LOGIN))
    world.advance(_DAY_SECONDS)
    world.expect(OK, send_sms(phone, LOGIN))


@scenario(
    Evidence.DOCS,
    "OpenAPI document, tag on request limits",
    mock_only="a live user pool is not ours to flood",
)
def too_many_requests_within_a_second_are_refused(world: World) -> None:
    world.mock.change_settings(requestsPerSecond=1)
    # a second of real time may end between two calls, but not between each two of four
    calls = [send_sms(world.fresh_phone(), BIND) for _ in range(4)]
    world.expect_together((OK, TOO_MANY_REQUESTS), calls)
