"""The list of cases behind a number, and a case to read."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from upheld.accounts.models import User
from upheld.accounts.rules import Permission, requires
from upheld.cases.actions.record_view import record_view
from upheld.cases.forms import ListForm
from upheld.cases.presenters.case_list import list_page
from upheld.cases.presenters.case_page import case_page
from upheld.cases.queries.case_list import stages_behind, stages_received
from upheld.cases.queries.case_page import case_details
from upheld.cases.queries.facts import quarters_of_record
from upheld.cases.queries.histories import NoSuchCase
from upheld.cases.queries.labels import labels

PAGE = 50


@require_safe
@requires(Permission.SEE_CASES)
def case_list(request: HttpRequest) -> HttpResponse:
    """The stages of cases that a figure counts, or everything received: as many rows as the number says."""
    user, today, words = _user(request), timezone.localdate(), labels()
    recorded = quarters_of_record(as_at=today)
    form = ListForm(request.GET.dict(), recorded=recorded, labels=words, today=today)
    if not form.is_valid():
        return render(request, "cases/list_refused.html", {"form": form}, status=400)
    chosen = form.selection
    if chosen.quarter is None:
        stages = stages_received(as_at=chosen.as_at, where=chosen.where, by=user)
    else:
        stages = stages_behind(chosen.figure, chosen.quarter, as_at=chosen.as_at, where=chosen.where, by=user)
    page = Paginator(range(stages.count), PAGE).get_page(request.GET.get("page"))
    rows = stages.rows(
        sort=chosen.sort, descending=chosen.descending, offset=max(page.start_index() - 1, 0), limit=PAGE
    )
    shown = list_page(chosen, count=stages.count, rows=rows, page=page, labels=words, today=today)
    return render(request, "cases/list.html", {"page": shown, "form": form})


@require_safe
@requires(Permission.SEE_CASES)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case to read; that it was opened is written down."""
    user = _user(request)
    try:
        details = case_details(case_id, by=user)
    except NoSuchCase as error:
        raise Http404(str(error)) from error
    record_view(case_id, by=user, at=timezone.now())
    return render(request, "cases/case.html", {"page": case_page(details, today=timezone.localdate())})


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker: strangers are sent to sign in
    return request.user
