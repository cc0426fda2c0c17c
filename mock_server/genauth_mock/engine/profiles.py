"""Profiles: coherent readings of how a GenAuth deployment answers, picked from the alternatives that sources claim.

Nobody of this project saw a deployment, and sources disagree. A program that works under every profile does not rest
on one guess. ``shuffle`` draws: each refusal is answered with one of its alternatives, the same ones for the same seed.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, cast

from attrs import field

from genauth_mock.engine.alternatives import ALTERNATIVES, Alternative
from genauth_mock.engine.error_codes import ERROR_CODES, ErrorCode
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

Pick = Alternative | tuple[int, int | None] | tuple[int, int | None, str]
"""An alternative by its figures, and by its text where several have the same figures."""


@frozen
class EnvelopeShape:
    """What an envelope has besides its figures and text.

    Attributes:
        id_field: The field of the request id; empty where there is none.
        repeats_code: Whether ``apiCode`` is repeated as ``code``, as the former API has it.
        shows_nulls: Whether a field without a value is there as null.
        post_status: The HTTP status of a POST that would be answered 200.
        left_out: Fields of ``data`` that are not there.
    """

    id_field: str = "requestId"
    repeats_code: bool = False
    shows_nulls: bool = False
    post_status: int = 200
    left_out: frozenset[str] = frozenset()


USUAL: Final = EnvelopeShape()
"""Source: API reference, CommonResponseDto."""

_V2: Final = EnvelopeShape(id_field="uniqueId", repeats_code=True)
"""Source: captures of the former API (authing-ruby tests): code, uniqueId."""


@frozen
class Profile:
    """How one deployment answers.

    Attributes:
        about: What it stands for, and what it rests on.
        picks: The alternatives that it answers with; every other outcome has the best answer.
        settings: What it changes under ``/_mock/settings``, by the names there.
        shape: What its envelopes have.
        written: Answers that no source claims, such as those of your own deployment; they stand above all others.
    """

    name: str
    about: str
    picks: Mapping[Outcome, Pick] = field(factory=dict[Outcome, Pick])
    settings: Mapping[str, object] = field(factory=dict[str, object])
    shape: EnvelopeShape = USUAL
    written: Mapping[Outcome, ErrorCode] = field(factory=dict[Outcome, ErrorCode])

    @property
    def answers(self) -> dict[Outcome, ErrorCode]:
        """What it answers for each outcome."""
        picked = {outcome: alternative(outcome, pick) for outcome, pick in self.picks.items()}
        rows = {outcome: each.row(outcome) for outcome, each in picked.items()}
        return {**ERROR_CODES, **rows, **self.written}


def alternative(outcome: Outcome, pick: Pick) -> Alternative:
    """Return the alternative of an outcome that a profile picks.

    Raises:
        LookupError: It has none like it.
    """
    if isinstance(pick, Alternative):
        return pick
    for each in ALTERNATIVES[outcome]:
        if (each.status_code, each.api_code, each.text)[: len(pick)] == pick:
            return each
    message = f"{outcome.name} has no alternative {pick}"
    raise LookupError(message)


_SHRUG: Final[Pick] = (499, 500)
_CODES_ARE_DEAD: Final = (Outcome.SPENT_CODE, Outcome.BURNED_CODE, Outcome.NO_CODE)

DEFAULT: Final = "default"
"""The profile that is meant where none is named."""

SHUFFLE: Final = "shuffle"
"""Draws by the seed of the deployment; ``shuffle:TEXT`` draws by another one."""

PROFILES: Final[Mapping[str, Profile]] = {
    profile.name: profile
    for profile in (
        Profile(DEFAULT, "the best evidence for each answer; see genauth-contract matrix"),
        Profile(
            # Source: om-webserver@73a2af4, @9f22209, @64c5e3d, @cf7aeab; success without a text:
            # authing-node-sdk@cc9f6ed tests. The rows about phones that a user has are its e-mail twins.
            "production-2024",
            "production code of 2022 to 2024: 500 for a wrong code, the database's words for a taken address",
            {
                Outcome.OK: (200, None, ""),
                Outcome.WRONG_CODE: _SHRUG,
                Outcome.DAILY_LIMIT_REACHED: (499, 500, "手机号每天发送的验证次数超过上限"),
                Outcome.PHONE_TAKEN: (499, 500, "Duplicate entry"),
                Outcome.HAS_PHONE_ALREADY: (499, 500, "修改手机号必须验证原来的手机号。"),
                Outcome.EMAIL_TAKEN: (499, 500, "duplicate key value violates unique constraint"),
                Outcome.HAS_EMAIL_ALREADY: (499, 500, "修改邮箱必须验证之前的邮箱"),
            },
        ),
        Profile(
            # Source: authing-ruby tests, 2021-06: raw answers of the former API. The rows without one are by analogy.
            "v2-captures",
            "captured answers of the former API: 500 for nearly all, with code and uniqueId",
            {
                Outcome.WRONG_CODE: (499, 500, "验证码不正确！"),
                Outcome.EXPIRED_CODE: (499, 500),
                **dict.fromkeys(_CODES_ARE_DEAD, _SHRUG),
                Outcome.PHONE_TAKEN: _SHRUG,
                Outcome.HAS_PHONE_ALREADY: (499, 500, "修改手机号必须验证原来的手机号。"),
                Outcome.NO_PHONE_BOUND: _SHRUG,
                Outcome.ONLY_LOGIN_METHOD: _SHRUG,
                Outcome.OLD_PHONE_MISMATCH: _SHRUG,
                Outcome.OLD_PHONE_UNVERIFIED: _SHRUG,
                Outcome.EMAIL_TAKEN: _SHRUG,
                Outcome.HAS_EMAIL_ALREADY: (499, 500, "修改邮箱必须验证之前的邮箱"),
                Outcome.NO_EMAIL_BOUND: _SHRUG,
                Outcome.ONLY_LOGIN_METHOD_EMAIL: (499, 2217),
                Outcome.OLD_EMAIL_MISMATCH: _SHRUG,
                Outcome.OLD_EMAIL_UNVERIFIED: _SHRUG,
                Outcome.UPDATE_TOKEN_INVALID: _SHRUG,
                Outcome.NOT_SIGNED_IN: (401, 2020, "尚未登录，无访问权限"),
            },
            shape=_V2,
        ),
        Profile(
            # Source: Authing/docs@3c8f2a0 error-code: a list of codes, without statusCodes.
            "v2-list",
            "the list of codes of the former API: 2300, 2035, 2206, 2217, 2219",
            {
                Outcome.EXPIRED_CODE: (499, 2300),
                **dict.fromkeys(_CODES_ARE_DEAD, (499, 2300)),
                Outcome.PHONE_TAKEN: (499, 2035),
                Outcome.ONLY_LOGIN_METHOD: (499, 2217),
                Outcome.ONLY_LOGIN_METHOD_EMAIL: (499, 2217),
                Outcome.NO_EMAIL_BOUND: (499, 2219),
                Outcome.NOT_SIGNED_IN: (401, 2206),
                Outcome.WRONG_PASSWORD: (499, 2006),
            },
        ),
        Profile(
            # Source: the API reference and the classes of statusCode on its error-code page; for signin
            # authing-node-sdk@94f2b82; remarks on reset-password and delete-account (60 s); its page on requests
            # (no requestId).
            "documented",
            "what pages say and nothing else: codes of 60 s, no requestId, 2333, expire_in alone",
            {
                Outcome.SENT_TOO_RECENTLY: (429, None),
                Outcome.EMAIL_SENT_TOO_RECENTLY: (429, None),
                Outcome.DAILY_LIMIT_REACHED: (429, None),
                Outcome.PHONE_TAKEN: (409, None),
                Outcome.HAS_PHONE_ALREADY: (422, None),
                Outcome.NO_PHONE_BOUND: (422, None),
                Outcome.SAME_PHONE: (400, None),
                Outcome.OLD_PHONE_MISMATCH: (400, None),
                Outcome.OLD_PHONE_UNVERIFIED: (400, None),
                Outcome.EMAIL_TAKEN: (409, None),
                Outcome.HAS_EMAIL_ALREADY: (422, None),
                Outcome.NO_EMAIL_BOUND: (422, None),
                Outcome.SAME_EMAIL: (400, None),
                Outcome.OLD_EMAIL_MISMATCH: (400, None),
                Outcome.OLD_EMAIL_UNVERIFIED: (400, None),
                Outcome.UPDATE_TOKEN_INVALID: (401, None),
                Outcome.USER_EXISTS: (409, None),
                Outcome.WRONG_PASSWORD: (403, 2333),
                Outcome.UNKNOWN_APP: (404, 2011),
            },
            {"passCodeLifetimeSeconds": 60},
            EnvelopeShape(id_field="", left_out=frozenset({"expires_in"})),
        ),
        Profile(
            # Source: authing-flutter-sdk@bc35c5a documents, tests, README; authing-android-sdk.
            "mobile-sdks",
            "codes that the mobile SDKs document: 1010001, 1320004, 1320005, 1320009, 1320011",
            {
                Outcome.ONLY_LOGIN_METHOD: (499, 1320005),
                Outcome.ONLY_LOGIN_METHOD_EMAIL: (499, 1320005),
                Outcome.NOT_SIGNED_IN: (401, 1010001),
                Outcome.UPDATE_TOKEN_INVALID: (499, 1010001),
                Outcome.WRONG_OLD_PASSWORD: (499, 1320011),
            },
        ),
        Profile(
            # Source: clients that take 200 or 201 (Android, iOS) and read expires_in (mini-program SDK); what the
            # framework answers to a POST.
            "plain-http",
            "what a plain web framework makes of it: 201 on POST, nulls, expires_in alone",
            shape=EnvelopeShape(
                shows_nulls=True, post_status=201, left_out=frozenset({"expire_in"})
            ),
        ),
    )
}  # fmt: skip
"""By name; each row beside its source."""


def shuffled(seed: str) -> Profile:
    """Return the profile that a seed draws: for each outcome its best answer or one of its alternatives.

    >>> shuffled("7") == shuffled("7")
    True
    """
    drawn = {
        outcome: (None, *alternatives)[_drawn(seed, outcome.name, len(alternatives) + 1)]
        for outcome, alternatives in ALTERNATIVES.items()
    }
    picks: dict[Outcome, Pick] = {outcome: pick for outcome, pick in drawn.items() if pick}
    shapes = [profile.shape for profile in PROFILES.values()]
    shape = shapes[_drawn(seed, "shape", len(shapes))]
    return Profile(f"{SHUFFLE}:{seed}", f"drawn by the seed {seed}", picks, shape=shape)


def _drawn(seed: str, what: str, below: int) -> int:
    return int.from_bytes(sha256(f"{seed} {what}".encode()).digest()) % below


_WRITTEN: Final = "{"
"""How the text of a profile begins that is written down; no name does."""


def profile_of(name: str, seed: str = "") -> Profile:
    """Return a profile by its name, ``shuffle`` and ``shuffle:SEED`` among them, or by its text in JSON."""
    if name.startswith(_WRITTEN):
        from genauth_mock.engine.written_profiles import written_profile  # noqa: PLC0415 - imports cattrs

        return written_profile(name)
    word, _, own_seed = name.partition(":")
    return shuffled(own_seed or seed or "0") if word == SHUFFLE else PROFILES[name]


def profile_name(value: object) -> str:
    """Read the name of a profile, or one that is written down: an object of JSON, or its text.

    Raises:
        ValueError: It is none; the text says what there is.
    """
    if isinstance(value, dict):
        return _text_of(cast("dict[str, object]", value))
    if isinstance(value, str):
        if value.startswith(_WRITTEN):
            return _text_of(value)
        if value in PROFILES or value.partition(":")[0] == SHUFFLE:
            return value
    names = f"one of {', '.join(PROFILES)}, {SHUFFLE} or {SHUFFLE}:SEED"
    message = f"{names}, or an object with answers as genauth-contract learn writes it"
    raise ValueError(message)


def _text_of(content: Mapping[str, object] | str) -> str:
    """Return the text of a profile that is written down; the same for the same content."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    try:
        profile_of(text)
    except ValueError as error:
        message = f"a profile without mistakes: {error}"
        raise ValueError(message) from None
    return json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)
