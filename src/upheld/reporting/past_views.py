"""Past totals on the site: what was published before the record, beside what the record says, and entering one."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from upheld.accounts.models import User
from upheld.accounts.rules import Permission, can, requires
from upheld.errors import UpheldError
from upheld.figures.definitions import CATALOGUE
from upheld.figures.past import PastTotal
from upheld.figures.past_file import past_total
from upheld.figures.reconcile import shown_past
from upheld.procedure import load_pack
from upheld.register.events import PACK
from upheld.reporting import actions
from upheld.reporting.past_queries import past_totals, reconciled

_STAGES = {stage.code: stage.short for stage in load_pack(PACK).stages}


class PastTotalForm(forms.Form):
    """One number as it was published. What it means is settled as for a row of a file."""

    figure = forms.ChoiceField(
        label="Figure",
        choices=[("", "Choose a figure"), *((f.id, f.label) for f in CATALOGUE.figures.values())],
        error_messages={"required": "Choose the figure"},
    )
    quarter = forms.CharField(
        label="Quarter",
        max_length=20,
        help_text="As in “Q4 2017/18”",
        error_messages={"required": "Enter the quarter"},
    )
    stage = forms.ChoiceField(label="Stage", required=False, choices=[("", "All stages"), *_STAGES.items()])
    team = forms.CharField(
        label="Team (optional)", required=False, max_length=200, help_text="As it was called in the document"
    )
    value = forms.CharField(
        label="Value",
        max_length=12,
        help_text="A whole number, or whole per cent",
        error_messages={"required": "Enter the number"},
    )
    out_of = forms.CharField(
        label="Out of (optional)", required=False, max_length=12, help_text="For a percentage: of how many"
    )
    source = forms.CharField(
        label="Where was it published?",
        max_length=300,
        help_text="The document, with its date",
        error_messages={"required": "Say where it was published"},
    )
    page = forms.CharField(label="Page (optional)", required=False, max_length=20)
    note = forms.CharField(
        label="Note (optional)", required=False, max_length=500, help_text="Such as what it counted otherwise"
    )

    def clean(self) -> dict[str, Any]:
        """Read it as a row of a file would be read."""
        cleaned = super().clean() or {}
        if not self.errors:
            row = {name.replace("_", " "): str(text or "") for name, text in cleaned.items()}
            try:
                cleaned["total"] = past_total(row, stages=_STAGES)
            except UpheldError as error:
                self.add_error(None, str(error))
        return cleaned


@requires(Permission.READ_REPORTS)
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """Every past total, with what it replaced, beside the record's number."""
    beside = {each.past.key: each for each in reconciled(as_at=timezone.localdate())}
    rows = []
    for kept in past_totals():
        each = beside[kept.total.key]
        now = each.now.value if each.now is not None else None
        before = f" (before: {', '.join(shown_past(old) for old in kept.before)})" if kept.before else ""
        where = f", page {kept.total.page}" if kept.total.page else ""
        rows.append(
            [
                {"text": _what(kept.total)},
                {"text": kept.total.period.label},
                {"text": f"{shown_past(kept.total)}{before}"},
                {"text": "No data" if now is None else str(now)},
                {"text": "–" if now is None else each.in_words},
                {"text": f"{kept.total.source}{where}{'. ' + kept.total.note if kept.total.note else ''}"},
            ]
        )
    may_enter = can(request.user, Permission.ENTER_PAST_TOTALS)
    return render(request, "reporting/past_totals.html", {"rows": rows, "may_enter": may_enter})


@requires(Permission.ENTER_PAST_TOTALS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_past(request: HttpRequest) -> HttpResponse:
    """Enter one past total; one that was entered before is replaced, and both stay."""
    form = PastTotalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        assert isinstance(request.user, User)  # noqa: S101 - for the type checker: the permission was checked
        total: PastTotal = form.cleaned_data["total"]
        done = actions.record_past_totals([total], by=request.user, at=datetime.now(UTC))
        said = "was recorded before" if done.same else "is recorded; the earlier number stays beside it"
        messages.success(request, f"{_what(total)}, {total.period.label} {said if not done.new else 'is recorded'}.")
        return redirect("past_totals")
    return render(request, "reporting/past_total_add.html", {"form": form})


def _what(total: PastTotal) -> str:
    groups = ", ".join(_STAGES.get(text, text) for _, text in total.by)
    return CATALOGUE.figure(total.figure).label + (f", {groups}" if groups else "")
