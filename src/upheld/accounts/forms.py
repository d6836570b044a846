"""The sign-in library's forms with our words: what a field is called, what helps with it, what is missing."""

from dataclasses import dataclass
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as socialaccount
from django import forms
from django.core.validators import EmailValidator

_NOT_AN_ADDRESS = "Enter an email address like name@example.gov.uk"
_CODE_HINT = "The six digits that your authenticator app shows now, or one of your recovery codes"


@dataclass(frozen=True, slots=True)
class Words:
    """How a field is called, what is said under its name, and what is said where it was left empty."""

    label: str
    hint: str
    missing: str


_WORDS = {
    "login": Words("Email address", "", "Enter your email address"),
    "email": Words("Email address", "", "Enter your email address"),
    "password": Words("Password", "", "Enter your password"),
    "oldpassword": Words("Current password", "", "Enter your current password"),
    "password1": Words(
        "New password",
        "At least 12 characters. Three words that do not belong together are easy to remember and hard to guess.",
        "Enter a new password",
    ),
    "password2": Words("New password again", "", "Enter the new password a second time"),
    "code": Words("Code", _CODE_HINT, "Enter the code"),
    "name": Words(
        "A name for it",
        "So that you can tell it from others later, such as “Work laptop”",
        "Enter a name for the passkey",
    ),
    "passwordless": Words("Sign in with it instead of the password", "", ""),
    "account": Words("Which one do you want to disconnect?", "", "Choose the one to disconnect"),
}


class Worded(forms.BaseForm):
    """Puts the words of the table into a form's fields, whatever the library called them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in _WORDS.items():
            if name in self.fields:
                field = self.fields[name]
                field.label, field.help_text = words.label, words.hint
                field.error_messages["required"] = words.missing
                if isinstance(field, forms.EmailField):
                    # The field's own validator, with our words in place of "Enter a valid email address."
                    field.validators = [EmailValidator(message=_NOT_AN_ADDRESS)]


class LoginForm(Worded, account.LoginForm):
    """Sign in."""


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """Show again that one is there, with the password."""


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """Change one's password."""


class SetPasswordForm(Worded, account.SetPasswordForm):
    """Set a first password."""


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """Ask for a link to choose a new password."""


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    """Choose a new password, having followed the link."""


class AuthenticateForm(Worded, mfa.AuthenticateForm):
    """The second step, with a code."""


class ReauthenticateWithCodeForm(Worded, mfa.ReauthenticateForm):
    """Show again that one is there, with a code."""


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    """Set up an authenticator app."""


class AddWebAuthnForm(Worded, webauthn.AddWebAuthnForm):
    """Add a passkey."""


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):
    """Rename a passkey."""


class DisconnectForm(Worded, socialaccount.DisconnectForm):
    """Disconnect a sign-in of the council's."""
