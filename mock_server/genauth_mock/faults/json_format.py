"""Reads and writes faults in JSON: for ``POST /_mock/faults``, ``GET /_mock/faults`` and fault files.

What it applies to: every request that matches all fields that are given:

- ``route``: ``/api/v3/bind-phone``, or ``bind-phone`` for short: the imitated path that ends so.
- ``user``: a user's id or username. Calls with an access token of that user.
- ``phoneNumber``: a number with or without its country calling code, or an e-mail address. Calls that name it, or are
  made by its owner.
- ``channel``: such as ``CHANNEL_BIND_PHONE``, or ``BIND_PHONE`` for short. Calls that name it.
- ``times``: how many requests it applies to; left out or null: until it is removed.
- ``skip``: how many fitting requests pass unharmed first.
- ``probability``: from 0 to 1, the share of matching requests that it applies to.

The effect is its ``kind``, which may be left out where another field implies it:

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
  or ``twice``. With ``webhook`` (an event such as ``user:updated``, or ``*`` for all) it is a webhook that comes
  ``never`` or ``twice``; ``user`` is then whom the event is about.

``when`` is ``before`` (the request takes no effect) or ``after`` (it does, and then the fault is applied). Left out it
is ``after`` for kinds that change an answer (``cut``, ``trickle``, ``notJson``, ``empty``, an HTTP status below 400),
else ``before``.

``httpStatus``, ``retryAfter`` (seconds), ``delaySeconds`` and the fields of ``envelope`` go with every kind of answer.
``delay`` is ``{"distribution": "uniform", "fromSeconds": 0.1, "toSeconds": 2}`` or
``{"distribution": "lognormal", "medianSeconds": 0.2, "sigma": 0.5}``. Delays are real time, except that of a late
message, which is the app's time: moving the clock lets it arrive.

Of several faults that match a request, every delay applies, and of the others the oldest one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, NoReturn, TypeVar, cast

import attrs

from genauth_mock.engine.address import masked_recipient
from genauth_mock.engine.json_values import (
    InvalidInput,
    Problem,
    camel_cased,
    choice,
    number,
    text,
    whole,
)
from genauth_mock.engine.webhook_settings import EVENTS
from genauth_mock.faults.fault import (
    FIRST_ERROR_STATUS,
    LONGEST_DELAY_SECONDS,
    Delay,
    Delivery,
    Distribution,
    Fault,
    Kind,
    When,
)
from genauth_mock.faults.names import (
    read_channel,
    read_name,
    read_outcome,
    read_recipient,
    read_route,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.faults.matching import FaultSet


Json = dict[str, object]
Value = TypeVar("Value")

LARGEST_SIGMA: Final = 10.0
"""The widest lognormal delay: one draw in six is longer than 22,000 medians."""

LAST_HTTP_STATUS: Final = 599
_HEADER: Final = re.compile("[!-~]([ -~]*[!-~])?")
"""Source: RFC 9110, section 5.5: what a header may hold without surprises; no line ends."""


def _header(value: object) -> str:
    if not isinstance(value, str) or not _HEADER.fullmatch(value):
        msg = "a media type such as text/plain; charset=utf-8"
        raise ValueError(msg)
    return value


def _webhook(value: object) -> str:
    if value not in ("*", *EVENTS):
        msg = f"an event of a webhook: {', '.join(EVENTS)}, or * for all of them"
        raise ValueError(msg)
    return str(value)


def _delay(value: object) -> Delay:
    if not isinstance(value, dict):
        return Delay(Distribution.FIXED, _seconds(value))
    given = cast("dict[str, object]", value)
    distribution = _inner("distribution", choice(Distribution), given, Distribution.FIXED)
    names = {
        Distribution.FIXED: ("seconds",),
        Distribution.UNIFORM: ("fromSeconds", "toSeconds"),
        Distribution.LOGNORMAL: ("medianSeconds", "sigma"),
    }[distribution]
    unknown = set(given) - {"distribution", *names}
    if unknown:
        msg = f"an object with distribution, {', '.join(names)}, not {', '.join(sorted(unknown))}"
        raise ValueError(msg)
    sigma = number(0, LARGEST_SIGMA)
    first, *others = (
        _inner(name, sigma if name == "sigma" else _seconds, given, None) for name in names
    )
    match distribution:
        case Distribution.FIXED:
            return Delay(distribution, first)
        case Distribution.UNIFORM:
            return Delay(distribution, first, longest=max(first, others[0]))
        case Distribution.LOGNORMAL:
            return Delay(distribution, first, sigma=others[0])


def _inner(
    name: str, read: Callable[[object], Value], given: Mapping[str, object], default: Value | None
) -> Value:
    if name not in given and default is not None:
        return default
    try:
        return read(given.get(name))
    except ValueError as error:
        msg = f"an object whose {name} is {error}"
        raise ValueError(msg) from None


def show_delay(delay: Delay) -> Json:
    """Show a delay as it is read."""
    match delay.distribution:
        case Distribution.FIXED:
            return {"delaySeconds": delay.seconds}
        case Distribution.UNIFORM:
            names = {"fromSeconds": delay.seconds, "toSeconds": delay.longest}
        case Distribution.LOGNORMAL:
            names = {"medianSeconds": delay.seconds, "sigma": delay.sigma}
    return {"delay": {"distribution": delay.distribution, **names}}


_seconds = number(0, LONGEST_DELAY_SECONDS)


@attrs.frozen(field_transformer=camel_cased)
class FaultBody:
    """A fault in JSON. ``id`` and ``applied`` are taken, so that what was shown can be posted again, and ignored."""

    kind: Annotated[Kind, choice(Kind)] | None = None
    when: Annotated[When, choice(When)] | None = None
    route: Annotated[str | None, read_route] | None = None
    user: Annotated[str, read_name] | None = None
    phone_number: Annotated[str, read_recipient] | None = None
    channel: Annotated[str, read_channel] | None = None
    times: Annotated[int, whole(1, 1_000_000)] | None = None
    skip: Annotated[int, whole(0, 1_000_000)] | None = None
    probability: Annotated[float, number(0, 1)] | None = None
    delay_seconds: Annotated[float, _seconds] | None = None
    delay: Annotated[Delay, _delay] | None = None
    http_status: Annotated[int, whole(200, LAST_HTTP_STATUS)] | None = None
    retry_after: Annotated[int, whole(0, LONGEST_DELAY_SECONDS)] | None = None
    outcome: Annotated[str, read_outcome] | None = None
    status_code: Annotated[int, whole(0, 99_999)] | None = None
    api_code: Annotated[int, whole(-(2**31), 2**31)] | None = None
    message: Annotated[str, text] | None = None
    body: Annotated[str, text] | None = attrs.field(default=None, repr=False)
    content_type: Annotated[str, _header] | None = None
    over_seconds: Annotated[float, _seconds] | None = None
    cut_after_bytes: Annotated[int, whole(0, 1_000_000)] | None = None
    delivery: Annotated[Delivery, choice(Delivery)] | None = None
    webhook: Annotated[str, _webhook] | None = None
    app_id: Annotated[str, text] | None = None
    id: object = None
    applied: object = None


_IGNORED: Final = {"id", "applied", "appId"}

FIELDS: Final[Mapping[str, str]] = {
    each.alias or each.name: each.name
    for each in attrs.fields(FaultBody)
    if each.alias not in _IGNORED
}
"""Every field by its JSON name, with the attribute of `FaultBody`."""

_AFTER_KINDS: Final = {Kind.CUT, Kind.TRICKLE, Kind.NOT_JSON, Kind.EMPTY}


def read_fault(given: Mapping[str, object]) -> Fault:
    """Read a fault.

    Raises:
        InvalidInput: Names every field at fault and what it must be.
    """
    from genauth_mock.engine import json_shapes  # noqa: PLC0415 - imports cattrs, a fifth of the start

    body = json_shapes.reader(FaultBody)(given)
    delay = _one_delay(body)
    kind = body.kind or _kind_of(body)
    _check(kind, body, delay)
    values = {
        name: value
        for name in attrs.fields_dict(Fault)
        if name != "applied" and (value := getattr(body, name, None)) is not None
    }
    values |= {"kind": kind, "when": body.when or _usual_when(kind, body), "delay": delay}
    return Fault(**values)


def show_fault(fault: Fault) -> Json:
    """Return a fault as `read_fault` takes it, besides ``id`` and ``applied``; numbers are masked."""
    shown: Json = {"id": fault.fault_id, "kind": fault.kind}
    for name, attribute in FIELDS.items():
        value: object = getattr(fault, attribute, None)
        if value is not None and name != "delay":
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


def show_fault_set(active: FaultSet) -> Json:
    """Return the faults of an app as JSON."""
    return {"faults": [show_fault(fault) for fault in active.faults]}


def _kind_of(body: FaultBody) -> Kind:
    """Return the kind that another field implies."""
    implied = {
        "delivery": Kind.DELIVERY,
        "cut_after_bytes": Kind.CUT,
        "over_seconds": Kind.TRICKLE,
        "body": Kind.NOT_JSON,
        "outcome": Kind.ENVELOPE,
        "status_code": Kind.ENVELOPE,
        "api_code": Kind.ENVELOPE,
        "http_status": Kind.STATUS,
        "delay_seconds": Kind.DELAY,
        "delay": Kind.DELAY,
    }
    kind = next((implied[name] for name in implied if getattr(body, name) is not None), None)
    if kind is None:
        _refuse(
            f"a fault needs a kind ({', '.join(Kind)}), or a field that implies it, "
            'such as {"delaySeconds": 2}, {"httpStatus": 503} or {"outcome": "EXPIRED_CODE"}'
        )
    return kind


def _usual_when(kind: Kind, body: FaultBody) -> When:
    if kind in _AFTER_KINDS:
        return When.AFTER
    status = FIRST_ERROR_STATUS if body.http_status is None else body.http_status
    keeps_its_body = kind is Kind.STATUS and status < FIRST_ERROR_STATUS
    return When.AFTER if keeps_its_body else When.BEFORE


def _one_delay(body: FaultBody) -> Delay | None:
    if body.delay_seconds is None:
        return body.delay
    if body.delay is not None:
        _refuse("delaySeconds and delay mean the same: give one of them")
    return Delay(Distribution.FIXED, body.delay_seconds)


def _check(kind: Kind, body: FaultBody, delay: Delay | None) -> None:
    needed: Mapping[Kind, tuple[object, str]] = {
        Kind.DELAY: (delay, "delaySeconds"),
        Kind.STATUS: (body.http_status, "httpStatus"),
        Kind.DELIVERY: (body.delivery, f"delivery: one of {', '.join(Delivery)}"),
    }
    value, name = needed.get(kind, (kind, ""))
    if value is None:
        _refuse(f"a fault of kind {kind} needs {name}")
    figures = (body.status_code, body.api_code, body.message)
    if kind is Kind.ENVELOPE and body.outcome is None and body.status_code is None:
        _refuse("a fault of kind envelope needs outcome, or statusCode with apiCode and message")
    if body.outcome is not None and any(figure is not None for figure in figures):
        _refuse("outcome stands for statusCode, apiCode and message: give it, or them")
    if body.delivery is Delivery.LATE and delay is None:
        _refuse("a late delivery needs delaySeconds")
    if body.webhook is not None:
        _check_webhook(kind, body)


def _check_webhook(kind: Kind, body: FaultBody) -> None:
    if kind is not Kind.DELIVERY or body.delivery is Delivery.LATE:
        _refuse("webhook needs delivery: never or twice; a webhook is not late")
    for name in ("route", "phoneNumber", "channel"):
        if getattr(body, FIELDS[name]) is not None:
            _refuse(f"{name} does not go with webhook: user says whom the event is about")


def _refuse(text: str) -> NoReturn:
    raise InvalidInput(Problem("", text))
