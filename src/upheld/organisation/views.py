"""The organisation through time: its tree on a day, each unit's history, and recording what happened."""

from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from upheld.accounts.models import User
from upheld.accounts.rules import Permission, requires
from upheld.organisation import actions, presenters, queries, rules
from upheld.organisation.changes import ChangeKind, Level, StructureFault
from upheld.organisation.forms import ChangeForm, WhatForm, WithdrawForm
from upheld.organisation.structure import Timeline
from upheld.organisation.words import change_in_words
from upheld.web.formats import format_date


@requires(Permission.SEE_STRUCTURE)
@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    """The tree on a day, and what has happened."""
    recorded = queries.changes_recorded()
    timeline = Timeline.of(recorded)
    today = timezone.localdate()
    asked = request.GET.get("on", "")
    day, wrong = today, ""
    if asked:
        try:
            day = date.fromisoformat(asked)
        except ValueError:
            wrong = f"“{asked}” is not a day. Choose one, or write it as 2020-09-01."
    may_change = rules.may_change_structure(request.user)
    authors = queries.recorded_by()
    page = {
        "day": day,
        "day_words": format_date(day),
        "is_today": day == today,
        "wrong": wrong,
        "tree": presenters.shown_tree(timeline, day),
        "changes": presenters.shown_changes(
            recorded, timeline, queries.author_names(authors.values()), authors, may_change=may_change
        ),
        "may_change": may_change,
    }
    return render(request, "organisation/organisation.html", page, status=400 if wrong else 200)


@requires(Permission.SEE_STRUCTURE)
@require_safe
def unit(request: HttpRequest, level: str, code: str) -> HttpResponse:
    """The history of one directorate, service or team."""
    recorded = queries.changes_recorded()
    timeline = Timeline.of(recorded)
    of = Level(level)
    versions = timeline.versions.get((of, code))
    if versions is None:
        raise Http404
    numbers = {change.number for change in timeline.history(of, code)}
    concerned = tuple(change for change in recorded if change.number in numbers)
    authors = queries.recorded_by()
    page = {
        "name": versions[-1].name,
        "level": of,
        "closed": versions[-1].ends is not None,
        "versions": presenters.shown_versions(versions, timeline),
        "changes": presenters.shown_changes(
            concerned, timeline, queries.author_names(authors.values()), authors, may_change=False
        ),
    }
    return render(request, "organisation/unit.html", page)


@requires(Permission.CHANGE_STRUCTURE)
@require_safe
def what_happened(request: HttpRequest) -> HttpResponse:
    """The first step of recording: what happened, and to what."""
    form = WhatForm(request.GET or None)
    if form.is_valid():
        return redirect("organisation_record", form.cleaned_data["what"], form.cleaned_data["level"])
    return render(request, "organisation/what_happened.html", {"form": form}, status=400 if request.GET else 200)


@requires(Permission.CHANGE_STRUCTURE)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, what: str, level: str) -> HttpResponse:
    """Record one change."""
    kind, of = ChangeKind(what), Level(level)
    if kind is ChangeKind.MOVE and of.above is None:
        raise Http404
    timeline = queries.timeline()
    form = ChangeForm(request.POST if request.method == "POST" else None, kind=kind, level=of, timeline=timeline)
    if form.is_valid():
        try:
            change = actions.record_change(form.entry, by=_by(request), at=datetime.now(UTC))
        except StructureFault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"Recorded: {change_in_words(change, queries.timeline())}.")
            return redirect(f"{reverse('organisation')}?on={change.on}")
    heading = presenters.heading_of(kind, of)
    return render(request, "organisation/record.html", {"form": form, "heading": heading, "what": what, "level": level})


@requires(Permission.CHANGE_STRUCTURE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back a change that was recorded wrongly, having asked why."""
    timeline = queries.timeline()
    change = next((each for each in timeline.changes if each.number == number and each.on is not None), None)
    if change is None:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw_change(number, form.cleaned_data["reason"], by=_by(request), at=datetime.now(UTC))
        except StructureFault as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "It was taken back. Both records stay.")
            return redirect("organisation")
    page = {"form": form, "number": number, "words": change_in_words(change, timeline),
            "day": format_date(change.on) if change.on else ""}  # fmt: skip
    return render(request, "organisation/withdraw.html", page)


def _by(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker: the permission was checked
    return request.user
