"""Takes secrets out of everything that is kept: deny by default, identities kept as `<phone:1>`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import attrs

from genauth_contract.outcomes.hiding import SHORTEST_SECRET, kind_of, printable, without_lookalikes
from genauth_contract.outcomes.models import Phone, is_list, is_object

PLACEHOLDER: Final = re.compile(r"<([a-z]+):(\d+)>")


@attrs.define
class Placeholders:
    """Those of one scenario; each kind is numbered from 1."""

    _numbered: dict[tuple[str, str], int] = attrs.field(factory=dict[tuple[str, str], int])

    def of(self, kind: str, value: str) -> str:
        """Return what stands for a secret; a token is the same with and without `Bearer `."""
        key = (kind, value.removeprefix("Bearer "))
        if key not in self._numbered:
            self._numbered[key] = 1 + sum(other == kind for other, _ in self._numbered)
        return f"<{kind}:{self._numbered[key]}>"


@attrs.define
class Identities:
    """Placeholders are the same when they stand for the same thing, whatever their number."""

    _there: dict[str, str] = attrs.field(factory=dict[str, str])
    _back: dict[str, str] = attrs.field(factory=dict[str, str])

    def same(self, one: object, other: object) -> bool:
        """Return whether two values are the same, or stand for the same."""
        here = PLACEHOLDER.fullmatch(one) if isinstance(one, str) else None
        there = PLACEHOLDER.fullmatch(other) if isinstance(other, str) else None
        if not here or not there:
            return one == other and type(one) is type(other)
        if here[1] != there[1]:
            return False
        forth = self._there.setdefault(here[0], there[0]) == there[0]
        return self._back.setdefault(there[0], here[0]) == here[0] and forth


CLEAR_NUMBERS: Final = {
    "statusCode",
    "apiCode",
    "tokenExpiresIn",
    "expire_in",
    "expires_in",
    "passwordSecurityLevel",
    "securityScore",
}
"""Numbers written in clear; every other number becomes `<number>`."""

CLEAR_TEXTS: Final = {"message", "content-type", "retry-after"}
"""Texts written in clear once everything that looks like a secret is out of them."""

_ID_TOKEN: Final = "id_token"  # noqa: S105 - the name of a field
_UNNUMBERED: Final = "<id_token>"
"""Not numbered: whether two are the same only tells whether they were given in one second."""

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z_-]{0,40}")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)")
_LONG_ENOUGH: Final = 8
"""A secret of this length is found inside of other text too."""

_BEFORE_COUNTRY_CODE: Final = ("", "+", "00")
"""What people and programs write before a country calling code."""


@attrs.define
class Secrets:
    """Every secret met in a run, so that none of them is kept by mistake.

    Attributes:
        public: Returns text of ours that anybody may read. A secret that is a word of it, such as
            the username `other`, cannot be distinguished from that word, and is not looked for.
    """

    public: Callable[[], str] = attrs.field(default=str, repr=False)
    _known: dict[str, str] = attrs.field(factory=dict[str, str], repr=False)

    def learn(self, kind: str, value: str) -> None:
        """Remember a secret; shorter than four characters would hide half the report."""
        if len(value) >= SHORTEST_SECRET:
            self._known.setdefault(value, kind)

    def learn_phone(self, phone: Phone) -> None:
        """Remember a phone in every form it may be written in."""
        country = phone.country_code.lstrip("+")
        self.learn("phone", phone.number)
        for prefix in _BEFORE_COUNTRY_CODE:
            self.learn("phone", f"{prefix}{country}{phone.number}")

    def learn_fields(self, node: object) -> None:
        """Remember what the secret fields of a request or an answer hold."""
        for name, value in _named_texts(node):
            kind = kind_of(name)
            if kind:
                self.learn(kind, value)

    def hide(self, text: str) -> str:
        """Return a text that is fit to be shown: without known secrets, and without control characters.

        A longer secret goes before its parts. What the target wrote may hold anything: a terminal must not obey
        it, and a file must be able to hold it.
        """
        text = printable(text)
        present = [value for value in self._known if value in text]
        for value in sorted(present, key=len, reverse=True):
            text = _standing_alone(value).sub(f"<{self._known[value]}>", text)
        return text

    def found_in(self, text: str) -> set[str]:
        """Return the kinds of the known secrets a text holds."""
        return {
            kind
            for value, kind in self._known.items()
            if _stands_in(value, text) and not _stands_in(value, self.public())
        }


@attrs.define
class Redactor:
    """Makes what was exchanged in one scenario fit to be kept.

    Attributes:
        secrets: What is known to be secret.
        vocabulary: The enum values of the API: the only texts of unknown fields kept in clear.
    """

    secrets: Secrets
    vocabulary: frozenset[str]
    _placeholders: Placeholders = attrs.field(factory=Placeholders, init=False)

    def redacted(self, node: object, name: str = "") -> object:
        """Return a copy of a JSON value in which nothing secret is left."""
        if is_object(node):
            return {
                self._field_name(str(key)): self.redacted(value, str(key))
                for key, value in node.items()
            }
        if is_list(node):
            return [self.redacted(item, name) for item in node]
        if isinstance(node, bool) or node is None:
            return node
        if isinstance(node, int | float):
            return node if name in CLEAR_NUMBERS else "<number>"
        return _UNNUMBERED if name == _ID_TOKEN else self._text(str(node), name)

    def _text(self, text: str, name: str) -> str:
        kind = kind_of(name)
        if text in self.vocabulary or not text:
            return text
        if kind:
            return self._placeholders.of(kind, text)
        if name in CLEAR_TEXTS:
            return self.message(text)
        if _UUID.fullmatch(text):
            return self._placeholders.of("uuid", text)
        if _TIME.fullmatch(text):
            return "<time>"
        return self._placeholders.of("text", text)

    def message(self, text: str) -> str:
        """Return a message for people without anything that is, or looks like, a secret."""
        return without_lookalikes(self.secrets.hide(text))

    def _field_name(self, name: str) -> str:
        harmless = _NAME.fullmatch(name) and self.secrets.hide(name) == name
        return name if harmless else self._placeholders.of("name", name)


def _named_texts(node: object, name: str = "") -> Iterator[tuple[str, str]]:
    if is_object(node):
        for key, value in node.items():
            yield from _named_texts(value, str(key))
    elif is_list(node):
        for item in node:
            yield from _named_texts(item, name)
    elif isinstance(node, str):
        yield name, node.removeprefix("Bearer ")


def _stands_in(secret: str, text: str) -> bool:
    return secret in text and _standing_alone(secret).search(text) is not None


def _standing_alone(secret: str) -> re.Pattern[str]:
    """Match a secret: digits where no other digit touches them, or years would be secrets.

    Likewise a word, or the name `ann` would be found in every `channel`.
    """
    quoted = re.escape(secret)
    if secret.isdigit():
        return re.compile(rf"(?<!\d){quoted}(?!\d)")
    if secret.isalpha() or len(secret) < _LONG_ENOUGH:
        return re.compile(rf"(?<![^\W_]){quoted}(?![^\W_])")
    return re.compile(quoted)
