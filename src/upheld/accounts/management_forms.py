"""The forms with which a system administrator makes accounts and gives roles."""

from datetime import date
from typing import Any

from django import forms

from upheld.accounts.enums import Role
from upheld.accounts.models import User
from upheld.web.dates import DateField

_NOT_AN_ADDRESS = "Enter an email address like name@example.gov.uk"


class NewUserForm(forms.Form):
    """A new account. It has no password: its person chooses one, or signs in with the council's own sign-in."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="As colleagues know it. It stands beside what this person records.",
        error_messages={"required": "Enter the person's name"},
    )
    email = forms.EmailField(
        label="Work email address",
        max_length=254,
        error_messages={"required": "Enter the person's work email address", "invalid": _NOT_AN_ADDRESS},
    )
    roles = forms.MultipleChoiceField(
        label="Roles from today",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        # A deputy stands in for somebody between dates: that is given on the person's own page.
        choices=[(role.value, role.label) for role in Role if role is not Role.NAMED_DEPUTY],
    )


class GrantForm(forms.Form):
    """A role for somebody, between dates."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *((role.value, role.label) for role in Role)],
        error_messages={"required": "Choose a role"},
    )
    deputy_for = forms.ModelChoiceField(
        label="For a named deputy: whose place they take",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody",
        to_field_name="public_id",
    )
    valid_from = DateField(label="First day", missing="Enter the first day of the role")
    valid_to = DateField(label="Last day", required=False, help_text="Leave it empty for a role without an end")

    def __init__(self, *args: Any, holder: User, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_from": today}
        super().__init__(*args, **kwargs)
        others = User.objects.filter(is_active=True).exclude(pk=holder.pk).order_by("name", "pk")
        chosen: forms.ModelChoiceField = self.fields["deputy_for"]  # type: ignore[assignment]
        chosen.queryset = others
