"""Signing in by a QR code: shown, scanned, confirmed or refused, and its ticket exchanged."""

from __future__ import annotations

import attrs

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.qr_codes import (
    change_qr_code,
    check_qr_code,
    exchange_ticket,
    gene_qr_code,
    get_qr_code,
    set_qr_code,
)
from genauth_contract.checks.matchers import bearer, positive, text
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, User
from genauth_contract.outcomes.qr_codes import (
    QR_CODE_OUT_OF_TURN,
    QR_TICKET_INVALID,
    UNKNOWN_QR_CODE,
)
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, NOT_IMITATED, OK, STATED
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, NO_CALL, SUSPENDING, WANTS_SIGN_IN

_STATUS = "API reference, check-qrcode-status"
_CHANGE = "API reference, change-qrcode-status"
_TWINS = "official Node SDK of 2025"
_APP = "an account is lent without an app of its own that scans"
_SCAN, _CONFIRM, _CANCEL = "SCAN", "CONFIRM", "CANCEL"
_LIFETIME_SECONDS = 120
_TICKET_SECONDS = 300


@scenario(Evidence.DOCS, _STATUS, mock_only=_APP)
def a_code_that_was_scanned_and_confirmed_signs_the_user_in(world: World) -> None:
    user = world.user_without_phone()
    username, _ = world.login_of(user)
    qrcode_id = _shown(world)
    world.expect(STATED.with_data(status="PENDING"), check_qr_code(qrcode_id))
    world.expect(STATED, change_qr_code(user, qrcode_id, _SCAN))
    world.expect(STATED.with_data(status="SCANNED"), check_qr_code(qrcode_id))
    ticket = _confirmed(world, user, qrcode_id)
    tokens = OK.with_data(access_token=text, token_type=bearer, expire_in=positive)
    given = world.expect(tokens, exchange_ticket(ticket))
    signed_in = User(world.field(given, "access_token"))
    world.expect(OK.with_data(username=username), get_profile(signed_in))


@scenario(
    Evidence.ASSUMED,
    "the word ticket; no source says what a second exchange is answered",
    mock_only=_APP,
)
def a_ticket_works_once(world: World) -> None:
    ticket = _ticket(world, world.user_without_phone())
    world.expect(OK, exchange_ticket(ticket))
    world.expect(QR_TICKET_INVALID, exchange_ticket(ticket))


@scenario(Evidence.DOCS, "management API reference, ticketExpiresIn", mock_only=_APP)
def a_ticket_lives_for_five_minutes(world: World) -> None:
    ticket = _ticket(world, world.user_without_phone())
    world.advance(_TICKET_SECONDS)
    world.expect(QR_TICKET_INVALID, exchange_ticket(ticket))


@scenario(Evidence.DOCS, "management API reference, qrcodeExpiresIn", mock_only=_APP)
def a_code_lives_for_two_minutes(world: World) -> None:
    user, qrcode_id = world.user_without_phone(), _shown(world)
    world.expect(STATED, change_qr_code(user, qrcode_id, _SCAN))
    world.advance(_LIFETIME_SECONDS)
    world.expect(STATED.with_data(status="EXPIRED"), check_qr_code(qrcode_id))
    world.expect(UNKNOWN_QR_CODE, change_qr_code(user, qrcode_id, _CONFIRM))


@scenario(Evidence.DOCS, _STATUS, mock_only=_APP)
def a_code_that_was_refused_signs_nobody_in(world: World) -> None:
    user, qrcode_id = world.user_without_phone(), _shown(world)
    world.expect(STATED, change_qr_code(user, qrcode_id, _SCAN))
    world.expect(STATED, change_qr_code(user, qrcode_id, _CANCEL))
    refused = STATED.with_data(status="CANCELLED", ticket=None)
    world.expect(refused, check_qr_code(qrcode_id))
    world.expect(QR_CODE_OUT_OF_TURN, change_qr_code(user, qrcode_id, _CONFIRM))


@scenario(Evidence.DOCS, _CHANGE, mock_only=_APP)
def a_code_is_scanned_before_it_is_confirmed_and_only_once(world: World) -> None:
    user, qrcode_id = world.user_without_phone(), _shown(world)
    for action in (_CONFIRM, _CANCEL):
        world.expect(QR_CODE_OUT_OF_TURN, change_qr_code(user, qrcode_id, action))
    world.expect(STATED, change_qr_code(user, qrcode_id, _SCAN))
    world.expect(QR_CODE_OUT_OF_TURN, change_qr_code(user, qrcode_id, _SCAN))


@scenario(Evidence.ASSUMED, "no source: who scanned it decides", mock_only=_APP)
def a_code_is_confirmed_by_who_scanned_it(world: World) -> None:
    user, qrcode_id = world.user_without_phone(), _shown(world)
    world.expect(STATED, change_qr_code(user, qrcode_id, _SCAN))
    world.expect(QR_CODE_OUT_OF_TURN, change_qr_code(world.another_user(), qrcode_id, _CONFIRM))


