"""Proof Key for Code Exchange: a code that is of no use to whoever steals it. Source: RFC 7636."""

import re
import secrets
import string
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final, Literal

from attrs import frozen

from aiogenauth.errors import InvalidInput
from aiogenauth.redaction import Hidden, Secret, sealed

ChallengeMethod = Literal["S256", "plain"]

SHORTEST: Final = 43
LONGEST: Final = 128
"""Characters of a verifier. Source: RFC 7636, 4.1."""

_ALPHABET: Final = string.ascii_letters + string.digits + "-._~"
_VERIFIER: Final = re.compile(f"[A-Za-z0-9._~-]{{{SHORTEST},{LONGEST}}}")


def new_verifier(length: int = SHORTEST) -> Secret:
    """Make a verifier out of the unreserved characters, by the system's secure generator.

    Raises:
        InvalidInput: Shorter or longer than the RFC allows.
    """
    if type(length) is not int or not SHORTEST <= length <= LONGEST:
        text = f"length: give a whole number from {SHORTEST} to {LONGEST}"
        raise InvalidInput(text).with_facts(field="length")
    return Secret("".join(secrets.choice(_ALPHABET) for _ in range(length)))


def challenge_of(verifier: str, method: str | None = None) -> str:
    """Return the challenge that goes with a verifier; S256 unless told otherwise.

    >>> challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

    Raises:
        InvalidInput: No verifier that the RFC allows, or no such method.
    """
    verifier = sealed(verifier)
    verifier = checked_verifier(verifier, "code_challenge")
    if checked_method(method, "method") == "plain":
        return verifier
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def checked_verifier(verifier: str, name: str) -> Secret:
    """Take a verifier, or a challenge, which has the same form.

    Raises:
        InvalidInput: It has another length or other characters; the text says which are right.
    """
    verifier = sealed(verifier)
    if isinstance(verifier, Hidden) and _VERIFIER.fullmatch(verifier):
        return Secret(verifier)
    text = f"{name}: give {SHORTEST} to {LONGEST} letters, digits and any of -._~"
    raise InvalidInput(text).with_facts(field=name)


def checked_method(method: str | None, name: str) -> ChallengeMethod:
    """Take a method; None means S256.

    Raises:
        InvalidInput: There is no such method.
    """
    if method is None or method == "S256":
        return "S256"
    if method == "plain":
        return "plain"
    text = f"{name}: give S256, or plain where a server knows nothing better"
    raise InvalidInput(text).with_facts(field=name)


@frozen
class Challenge:
    """What a link says about PKCE.

    Attributes:
        sent: The parameters of the link; empty where PKCE is switched off.
        verifier: What the exchange has to show; None where the caller made the challenge.
    """

    sent: dict[str, str]
    verifier: Secret | None = None


def challenge_for_link(challenge: str | None, method: str | None, *, is_wanted: bool) -> Challenge:
    """Make the challenge of a link, or take that of the caller.

    Raises:
        InvalidInput: A challenge or method that cannot be right, or one although it is unwanted.
    """
    if not is_wanted:
        if challenge is None and method is None:
            return Challenge({})
        text = "code_challenge: only a sign-in for a code has one, and none with pkce=False"
        raise InvalidInput(text).with_facts(field="code_challenge")
    method = checked_method(method, "code_challenge_method")
    if challenge is not None:
        given = checked_verifier(challenge, "code_challenge")
        return Challenge({"code_challenge": given, "code_challenge_method": method})
    verifier = new_verifier()
    made = challenge_of(verifier, method)
    return Challenge({"code_challenge": made, "code_challenge_method": method}, verifier)
