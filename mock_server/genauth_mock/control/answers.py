"""Answers for calls that are not imitated: given, listed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field

from genauth_mock.api.documented import read_answerable
from genauth_mock.control.request import ControlError, check_no_null
from genauth_mock.engine.given_answers import GivenAnswer, check_shape, give, take_back
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.control.request import ControlRequest, Json


@json_shape
class AnswerBody:
    """Body of ``POST /_mock/answers``."""

    route: str
    data: object = field(default=None, repr=False)
    bare: bool = False


@json_shape
class AnswersToRemove:
    """Body of ``DELETE /_mock/answers``; the query may say the same."""

    route: str | None = None


async def list_answers(request: ControlRequest) -> Json:
    """``GET /_mock/answers``: what was given, oldest first."""
    filed = await request.run(lambda context: [*context.records.filed(GivenAnswer)])
    return {"answers": [_shown(route, answer) for route, answer in filed]}


async def give_answer(request: ControlRequest) -> Json:
    """``POST /_mock/answers``: what a call that is not imitated is answered with from now on."""
    body = request.read(AnswerBody)
    route = _route(body.route)
    try:
        check_shape(body.data, is_bare=body.bare)
    except ValueError as error:
        raise ControlError(str(error)) from None
    answer = GivenAnswer(body.data, body.bare)
    await request.run(lambda context: give(context.records, route, answer))
    return _shown(route, answer)


async def remove_answers(request: ControlRequest) -> Json:
    """``DELETE /_mock/answers``: that of one ``route``, or all of the app."""
    check_no_null(request.body)
    named = request.query.get("route") or request.read(AnswersToRemove).route
    route = None if named is None else _route(named)
    taken = await request.run(lambda context: take_back(context.records, route))
    if route is not None and not taken:
        message = f"{route} was given no answer in app {request.app_id!r}"
        raise ControlError(message, status=404)
    return {"removed": len(taken)}


def _route(named: str) -> str:
    try:
        return read_answerable(named)
    except ValueError as error:
        message = f"route {error}"
        raise ControlError(message) from None


def _shown(route: str, answer: GivenAnswer) -> Json:
    return {"route": route, "data": answer.data, "bare": answer.is_bare}
