"""The phone calls of `AuthenticationClient`, a class of their own to keep each file readable."""

from typing import Literal

from aiogenauth.calls import changing_phone, endpoints
from aiogenauth.calls.changing_phone import PhonePassCodePayload
from aiogenauth.calls.endpoints import EmailCodePayload, SmsCodePayload
from aiogenauth.models import Confirmation, PassCodeCheck, PhoneUpdateGrant
from aiogenauth.redaction import sealed
from aiogenauth.sending.executor import Courier
from aiogenauth.sending.reconcile import (
    NO_PHONE,
    OnUnknown,
    carry_and_confirm,
    has_phone,
)
from aiogenauth.vocabulary import PhoneNumber


class PhoneCalls:
    """Texting, checking and spending pass codes: binding, unbinding and changing a number."""

    _courier: Courier

    async def send_sms(
        self,
        channel: str,
        phone_number: str | PhoneNumber,
        phone_country_code: str | None = None,
    ) -> Confirmation:
        """Have a pass code texted to a number. One per number and channel per minute.

        Args:
            channel: What the code will be for, such as `Channel.BIND_PHONE`.
            phone_number: `"18812348888"`, `"+86 188-1234-8888"` or a `PhoneNumber`.
            phone_country_code: `"+86"`; may be left out for mainland China.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            SentTooRecently: The last message is less than a minute old.
            SendOutcomeUnknown: The answer got lost; the message may be on its way.

        Source: API reference, send-sms.
        """
        phone_number = sealed(phone_number)
        call = endpoints.send_sms(channel, phone_number, phone_country_code)
        return await self._courier.carry(call)

    async def pre_check_code(
        self,
        code_type: Literal["SMS", "EMAIL"],
        sms_code_payload: SmsCodePayload | None = None,
        email_code_payload: EmailCodePayload | None = None,
    ) -> PassCodeCheck:
        """Ask whether a pass code is good, without spending it.

        Args:
            code_type: `"SMS"` or `"EMAIL"`.
            sms_code_payload: `phone`, `passCode`, `channel`, and `phoneCountryCode` if foreign.
            email_code_payload: `email`, `passCode`, `channel`.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.

        Source: API reference, pre-check-code.
        """
        sms_code_payload = sealed(sms_code_payload)
        email_code_payload = sealed(email_code_payload)
        call = endpoints.pre_check_code(code_type, sms_code_payload, email_code_payload)
        return await self._courier.carry(call)

    async def bind_phone(
        self,
        pass_code: str,
        phone_number: str | PhoneNumber,
        phone_country_code: str | None = None,
        *,
        on_unknown: OnUnknown = "reconcile",
    ) -> Confirmation:
        """Give the signed-in user a phone number.

        The user must have none yet; `verify_update_phone_request` changes one. The code must
        have been sent to this number with `Channel.BIND_PHONE`; it works once.

        Args:
            pass_code: As texted.
            phone_number: `"18812348888"`, `"+86 188-1234-8888"` or a `PhoneNumber`.
            phone_country_code: `"+86"`; may be left out for mainland China.
            on_unknown: Should the answer get lost, `"reconcile"` looks into the user's profile
                and returns if the number is there; `"raise"` does not look.

        Returns:
            The confirmation; its `confirmed_by` says whether an answer or the profile showed it.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            PassCodeRejected: The code is wrong, expired or used.
            PhoneTaken: Another user has the number.
            PhoneAlreadyBound: The user has a number already.
            NotSignedIn: No access token, or one that is no longer good.
            NotDelivered: GenAuth was not reached; the code is still good.
            BindOutcomeUnknown: The answer got lost and the profile does not show the number yet.

        Source: API reference, bind-phone.
        """
        pass_code, phone_number = sealed(pass_code), sealed(phone_number)
        call = endpoints.bind_phone(pass_code, phone_number, phone_country_code)
        sign = None if call.phone is None else has_phone(call.phone)
        return await carry_and_confirm(self._courier, call, sign, on_unknown)

    async def unbind_phone(
        self, pass_code: str, *, on_unknown: OnUnknown = "reconcile"
    ) -> Confirmation:
        """Take the phone number away from the signed-in user.

        Args:
            pass_code: As texted to that number with `Channel.UNBIND_PHONE`.
            on_unknown: As for `bind_phone`.

        Raises:
            PassCodeRejected: The code is wrong, expired or used.
            LastSignInMethod: The user could not sign in any more.
            NotSignedIn: No access token, or one that is no longer good.
            UnbindOutcomeUnknown: The answer got lost and the account still shows a number.

        Source: API reference, unbind-phone.
        """
        pass_code = sealed(pass_code)
        call = endpoints.unbind_phone(pass_code)
        return await carry_and_confirm(self._courier, call, NO_PHONE, on_unknown)

    async def verify_update_phone_request(
        self,
        phone_pass_code_payload: PhonePassCodePayload,
        verify_method: Literal["PHONE_PASSCODE"] = "PHONE_PASSCODE",
    ) -> PhoneUpdateGrant:
        """Prove the new number, and the old one where there is one, before a change of phone.

        Args:
            phone_pass_code_payload: `newPhoneNumber`, `newPhonePassCode`, and the same with `old`;
                country codes as `newPhoneCountryCode` and `oldPhoneCountryCode`. The codes belong
                to `Channel.BIND_PHONE` and `Channel.UNBIND_PHONE`. Source: a live test of another
                SDK; the reference names no channels.
            verify_method: GenAuth knows this one only.

        Raises:
            PassCodeRejected: A code is wrong, expired or used.
            SamePhone: Both numbers are one.
            OldPhoneNotConfirmed: The old number is another one, or its code is missing.
            UpdateOutcomeUnknown: The answer got lost; the codes may be spent.

        Source: API reference, verify-update-phone-request.
        """
        phone_pass_code_payload = sealed(phone_pass_code_payload)
        call = changing_phone.verify_update_phone_request(phone_pass_code_payload, verify_method)
        return await self._courier.carry(call)

    async def update_phone(
        self,
        update_phone_token: str | PhoneUpdateGrant,
        *,
        on_unknown: OnUnknown = "reconcile",
    ) -> Confirmation:
        """Change the phone number of the signed-in user.

        Args:
            update_phone_token: What `verify_update_phone_request` returned, or its token alone.
                With the token alone a lost answer stays unknown, because the number is not known.
            on_unknown: As for `bind_phone`.

        Raises:
            PhoneTaken: Another user has the new number.
            UpdateOutcomeUnknown: The answer got lost and the profile does not show the number yet.

        Source: API reference, update-phone.
        """
        phone = None
        if isinstance(update_phone_token, PhoneUpdateGrant):
            known = sealed(update_phone_token.new_phone)
            phone = None if known is None else PhoneNumber.parse(known)
            update_phone_token = update_phone_token.update_phone_token
        update_phone_token = sealed(update_phone_token)
        call = changing_phone.update_phone(update_phone_token, phone)
        sign = None if phone is None else has_phone(phone)
        return await carry_and_confirm(self._courier, call, sign, on_unknown)
