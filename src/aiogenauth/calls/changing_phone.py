"""The two calls that change a phone: prove both numbers, then spend the token. Pure, as `endpoints`."""

from collections.abc import Mapping
from typing import Final, Literal, NotRequired, TypedDict

import attrs

from aiogenauth.calls.arguments import checked_secret, known_keys
from aiogenauth.calls.endpoints import confirmation, data_as, phone_fields
from aiogenauth.decoding import encode
from aiogenauth.errors import InvalidInput, UpdateOutcomeUnknown
from aiogenauth.models import Confirmation, Envelope, PhoneUpdateGrant
from aiogenauth.protocol import Call, Endpoint, Kind, Login
from aiogenauth.redaction import Secret
from aiogenauth.vocabulary import PhoneNumber

VERIFY_UPDATE_PHONE: Final = Endpoint(
    "verify_update_phone_request", "POST", "/api/v3/verify-update-phone-request", Kind.ONE_TIME,
    Login.REQUIRED, UpdateOutcomeUnknown,
)  # fmt: skip
UPDATE_PHONE: Final = Endpoint(
    "update_phone", "POST", "/api/v3/update-phone", Kind.ONE_TIME, Login.REQUIRED,
    UpdateOutcomeUnknown,
)  # fmt: skip


class PhonePassCodePayload(TypedDict):
    """Both numbers and their codes, for a change of phone. Source: API reference.

    The old number is needed when the user has one and the user pool checks it, as it does unless
    told otherwise.
    """

    newPhoneNumber: str | PhoneNumber
    newPhonePassCode: str
    newPhoneCountryCode: NotRequired[str | None]
    oldPhoneNumber: NotRequired[str | PhoneNumber | None]
    oldPhonePassCode: NotRequired[str | None]
    oldPhoneCountryCode: NotRequired[str | None]


def verify_update_phone_request(
    payload: PhonePassCodePayload, verify_method: str
) -> Call[PhoneUpdateGrant]:
    """Prove both numbers and get a token that changes one into the other."""
    if verify_method != "PHONE_PASSCODE":
        text = "verify_method: only 'PHONE_PASSCODE' is known to GenAuth"
        raise InvalidInput(text).having(field="verify_method")
    given = known_keys(payload, PhonePassCodePayload, "phone_pass_code_payload")
    new, body = _phone_and_code(given, "new")
    if given.get("oldPhoneNumber") is not None or given.get("oldPhonePassCode") is not None:
        _, old = _phone_and_code(given, "old")
        body |= old
    codes = tuple(body[key] for key in ("newPhonePassCode", "oldPhonePassCode") if key in body)

    def answer(envelope: Envelope) -> PhoneUpdateGrant:
        return attrs.evolve(data_as(PhoneUpdateGrant)(envelope), new_phone=Secret(new.e164))

    wire = {"verifyMethod": verify_method, "phonePassCodePayload": body}
    others = (body["oldPhoneNumber"],) if "oldPhoneNumber" in body else ()
    return Call(VERIFY_UPDATE_PHONE, answer, encode(wire), phone=new, secrets=(*codes, *others))


def update_phone(update_phone_token: str, new_phone: PhoneNumber | None) -> Call[Confirmation]:
    """Spend the token and change the number."""
    token = checked_secret(update_phone_token, "update_phone_token")
    body = encode({"updatePhoneToken": token})
    return Call(UPDATE_PHONE, confirmation, body, phone=new_phone, secrets=(token,))


def _phone_and_code(
    given: Mapping[str, object], which: Literal["new", "old"]
) -> tuple[PhoneNumber, dict[str, str]]:
    name = "phone_pass_code_payload"
    number, code = f"{which}PhoneNumber", f"{which}PhoneCountryCode"
    phone = PhoneNumber.parse(
        given.get(number, ""),  # type: ignore[arg-type]  # parse checks what it is given
        given.get(code),  # type: ignore[arg-type]
        name=f"{name}.{number}",
        code_name=f"{name}.{code}",
    )
    pass_code = f"{which}PhonePassCode"
    proof = checked_secret(given.get(pass_code), f"{name}.{pass_code}")
    return phone, {**phone_fields(phone, number, code), pass_code: proof}
