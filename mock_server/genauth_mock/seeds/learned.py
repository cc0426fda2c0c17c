"""Reads a table of answers that were seen live; its rows replace rows of error_codes.

JSON: an object from outcome name to ``statusCode``, ``apiCode`` (or null), ``messages`` (by language), ``source``,
``confidence`` and ``date``. ``genauth-contract learn`` and ``diff --learn`` write it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

from attrs import evolve, field, frozen

from genauth_mock.engine import json_shapes
from genauth_mock.engine.context import LANGUAGES
from genauth_mock.engine.error_codes import ERROR_CODES, ErrorCode
from genauth_mock.engine.json_values import InvalidInput, Problem, unknown, whole
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.seeds.files import read_file

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 2**31


def _messages(value: object) -> dict[str, str]:
    given = cast("dict[str, object]", value) if isinstance(value, dict) else {"": None}
    # ``{detail}`` is ours: a text seen live has the field at fault written out.
    texts = {language: text for language, text in given.items() if isinstance(text, str)}
    if len(texts) < len(given) or not set(texts) <= set(LANGUAGES):
        message = f"an object from {' or '.join(LANGUAGES)} to text"
        raise ValueError(message)
    return texts


@frozen
class Row:
    """One answer. Where it was seen, when, and how sure it is, is for people: nothing here depends on it."""

    status_code: Annotated[int, whole(-_LARGEST, _LARGEST)] | None = field(
        default=None, alias="statusCode"
    )
    api_code: Annotated[int, whole(-_LARGEST, _LARGEST)] | None = field(
        default=None, alias="apiCode"
    )
    messages: Annotated[dict[str, str], _messages] = field(factory=dict[str, str])
    http_status: Annotated[int, whole(-_LARGEST, _LARGEST)] | None = field(
        default=None, alias="httpStatus"
    )
    source: str = ""
    confidence: str = ""
    date: str = ""


def read_learned(path: Path) -> dict[Outcome, ErrorCode]:
    """Return the rows to put in the place of ours.

    Raises:
        InvalidInput: The file cannot be read, or something in it is wrong.
    """
    content = read_file(path)
    if not isinstance(content, dict):
        problem = Problem("", "must be an object from outcome name to its answer")
        raise InvalidInput(problem, file=str(path))
    rows: dict[Outcome, ErrorCode] = {}
    read_row = json_shapes.reader(Row)
    for name, row in cast("dict[str, object]", content).items():
        if name not in Outcome.__members__:
            problem = Problem("", unknown("outcome", name, Outcome.__members__))
            raise InvalidInput(problem, file=str(path))
        if not isinstance(row, dict):
            raise InvalidInput(
                Problem(name, "must be an object with statusCode, ..."), file=str(path)
            )
        try:
            learned = read_row(cast("dict[str, object]", row))
        except InvalidInput as error:
            raise error.inside(name).in_file(path) from None
        rows[Outcome[name]] = _taught(ERROR_CODES[Outcome[name]], learned)
    return rows


def _taught(ours: ErrorCode, row: Row) -> ErrorCode:
    return evolve(
        ours,
        status_code=ours.status_code if row.status_code is None else row.status_code,
        api_code=row.api_code,
        chinese=row.messages.get("zh-CN", ours.chinese),
        english=row.messages.get("en-US", ours.english),
        http_status=ours.http_status if row.http_status is None else row.http_status,
    )
