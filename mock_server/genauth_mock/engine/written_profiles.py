"""Profiles that are written down in JSON: how your own deployment answers, as ``genauth-contract learn`` writes it.

An app's setting ``profile`` holds such a profile as a text, as it holds the name of any other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Final, Literal, cast

from attrs import evolve, field, frozen

from genauth_mock.engine import json_shapes
from genauth_mock.engine.context import LANGUAGES
from genauth_mock.engine.json_values import InvalidInput, Problem, camel_cased, unknown, whole
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.profiles import DEFAULT, PROFILES, EnvelopeShape, Profile
from genauth_mock.engine.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.error_codes import ErrorCode

Json = dict[str, object]

_LARGEST: Final = 2**31


def _base(value: object) -> str:
    if isinstance(value, str) and value in PROFILES:
        return value
    message = f"one of {', '.join(PROFILES)}"
    raise ValueError(message)


def _messages(value: object) -> dict[str, str]:
    given = cast("Json", value) if isinstance(value, dict) else {"": None}
    # ``{detail}`` is ours: a text seen live has the field at fault written out.
    texts = {language: text for language, text in given.items() if isinstance(text, str)}
    if len(texts) < len(given) or not set(texts) <= set(LANGUAGES):
        message = f"an object from {' or '.join(LANGUAGES)} to text"
        raise ValueError(message)
    return texts


@frozen(field_transformer=camel_cased)
class _Answer:
    """One answer. Where it was seen, when, and how sure it is, is for people: nothing here depends on it."""

    status_code: Annotated[int, whole(-_LARGEST, _LARGEST)] | None = None
    api_code: Annotated[int, whole(-_LARGEST, _LARGEST)] | None = None
    messages: Annotated[dict[str, str], _messages] = field(factory=dict[str, str])
    http_status: Annotated[int, whole(100, 599)] | None = None
    source: str = ""
    confidence: str = ""
    date: str = ""

    def row(self, ours: ErrorCode) -> ErrorCode:
        """Return our row with what the answer says; without an ``apiCode`` it has none."""
        return evolve(
            ours,
            status_code=ours.status_code if self.status_code is None else self.status_code,
            api_code=self.api_code,
            chinese=self.messages.get("zh-CN", ours.chinese),
            english=self.messages.get("en-US", ours.english),
            http_status=ours.http_status if self.http_status is None else self.http_status,
        )


@frozen(field_transformer=camel_cased)
class _Envelope:
    """What envelopes have besides; see `genauth_mock.engine.profiles.EnvelopeShape`."""

    id_field: Literal["requestId", "uniqueId", ""] = "requestId"
    repeats_code: bool = False
    shows_nulls: bool = False
    post_status: Annotated[int, whole(200, 201)] = 200
    left_out: list[str] = field(factory=list[str])

    def shape(self) -> EnvelopeShape:
        """Return it as profiles have it."""
        return EnvelopeShape(
            self.id_field,
            self.repeats_code,
            self.shows_nulls,
            self.post_status,
            frozenset(self.left_out),
        )


@frozen(field_transformer=camel_cased)
class _Written:
    """A profile as it is written down."""

    name: str = "written down"
    about: str = ""
    based_on: Annotated[str, _base] = DEFAULT
    answers: Json = field(factory=Json)
    envelope: _Envelope | None = None
    settings: Json = field(factory=Json)


def written_profile(text: str) -> Profile:
    """Return the profile that a JSON text describes.

    Raises:
        InvalidInput: The text names every mistake, by its path.
    """
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(Problem("", f"is not JSON: {error}")) from None
    return read_profile(content)


def read_profile(content: object) -> Profile:
    """Return the profile that a JSON value describes.

    Raises:
        InvalidInput: The text names every mistake, by its path.
    """
    if not isinstance(content, dict):
        raise InvalidInput(Problem("", "must be an object with answers"))
    written = json_shapes.reader(_Written)(cast("Json", content))
    base = PROFILES[written.based_on]
    return evolve(
        base,
        name=written.name,
        about=written.about,
        written=_rows(written.answers, base),
        settings={**base.settings, **_checked(written.settings)},
        shape=written.envelope.shape() if written.envelope else base.shape,
    )


def _rows(answers: Mapping[str, object], base: Profile) -> dict[Outcome, ErrorCode]:
    rows: dict[Outcome, ErrorCode] = {}
    read = json_shapes.reader(_Answer)
    for name, answer in answers.items():
        if name not in Outcome.__members__:
            problem = Problem("answers:", unknown("outcome", name, Outcome.__members__))
            raise InvalidInput(problem)
        if not isinstance(answer, dict):
            problem = Problem(f"answers.{name}", "must be an object with statusCode, ...")
            raise InvalidInput(problem)
        try:
            found = read(cast("Json", answer))
        except InvalidInput as error:
            within = f"answers.{name}"
            raise error.inside(within) from None
        rows[Outcome[name]] = found.row(base.answers[Outcome[name]])
    return rows


def _checked(settings: Json) -> Json:
    """Return settings that can be set; a profile brings no other profile along."""
    if "profile" in settings:
        raise InvalidInput(Problem("settings.profile", "must be left out: basedOn names another"))
    try:
        read_settings(settings, Settings())
    except InvalidInput as error:
        within = "settings"
        raise error.inside(within) from None
    return settings
