"""What GenAuth tells everybody."""

from __future__ import annotations

from genauth_contract.api.calls.system import system
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import is_object
from genauth_contract.outcomes.oidc import GRANTED
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
