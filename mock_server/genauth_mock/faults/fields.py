"""Faults in JSON: what ``POST /_mock/faults`` and a fault file take, and what ``GET /_mock/faults`` shows.

Whom it befalls (what is left out befalls everybody):

- ``route``: ``/api/v3/bind-phone``, or ``bind-phone`` for short.
- ``user``: a user's id or username. Calls with an access token of that user.
- ``phoneNumber``: a number with or without its country calling code, or an e-mail address. Calls that name it, or are
  made by its owner.
- ``channel``: such as ``CHANNEL_BIND_PHONE``. Calls that name it.
- ``times``: how many requests it befalls; left out or null: until it is removed.
- ``skip``: how many fitting requests pass unharmed first.
- ``probability``: from 0 to 1, the share of fitting requests that it befalls.

What it does is its ``kind``, which may be left out where another field tells it:

- ``delay``, with ``delaySeconds`` or ``delay``: holds the request up.
- ``status``, with ``httpStatus``: answers with an HTTP status; below 400 the true answer keeps its body.
- ``envelope``, with ``outcome``, or with ``statusCode``, ``apiCode`` and ``message``: answers what GenAuth answers for
  an outcome, or what you say.
- ``reset``: resets the connection (RST).
- ``drop``: closes the connection without a byte.
- ``cut``, with ``cutAfterBytes``: closes the connection in the middle of the body, by default after half of it.
- ``trickle``, with ``overSeconds`` (5): lets the body come slowly, in small pieces.
- ``notJson``, with ``body`` and ``contentType``: answers an HTML page, or what ``body`` says.
- ``empty``: answers with no body.
- ``delivery``, with ``delivery``: the request succeeds, and its message comes ``late`` (by ``delaySeconds``), ``never``
  or ``twice``.

``when`` is ``before`` (the request takes no effect) or ``after`` (it does, and then the fault strikes). Left out it is
``after`` for what spoils an answer (``cut``, ``trickle``, ``notJson``, ``empty``, an HTTP status below 400), else
``before``.

``httpStatus``, ``retryAfter`` (seconds), ``delaySeconds`` and the fields of ``envelope`` go with every kind of answer.
``delay`` is ``{"distribution": "uniform", "fromSeconds": 0.1, "toSeconds": 2}`` or
``{"distribution": "lognormal", "medianSeconds": 0.2, "sigma": 0.5}``. Delays are real time, except that of a late
message, which is the app's time: moving the clock lets it arrive.

Of several faults that fit a request every delay befalls it, and of the others the oldest one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from genauth_mock.address import masked_recipient
from genauth_mock.faults.delay import Delay, Distribution
from genauth_mock.faults.fault import Delivery, Fault, Kind, When
from genauth_mock.faults.names import KIND_SYNONYMS, SYNONYMS
from genauth_mock.faults.values import FIELDS, BadFault, show_delay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.faults.armed import Armed

Json = dict[str, object]

FIRST_ERROR_STATUS: Final = 400

_SPOILING: Final = {Kind.CUT, Kind.TRICKLE, Kind.NOT_JSON, Kind.EMPTY}


def read_fault(given: Mapping[str, object]) -> Fault:
    """Read a fault.

    Raises:
        BadFault: Names the field at fault and what it must be.
    """
    named = _known(given)
    wanted_kind, wanted_when = _kind_and_when(named.pop("kind", None))
    values: dict[str, object] = {}
    for name, value in named.items():
        if value is not None:
            values[FIELDS[name].attribute] = _read(name, value)
    _merge_delays(values)
    values["kind"] = kind = wanted_kind or _kind_of(values)
    values.setdefault("when", wanted_when or _usual_when(kind, values))
    _check(kind, values)
    return Fault(**values)  # type: ignore[arg-type]  # each was read by its own field


def show_fault(fault: Fault) -> Json:
    """Show a fault as `read_fault` takes it, besides ``id`` and ``applied``; numbers are masked."""
    shown: Json = {"id": fault.fault_id, "kind": fault.kind}
    for name, one in FIELDS.items():
        value: object = getattr(fault, one.attribute, None)
        if value is not None and name not in {"delaySeconds", "delay"}:
            shown[name] = value
    if fault.phone_number is not None:
        shown["phoneNumber"] = masked_recipient(fault.phone_number)
    if fault.delay is not None:
        shown |= show_delay(fault.delay)
    if not fault.skip:
        shown.pop("skip")
    if fault.probability == 1:
        shown.pop("probability")
    return {**shown, "applied": fault.applied}


def show_armed(armed: Armed) -> Json:
    """Show the faults of an app."""
    return {"faults": [show_fault(fault) for fault in armed.faults]}


def _known(given: Mapping[str, object]) -> dict[str, object]:
    named: dict[str, object] = {}
    for name, value in given.items():
        real = SYNONYMS.get(name, name)
        if not real:
            continue
        if real != "kind" and real not in FIELDS:
            msg = f"{name} is not a field of a fault; there are: kind, {', '.join(FIELDS)}"
            raise BadFault(msg)
        named[real] = value
    return named


def _read(name: str, value: object) -> object:
    try:
        return FIELDS[name].read(value)
    except ValueError as error:
        msg = f"{name} must be {error}"
        raise BadFault(msg) from None


def _kind_and_when(given: object) -> tuple[Kind | None, When | None]:
    """Read a kind, and from words such as ``resetAfter`` when it strikes."""
    if given is None:
        return None, None
    word = re.sub("[-_ ]", "", given).lower() if isinstance(given, str) else ""
    stem = re.sub("(before|after)$", "", word)
    when = When(word.removeprefix(stem)) if stem != word else None
    kinds = {kind.lower(): kind for kind in Kind} | KIND_SYNONYMS
    if stem not in kinds:
        msg = f"kind must be one of {', '.join(Kind)}"
        raise BadFault(msg)
    return kinds[stem], when


def _kind_of(values: Mapping[str, object]) -> Kind:
    tellers = {
        "delivery": Kind.DELIVERY,
        "cut_after_bytes": Kind.CUT,
        "over_seconds": Kind.TRICKLE,
        "body": Kind.NOT_JSON,
        "outcome": Kind.ENVELOPE,
        "status_code": Kind.ENVELOPE,
        "api_code": Kind.ENVELOPE,
        "http_status": Kind.STATUS,
        "delay": Kind.DELAY,
    }
    for attribute, kind in tellers.items():
        if attribute in values:
            return kind
    msg = (
        f"a fault needs a kind ({', '.join(Kind)}), or a field that tells it, "
        'such as {"delaySeconds": 2}, {"httpStatus": 503} or {"outcome": "EXPIRED_CODE"}'
    )
    raise BadFault(msg)


def _usual_when(kind: Kind, values: Mapping[str, object]) -> When:
    if kind in _SPOILING:
        return When.AFTER
    status = cast("int", values.get("http_status", FIRST_ERROR_STATUS))
    keeps_its_body = kind is Kind.STATUS and status < FIRST_ERROR_STATUS
    return When.AFTER if keeps_its_body else When.BEFORE


def _merge_delays(values: dict[str, object]) -> None:
    seconds = values.pop("delay_seconds", None)
    if seconds is None:
        return
    if "delay" in values:
        msg = "delaySeconds and delay say the same thing: give one of them"
        raise BadFault(msg)
    values["delay"] = Delay(Distribution.FIXED, cast("float", seconds))


def _check(kind: Kind, values: dict[str, object]) -> None:
    needs = {
        Kind.DELAY: ("delay", "delaySeconds"),
        Kind.STATUS: ("http_status", "httpStatus"),
        Kind.DELIVERY: ("delivery", f"delivery: one of {', '.join(Delivery)}"),
    }
    attribute, name = needs.get(kind, ("kind", ""))
    if attribute not in values:
        msg = f"a fault of kind {kind} needs {name}"
        raise BadFault(msg)
    if kind is Kind.ENVELOPE and not {"outcome", "status_code"} & values.keys():
        msg = "a fault of kind envelope needs outcome, or statusCode with apiCode and message"
        raise BadFault(msg)
    if "outcome" in values and {"status_code", "api_code", "message"} & values.keys():
        msg = "outcome says statusCode, apiCode and message: give it, or them"
        raise BadFault(msg)
    if values.get("delivery") is Delivery.LATE and "delay" not in values:
        msg = "a late delivery needs delaySeconds"
        raise BadFault(msg)
