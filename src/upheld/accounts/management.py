"""The pages on which a system administrator makes and closes accounts, and gives and takes away roles."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upheld.accounts import actions, presenters, queries
from upheld.accounts.actions import AccountError
from upheld.accounts.management_forms import GrantForm, NewUserForm
from upheld.accounts.models import User
from upheld.accounts.rules import Permission, requires

PAGE_SIZE = 100


@requires(Permission.MANAGE_USERS)
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account."""
    found = queries.users_with_roles(on=timezone.localdate())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [presenters.user_row(user) for user in page]
    return render(request, "accounts/users.html", {"page": page, "rows": rows})


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_user(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    form = NewUserForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.create_user(**form.cleaned_data, by=_by(request))
        except AccountError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{made.name} has an account.")
            return redirect("user", made.public_id)
    return render(request, "accounts/user_add.html", {"form": form})


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "HEAD", "POST"])
def user(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account: its roles, and a form to give it another."""
    person = _person(public_id)
    form = GrantForm(request.POST if request.method == "POST" else None, holder=person, today=timezone.localdate())
    if form.is_valid():
        try:
            grant = actions.grant_role(person, by=_by(request), **form.cleaned_data)
        except AccountError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{person.name} has the role: {presenters.held(grant)}.")
            return redirect("user", person.public_id)
    today = timezone.localdate()
    grants = [presenters.grant_row(grant, today) for grant in queries.grants_not_over(person, on=today)]
    return render(request, "accounts/user.html", {"person": person, "grants": grants, "form": form})


@requires(Permission.MANAGE_USERS)
@require_POST
def revoke(request: HttpRequest, public_id: UUID, grant_id: int) -> HttpResponse:
    """Take a role away from today."""
    person = _person(public_id)
    grant = get_object_or_404(queries.grants_of(person), pk=grant_id)
    _tell(request, lambda: actions.revoke_role(grant, by=_by(request)), "The role was taken away.")
    return redirect("user", person.public_id)


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an account, having asked."""
    person = _person(public_id)
    if request.method == "POST":
        _tell(request, lambda: actions.deactivate(person, by=_by(request)), f"The account of {person.name} is closed.")
        return redirect("user", person.public_id)
    return render(request, "accounts/user_close.html", {"person": person})


@requires(Permission.MANAGE_USERS)
@require_POST
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    person = _person(public_id)
    _tell(request, lambda: actions.reactivate(person, by=_by(request)), f"The account of {person.name} is open again.")
    return redirect("user", person.public_id)


def _person(public_id: UUID) -> User:
    return get_object_or_404(queries.users(), public_id=public_id)


def _by(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker: the permission was checked
    return request.user


def _tell(request: HttpRequest, do: Callable[[], object], done: str) -> None:
    """Do something, and say on the next page that it was done, or why not."""
    try:
        do()
    except AccountError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
