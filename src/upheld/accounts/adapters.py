"""How the sign-in library behaves here: nobody signs up, its words are ours, its secrets are kept encrypted.

The arguments are the library's, used or not.
"""
# ruff: noqa: ARG002

import base64
import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from upheld.accounts.backend import PasswordBackend
from upheld.accounts.words import ERRORS, NOTICES, SECOND_STEP_ERRORS, SUCCESSES


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a system administrator; every word to the person is one of ours."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes their own account."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Let in only accounts that may sign in, whichever way they came: password, passkey or the council's own."""
        if not PasswordBackend().user_can_authenticate(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's details, where the message says that it worked."""
        return reverse("account_details")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say on the next page what was done. What the page shows anyway (that one is signed in) is not said."""
        words = message or SUCCESSES.get(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is: no site's name in brackets before it."""
        return subject

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Write an e-mail: a notice from the table of notices, or one with a text of its own."""
        facts = {**context, "council_name": settings.ENVIRONMENT.council_name, "headers": headers}
        if template_prefix in NOTICES:
            subject, happened = NOTICES[template_prefix]
            body = render_to_string(
                "account/email/notice_message.txt",
                {**facts, "happened": happened, "support_email": settings.ENVIRONMENT.support_email},
            )
        else:
            subject = render_to_string(f"{template_prefix}_subject.txt", facts).strip()
            body = render_to_string(f"{template_prefix}_message.txt", facts)
        to = [email] if isinstance(email, str) else email
        return EmailMessage(subject, body, self.get_from_email(), to, headers=headers)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second step are stored encrypted, so that a copy of the database alone opens no account."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultMFAAdapter.error_messages, **SECOND_STEP_ERRORS}

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with a key drawn from the installation's secret key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret back. One that another key wrote gives a secret that nobody knows, so that no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # Its person signs in with a recovery code, or has the second step taken off, instead of an error page.
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the library's name for it
        """A first name for a passkey, which the person may change."""
        return "My passkey"


def _cipher() -> MultiFernet:
    """The cipher of this installation. Former keys still read, as with everything that the secret key signs."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret_key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"upheld second step of sign-in")
    return base64.urlsafe_b64encode(derivation.derive(secret_key.encode()))
