"""The whole state of an app as JSON, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

from attrs import evolve, field

from genauth_mock.control.clock import A_DAY_SECONDS, FURTHEST_SECONDS
from genauth_mock.engine.accounts import (
    AccessToken,
    AuthorizationCode,
    BrowserSession,
    DeletionToken,
    Owner,
    RefreshToken,
    ResetToken,
    RevokedGrant,
    UpdateToken,
    User,
)
from genauth_mock.engine.cas import CasTicket
from genauth_mock.engine.clock import Clock, clock_of, real_time
from genauth_mock.engine.context import Caller
from genauth_mock.engine.ext_idp_records import PendingBinding, WechatToken
from genauth_mock.engine.factor_records import (
    Enrollment,
    Passkey,
    PasskeyTicket,
    UserFactors,
)
from genauth_mock.engine.fast_pass import FastPass
from genauth_mock.engine.given_answers import GivenAnswer
from genauth_mock.engine.json_values import InvalidInput, Problem, number
from genauth_mock.engine.mfa_demand import MfaToken
from genauth_mock.engine.pass_code import CodeHistory, PassCode
from genauth_mock.engine.push_codes import PushCode
from genauth_mock.engine.qr_codes import QrCode, QrTicket
from genauth_mock.engine.settings import Settings, read_settings, show_settings
from genauth_mock.engine.sign_in_activity import SignInActivity
from genauth_mock.engine.value import frozen
from genauth_mock.runtime.randomness import Drawn
from genauth_mock.runtime.turns import in_turns
from genauth_mock.seeds.seed import AppliedSeed
from genauth_mock.storage.interfaces import Wanted
from genauth_mock.storage.serialization import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from genauth_mock.control.request import Json
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.records import Records
    from genauth_mock.runtime.deployment import Deployment


FORMAT: Final = "genauth-mock state 3"
"""Says what a file is, and how it is to be read."""

KINDS: Final[dict[str, type[object]]] = {
    "Planted": AppliedSeed,
    "Settings": Settings,
    "Clock": Clock,
    "Drawn": Drawn,
    "User": User,
    "Owner": Owner,
    "AccessToken": AccessToken,
    "RefreshToken": RefreshToken,
    "UpdateToken": UpdateToken,
    "Line": CodeHistory,
    "GivenAnswer": GivenAnswer,
    "ResetToken": ResetToken,
    "DeletionToken": DeletionToken,
    "RevokedGrant": RevokedGrant,
    "AuthorizationCode": AuthorizationCode,
    "BrowserSession": BrowserSession,
    "UserFactors": UserFactors,
    "Enrollment": Enrollment,
    "QrCode": QrCode,
    "QrTicket": QrTicket,
    "MfaToken": MfaToken,
    "Passkey": Passkey,
    "PasskeyTicket": PasskeyTicket,
    "FastPass": FastPass,
    "PushCode": PushCode,
    "SignInActivity": SignInActivity,
    "WechatToken": WechatToken,
    "PendingBinding": PendingBinding,
    "CasTicket": CasTicket,
}
"""Record types by their names in a dump, which never change.