@scenario(Evidence.DOCS, "API reference, gene-qrcode, customData", mock_only=_APP)
def what_a_code_carries_is_kept_with_the_user_who_confirms_it(world: World) -> None:
    user = world.user_without_phone()
    qrcode_id = _shown(world, customData={"school": "hust"})
    world.expect(STATED, change_qr_code(user, qrcode_id, _SCAN))
    world.expect(STATED, change_qr_code(user, qrcode_id, _CONFIRM))
    usual = get_profile(user)
    with_custom = attrs.evolve(usual, path=f"{usual.path}?withCustomData=true")
    world.expect(OK.with_data(customData={"school": "hust"}), with_custom)


@scenario(Evidence.CLIENT, _TWINS, mock_only=_APP, wire_only=NO_CALL)
def the_twins_of_a_status_answer_in_an_envelope(world: World) -> None:
    user, qrcode_id = world.user_without_phone(), _shown(world)
    world.expect(QR_CODE_OUT_OF_TURN, set_qr_code(user, qrcode_id, _CONFIRM))
    world.expect(OK.with_data(success=True), set_qr_code(user, qrcode_id, _SCAN))
    world.expect(OK.with_data(status="SCANNED"), get_qr_code(qrcode_id))
    world.expect(OK.with_data(success=True), set_qr_code(user, qrcode_id, _CONFIRM))
    world.expect(OK.with_data(status="AUTHORIZED", ticket=text), get_qr_code(qrcode_id))


@scenario(Evidence.CLIENT, _TWINS, wire_only=NO_CALL)
def the_twins_of_a_status_refuse_as_it_does(world: World) -> None:
    user = world.user_without_phone()
    world.expect(UNKNOWN_QR_CODE, get_qr_code("nobody-made-this"))
    world.expect(UNKNOWN_QR_CODE, set_qr_code(user, "nobody-made-this", _SCAN))
    world.expect(NOT_SIGNED_IN, set_qr_code(NOBODY, "some-code", _SCAN))
    world.expect(INVALID_ARGUMENT.naming("qrcodeId"), get_qr_code(""))
    world.expect(INVALID_ARGUMENT.naming("action"), set_qr_code(user, "some-code", "SHOUT"))


@scenario(Evidence.ASSUMED, _STATUS)
def a_made_up_code_is_refused(world: World) -> None:
    user = world.user_without_phone()
    world.expect(UNKNOWN_QR_CODE, check_qr_code("nobody-made-this"))
    world.expect(UNKNOWN_QR_CODE, change_qr_code(user, "nobody-made-this", _SCAN))
    world.expect(QR_TICKET_INVALID, exchange_ticket("nobody-gave-this"))


@scenario(Evidence.DOCS, _CHANGE, wire_only=WANTS_SIGN_IN)
def a_code_is_not_scanned_without_signing_in(world: World) -> None:
    world.expect(NOT_SIGNED_IN, change_qr_code(NOBODY, _shown(world), _SCAN))


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_scans_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, change_qr_code(user, _shown(world), _SCAN))


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only=SUSPENDING,
    wire_only=NO_CALL,
)
def a_suspended_user_scans_nothing_by_the_twin(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, set_qr_code(user, _shown(world), _SCAN))


@scenario(Evidence.DOCS, "API reference, gene-qrcode", wire_only=MALFORMED)
def what_is_missing_from_a_call_about_qr_codes_is_named(world: World) -> None:
    user = world.user_without_phone()
    change, exchange = "change-qrcode-status", "exchange-tokenset-with-qrcode-ticket"
    for field, call in (
        ("type", any_post("gene-qrcode", {})),
        ("qrcodeId", check_qr_code("")),
        ("action", any_post(change, {"qrcodeId": "some-code"}, user)),
        ("action", change_qr_code(user, "some-code", "SHOUT")),
        ("ticket", any_post(exchange, {})),
    ):
        world.expect(INVALID_ARGUMENT.naming(field), call)


@scenario(
    Evidence.ASSUMED,
    "API reference, gene-qrcode, type",
    mock_only="a GenAuth host asks WeChat",
    wire_only="the SDK takes a 501 for an outcome that nobody knows",
)
def a_code_for_wechat_is_not_imitated(world: World) -> None:
    world.expect(NOT_IMITATED, gene_qr_code(type="WECHAT_MINIPROGRAM"))


def _shown(world: World, **fields: object) -> str:
    """Make a QR code; return its id."""
    shown = world.expect(OK.with_data(url=text), gene_qr_code(**fields))
    return world.field(shown, "qrcodeId")


def _confirmed(world: World, user: User, qrcode_id: str) -> str:
    """Confirm a code that was scanned; return the ticket."""
    world.expect(STATED, change_qr_code(user, qrcode_id, _CONFIRM))
    authorized = STATED.with_data(status="AUTHORIZED", ticket=text)
    return world.field(world.expect(authorized, check_qr_code(qrcode_id)), "ticket")


def _ticket(world: World, user: User) -> str:
    """Show a code, scan it and confirm it; return the ticket."""
    qrcode_id = _shown(world)
    world.expect(STATED, change_qr_code(user, qrcode_id, _SCAN))
    return _confirmed(world, user, qrcode_id)
