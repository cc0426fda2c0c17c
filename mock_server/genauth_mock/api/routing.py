"""Which call of the API a request makes, and the body that it sends; or why it makes none."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, cast

from genauth_mock.api.documented import documented_path, is_not_imitated
from genauth_mock.api.endpoints import CALLS, ISSUING
from genauth_mock.api.oidc_clients import form_of
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import define
from genauth_mock.http.json_text import read_json
from genauth_mock.http.messages import BODY_LIMIT
from genauth_mock.http.paths import parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Call
    from genauth_mock.http.messages import HttpRequest


log = logging.getLogger("genauth_mock")

_CALLS: Final = {call.path: call for call in CALLS}


@define(eq=False, weakref_slot=False)
class ResolvedCall:
    """What a request asks for.

    Attributes:
        call: The call that it makes; None where it makes none.
        body: What was read of its body.
        refusal: Why it makes none.
    """

    call: Call | None
    body: Mapping[str, object] | None = None
    refusal: Refusal | None = None


FORM: Final = "application/x-www-form-urlencoded"


def below_app(path: str) -> tuple[str | None, str]:
    """Return the app that a path below ``/{appId}/oidc/.well-known/`` names, and the path without it."""
    app_id, found, rest = path[1:].partition(_WELL_KNOWN)
    if not found or not app_id or "/" in app_id:
        return None, path
    return app_id, _WELL_KNOWN + rest


_WELL_KNOWN: Final = "/oidc/.well-known/"


def is_issuing(path: str) -> bool:
    """Return whether the call at a path names the issuer of tokens: for it, it counts how the server was reached."""
    return path in ISSUING or _WELL_KNOWN in path


def resolve(request: HttpRequest) -> ResolvedCall:
    """Return the call that a request makes and its body, or the reason why it makes none."""
    call = _CALLS.get(request.path) or _found(request.path)
    body: Mapping[str, object] | None = None
    try:
        if request.method == "POST" and (call is not None or request.body):
            takes_form = call is not None and call.takes_form
            body = _form(request) if takes_form else _json_object(request.body)
    except Refusal as refusal:
        if call is not None and "POST" in (call.method, call.other_method):
            return ResolvedCall(None, None, refusal.with_traceback(None))
    if call is None:
        return ResolvedCall(None, body, _unknown(request))
    if request.method in (call.method, call.other_method):
        return ResolvedCall(
            call,
            {**(body or {}), **parts_of(call.path, request.path)} if "{" in call.path else body,
        )
    if call.twin is not None and request.method == call.twin.method:
        return ResolvedCall(call.twin, body)
    what, rule = f"{request.method} {request.path}", f"{request.path} takes {call.method}"
    return ResolvedCall(None, body, Refusal(Outcome.METHOD_NOT_ALLOWED, what, why={"rule": rule}))


def _found(path: str) -> Call | None:
    """Return the call of a path that is not in the table as it stands."""
    return _CALLS.get(below_app(path)[1]) or _CALLS.get(documented_path(path))


def _form(request: HttpRequest) -> Mapping[str, object]:
    if len(request.body) > BODY_LIMIT:
        raise Refusal(Outcome.BODY_TOO_LARGE, f"more than {BODY_LIMIT} bytes")
    given = request.headers.get("content-type", "")
    if request.body and given and FORM not in given.lower():
        said = f"only {FORM} content-type bodies are supported on {request.method} {request.path}"
        raise Refusal(Outcome.INVALID_ARGUMENT, said)
    return form_of(request.body)


def _json_object(body: bytes) -> Mapping[str, object]:
    if len(body) > BODY_LIMIT:
        raise Refusal(Outcome.BODY_TOO_LARGE, f"more than {BODY_LIMIT} bytes")
    try:
        content = read_json(body)
    except ValueError:
        raise Refusal(Outcome.NOT_JSON, "this is not JSON") from None
    if not isinstance(content, dict):
        raise Refusal(Outcome.NOT_JSON, f"this is a {type(content).__name__}")
    return cast("Mapping[str, object]", content)


def _unknown(request: HttpRequest) -> Refusal:
    what = f"{request.method} {request.path}"
    if is_not_imitated(request.path):
        log.warning("not imitated: %s", what)
        return Refusal(
            Outcome.NOT_IMITATED, f"{what} exists in GenAuth, not in the offline GenAuth"
        )
    return Refusal(Outcome.NOT_FOUND, what)
