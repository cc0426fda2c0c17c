"""What GenAuth tells everybody."""

from __future__ import annotations

from genauth_contract.api.calls.system import countries, system
from genauth_contract.checks.matchers import having
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import is_list, is_object
from genauth_contract.outcomes.oidc import GRANTED
from genauth_contract.outcomes.requests import OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario


def _has_a_key(rsa: object) -> bool:
    return is_object(rsa) and str(rsa.get("publicKey", "")).startswith("-----BEGIN PUBLIC KEY-----")


@scenario(
    Evidence.DOCS,
    "API reference, system",
    wire_only="the SDK makes an envelope of what has none",
)
def the_key_for_passwords_is_public(world: World) -> None:
    world.expect(GRANTED.with_data(rsa=_has_a_key), system())


@scenario(Evidence.DOCS, "API reference, get-country-list")
def countries_are_listed_with_their_calling_codes(world: World) -> None:
    world.expect(OK.with_data(items=_has_china), countries())


def _has_china(items: object) -> bool:
    fits = having(alpha2="CN", alpha3="CHN", phoneCountryCode="+86", flag="🇨🇳")
    return is_list(items) and any(fits(one) for one in items)
