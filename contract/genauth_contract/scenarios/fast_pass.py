"""Signing an app in by a QR code that the user shows, who is signed in to a browser."""

from __future__ import annotations

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.fast_pass import (
    app_login,
    fast_pass_apps,
    fast_pass_status,
    gene_fast_pass,
)
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.checks.matchers import bearer, first_has, text
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, User
from genauth_contract.outcomes.qr_codes import QR_CODE_OUT_OF_TURN, UNKNOWN_QR_CODE
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_GENE = "API reference, gene-fastpass-qrcode-info"
_STATUS = "API reference, get-app-login-qrcode-status"
_LOGIN = "API reference, qrcode-app-login"
_APP = "an account is lent without an app of its own that scans"
_LIFETIME_SECONDS = 120


@scenario(Evidence.DOCS, _LOGIN, mock_only=_APP)
def an_app_that_scans_a_code_is_signed_in_as_its_user(world: World) -> None:
    user = world.user_without_phone()
    username, _ = world.login_of(user)
    qrcode_id = _shown(world, user)
    world.expect(OK.with_data(status="PENDING"), fast_pass_status(qrcode_id))
    app_id = world.application.app_id
    apps = OK.with_data(relationApps=first_has(id=app_id))
    world.expect(apps, fast_pass_apps(qrcode_id, app_id))
    world.expect(OK.with_data(status="SCANNED"), fast_pass_status(qrcode_id))
    tokens = OK.with_data(access_token=text, token_type=bearer)
    signed_in = User(world.field(world.expect(tokens, app_login(qrcode_id)), "access_token"))
    world.expect(OK.with_data(username=username), get_profile(signed_in))
    world.expect(OK.with_data(status="AUTHORIZED"), fast_pass_status(qrcode_id))


@scenario(Evidence.ASSUMED, "the word QR code; no source says what a second app is", mock_only=_APP)
def a_code_signs_one_app_in(world: World) -> None:
    qrcode_id = _shown(world, world.user_without_phone())
    world.expect(OK, app_login(qrcode_id))
    world.expect(QR_CODE_OUT_OF_TURN, app_login(qrcode_id))


@scenario(Evidence.DOCS, "management API reference, qrcodeExpiresIn", mock_only=_APP)
def a_code_that_signs_an_app_in_lives_for_two_minutes(world: World) -> None:
    qrcode_id = _shown(world, world.user_without_phone())
    world.advance(_LIFETIME_SECONDS)
    world.expect(OK.with_data(status="EXPIRED"), fast_pass_status(qrcode_id))
    world.expect(UNKNOWN_QR_CODE, app_login(qrcode_id))
    world.expect(UNKNOWN_QR_CODE, fast_pass_apps(qrcode_id, world.application.app_id))


@scenario(Evidence.ASSUMED, _STATUS)
def a_made_up_code_signs_no_app_in(world: World) -> None:
    for call in (
        fast_pass_status("nobody-made-this"),
        fast_pass_apps("nobody-made-this", world.application.app_id),
        app_login("nobody-made-this"),
    ):
        world.expect(UNKNOWN_QR_CODE, call)


@scenario(Evidence.DOCS, _GENE, wire_only=WANTS_SIGN_IN)
def a_code_that_signs_an_app_in_needs_a_signed_in_user(world: World) -> None:
    world.expect(NOT_SIGNED_IN, gene_fast_pass(NOBODY))


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only=SUSPENDING,
    wire_only="the SDK has no call that suspends",
)
def a_suspended_user_signs_no_app_in(world: World) -> None:
    user = world.mock.user(userId="tired", username="tired")
    qrcode_id = _shown(world, user)
    world.mock.change_user("tired", status="Suspended")
    world.expect(USER_SUSPENDED, gene_fast_pass(user))
    world.expect(USER_SUSPENDED, app_login(qrcode_id))


@scenario(Evidence.DOCS, _LOGIN, wire_only=MALFORMED)
def what_is_missing_from_a_call_that_signs_an_app_in_is_named(world: World) -> None:
    for field, call in (
        ("qrcodeId", fast_pass_status("")),
        ("appId", fast_pass_apps("some-code", "")),
        ("action", any_post("qrcode-app-login", {"qrcodeId": "some-code", "action": "SHOUT"})),
        ("qrcodeId", any_post("qrcode-app-login", {"action": "APP_LOGIN"})),
    ):
        world.expect(INVALID_ARGUMENT.naming(field), call)


@scenario(Evidence.DOCS, _GENE, wire_only=MALFORMED)
def options_of_a_code_that_are_no_object_are_refused(world: World) -> None:
    user = world.user_without_phone()
    call = any_post("gene-fastpass-qrcode-info", {"options": "all"}, user)
    world.expect(INVALID_ARGUMENT.naming("options"), call)


def _shown(world: World, user: User) -> str:
    """Show a code that signs an app in; return its id."""
    shown = world.expect(OK.with_data(scene=text, apiHost=text), gene_fast_pass(user))
    return world.field(shown, "qrcodeId")