Left out are faults, which belong to a test, and how many requests there were in the last second.
"""


@frozen
class State:
    """What an app has: its records by type and key, and the codes of its messages, oldest first."""

    records: tuple[tuple[str, object], ...]
    messages: tuple[PassCode, ...]
    now: float
    signing_keys: str | None = field(default=None, repr=False)


async def dump(deployment: Deployment, app_id: str) -> Json:
    """Write down everything that an app has. It holds passwords, tokens and pass codes: that is what it is for."""
    records = await deployment.store.transact(app_id, _all_records)
    every = Wanted(limit=deployment.options.outbox_size)
    messages = await deployment.outbox.find(app_id, every)
    keys = await deployment.token_issuers.private_keys()
    clock = next((record for kind, _, record in records if kind == Clock.__name__), Clock())
    return {
        "format": FORMAT,
        "appId": app_id,
        "now": cast("Clock", clock).seconds(real_time()),
        "records": [[kind, key, _as_json(record)] async for kind, key, record in in_turns(records)],
        "messages": [_as_json(message.code) async for message in in_turns(reversed(messages))],
        **({} if keys is None else {"signingKeys": json.loads(keys)}),
    }


async def publish_keys(deployment: Deployment, signing_keys: str) -> None:
    """Publish the signing keys of a state, so that its tokens verify.

    Raises:
        InvalidInput: These are no keys.
    """
    try:
        await deployment.token_issuers.take(signing_keys)
    except ValueError as error:
        raise InvalidInput(Problem("signingKeys", str(error))) from None


async def put_state(deployment: Deployment, app_id: str, state: State) -> None:
    """Replace what an app has by a state; its time goes on from the moment of the dump."""
    await deployment.reset(app_id)
    await deployment.store.forget(app_id)
    await deployment.run(Caller(app_id), lambda context: _file(context, state))
    for code in state.messages:
        await deployment.outbox.add(app_id, code)


async def read_state(state: Json) -> State:
    """Read a state.

    Raises:
        InvalidInput: It is not a state, or one of another version.
    """
    if state.get("format") != FORMAT:
        problem = f"this is not a state: its format is {state.get('format')!r}, not {FORMAT!r}"
        raise InvalidInput(Problem("", problem))
    try:
        given = cast("list[tuple[str, str, object]]", state["records"])
        records = [(key, _record(kind, content)) async for kind, key, content in in_turns(given)]
        messages = cast("list[object]", state["messages"])
        return State(
            records=tuple(records),
            messages=tuple([_code(content) async for content in in_turns(messages)]),
            now=_moment(cast("float", state["now"]), records),
            signing_keys=json.dumps(state["signingKeys"]) if "signingKeys" in state else None,
        )
    except (
        ExceptionGroup,
        KeyError,
        OverflowError,
        TypeError,
        ValueError,
    ) as error:  # cattrs raises groups
        problem = f"this state is damaged: {type(error).__name__}"
        raise InvalidInput(Problem("", problem)) from None


def _moment(seconds: float, records: Iterable[tuple[str, object]]) -> float:
    """Return the moment from which the app's time goes on; it must stay within the calendar for a day."""
    moment = float(seconds)
    kept = next((record for _, record in records if isinstance(record, Clock)), Clock())
    begun = evolve(kept, real=0, shown=moment)
    number(0, FURTHEST_SECONDS)(begun.scale)
    if not (begun.is_within_calendar(0) and begun.is_within_calendar(A_DAY_SECONDS)):
        message = "now is not within the years 1000 to 9899"
        raise ValueError(message)
    return moment


def _all_records(records: Records) -> list[tuple[str, str, object]]:
    return [
        (name, key, record) for name, kind in KINDS.items() for key, record in records.filed(kind)
    ]


def _file(context: CallContext, state: State) -> None:
    context.records.put("", AppliedSeed(""))  # no seed is to be added to what was load
    settings = next(
        (each for _, each in state.records if isinstance(each, Settings)), context.settings
    )
    for key, record in state.records:
        context.records.put(key, record, _ends(record, settings))
    clock = clock_of(context.records)
    context.records.put("", evolve(clock, real=real_time(), shown=state.now))


def _ends(record: object, settings: Settings) -> datetime | None:
    if isinstance(record, CodeHistory):
        return record.kept_until(settings)
    return getattr(record, "expires_at", None)


def _as_json(record: object) -> object:
    return json.loads(encode(record))


def _code(content: object) -> PassCode:
    return decode(PassCode, json.dumps(content).encode())


def _record(kind: str, content: object) -> object:
    record = decode(KINDS[kind], json.dumps(content).encode())
    if isinstance(record, Settings):
        read_settings(show_settings(record), Settings())
    return record
