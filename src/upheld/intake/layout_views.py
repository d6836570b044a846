"""The form that puts a layout right: first which column is which, then what the words mean."""

import tomllib
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upheld.errors import UpheldError
from upheld.intake import actions
from upheld.intake.enums import State
from upheld.intake.findings import Findings, findings_of
from upheld.intake.forms import ColumnsForm, LayoutFileForm, WordsForm
from upheld.intake.layout_tables import constants_needed, mapping_toml, paths_to_tell, words_to_tell
from upheld.intake.models import Upload
from upheld.intake.views import download, importers, upload_or_404, user_of
from upheld.register.mapping import BadMapping


@require_http_methods(["GET", "HEAD", "POST"])
@importers
def columns(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Which column is which. “Show its columns” draws the form anew for the other way of writing stages."""
    upload, findings = _with_table(request, upload_id)
    form = ColumnsForm(request.POST if request.method == "POST" else None, findings=findings, choices=upload.choices)
    if "redraw" in request.POST:
        form = ColumnsForm(findings=findings, choices={**upload.choices, "layout": request.POST.get("layout", "")})
    elif form.is_valid():
        try:
            actions.keep_choices(upload_id, form.choices(), by=user_of(request))
        except UpheldError as error:
            messages.error(request, str(error))
            return redirect("import", upload_id)
        return redirect("import_words", upload_id)
    return render(request, "intake/columns.html", {"upload": upload, "findings": findings, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@importers
def words(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What the words mean; then the file is read anew. Nothing is asked where nothing is open."""
    upload, findings = _with_table(request, upload_id)
    choices, survey = upload.choices, findings.survey
    if survey is None or not choices:
        return redirect("import_columns", upload_id)
    before = tomllib.loads(upload.mapping) if upload.mapping else {}
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        words=words_to_tell(findings, choices, before.get("words", {})),
        constants=constants_needed(survey, choices, before),
        paths=paths_to_tell(survey, choices),
        before=before,
    )
    if not form.fields:
        form = WordsForm({}, words={}, constants=[], paths=[], before={})
    if form.is_valid():
        toml = mapping_toml(
            findings,
            choices,
            words=form.words(),
            always=form.always(),
            last_part=form.last_part(),
            before=upload.mapping,
            is_workbook=survey.sheet != upload.file_name,
        )
        try:
            actions.change_layout(upload_id, toml, by=user_of(request))
        except UpheldError as error:
            form.add_error(None, str(error))
        else:
            return redirect("import", upload_id)
    return render(request, "intake/words.html", {"upload": upload, "findings": findings, "form": form})


@require_POST
@importers
def sheet(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Look at another sheet of the workbook."""
    _, findings = _with_table(request, upload_id)
    chosen = request.POST.get("sheet", "")
    if findings.survey is None or chosen not in findings.survey.sheets:
        raise Http404("there is no such sheet")
    try:
        actions.choose_sheet(upload_id, chosen, by=user_of(request))
    except UpheldError as error:
        messages.error(request, str(error))
    return redirect("import", upload_id)


@require_safe
@importers
def as_toml(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """The layout as a file, for the command."""
    upload = upload_or_404(request, upload_id)
    if not upload.mapping:
        raise Http404("this file is read without a layout of its own")
    return download(upload.mapping.encode(), "layout.toml", "application/toml")


@require_http_methods(["GET", "HEAD", "POST"])
@importers
def add(request: HttpRequest) -> HttpResponse:
    """Keep a layout that was written as a file."""
    sent = request.method == "POST"
    form = LayoutFileForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        try:
            saved = actions.save_mapping(form.cleaned_data["name"], form.toml(), by=user_of(request), at=timezone.now())
        except BadMapping as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"The layout is saved as “{saved.name}”. Choose it when you upload a file.")
            return redirect("imports")
    return render(request, "intake/layout_add.html", {"form": form})


def _with_table(request: HttpRequest, upload_id: UUID) -> tuple[Upload, Findings]:
    """An upload that somebody may still decide, in which a table was found."""
    upload = upload_or_404(request, upload_id)
    state = State(upload.state)
    if state.is_over or state.is_worked_on:
        raise Http404("this upload is over, or a job is at it")
    findings = findings_of(upload)
    if findings.survey is None:
        raise Http404("no table was found in this file")
    return upload, findings
