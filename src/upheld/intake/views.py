"""The pages of an import: the list, the upload, how it stands, and what people decide about it."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upheld.accounts.models import User
from upheld.accounts.rules import Permission, requires
from upheld.errors import UpheldError
from upheld.intake import actions, presenters, queries
from upheld.intake.enums import State
from upheld.intake.findings import findings_of
from upheld.intake.forms import SaveLayoutForm, UploadForm
from upheld.intake.models import Upload
from upheld.intake.sealing import CannotUnseal, unseal
from upheld.jobs.queries import Status, job_status, standing
from upheld.register.template import template_csv, template_workbook

PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

importers = requires(Permission.IMPORT_REGISTERS)


@require_safe
@importers
def imports(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and every register that was imported."""
    by = user_of(request)
    page = Paginator(queries.imports(by=by), PAGE).get_page(request.GET.get("page"))
    waiting = list(queries.open_uploads(by=by))
    names = queries.names_of([*(one.recorded_by for one in page), *(one.uploaded_by for one in waiting)])
    return render(
        request,
        "intake/imports.html",
        {
            "page": page,
            "imported": [presenters.imported_row(one, names) for one in page],
            "waiting": [presenters.waiting_row(one, names) for one in waiting],
            "layouts": queries.saved_mappings(by=by),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@importers
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file and send it."""
    by = user_of(request)
    saved = queries.saved_mappings(by=by)
    if request.method != "POST":
        return render(request, "intake/upload.html", {"form": UploadForm(saved=saved)})
    form = UploadForm(request.POST, request.FILES, saved=saved)
    if _is_too_large(request):
        form.is_valid()
        form.too_large()
    if not form.is_valid():
        return render(request, "intake/upload.html", {"form": form})
    given = form.cleaned_data["file"]
    made = actions.receive(given.name, given.read(), by=by, at=timezone.now(), mapping=form.cleaned_data.get("layout"))
    return redirect("import", made.id)


def _is_too_large(request: HttpRequest) -> bool:
    """Whether the file is larger than may be; one that is much larger has not been taken in at all."""
    most = settings.ENVIRONMENT.upload_megabytes * 1024 * 1024
    sent = request.FILES.get("file")
    size = int(request.META.get("CONTENT_LENGTH") or 0) if sent is None else sent.size or 0
    return size > most


@require_safe
@importers
def one(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """How an upload stands: what was understood, what is refused, what an import would do, what it did."""
    found = upload_or_404(request, upload_id)
    state = State(found.state)
    try:
        findings = findings_of(found)
    except CannotUnseal as error:
        return render(request, "intake/lost.html", {"upload": found, "problem": str(error)})
    if request.htmx and not state.is_worked_on:  # type: ignore[attr-defined]  # django-htmx's
        return HttpResponse(headers={"HX-Refresh": "true"})
    refusals = Paginator(findings.refusals, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "intake/import.html",
        {
            "upload": found,
            "state": state,
            "findings": findings,
            "refusals": refusals,
            "names": queries.names_of([found.uploaded_by, found.decided_by]),
            "progress": presenters.progress_of(queries.progress(found.id)) if state.is_worked_on else None,
            "failed": state.is_worked_on and found.job is not None and job_status(found.job) is Status.FAILED,
            "nobody_works": state.is_worked_on and standing().workers == 0,
            "remarks": presenters.remarks_by_kind(findings.remarks),
            "layout_form": SaveLayoutForm(),
            "size": presenters.size(found.size),
        },
    )


@require_POST
@importers
def confirm(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Import it."""
    return _decided(request, upload_id, lambda: actions.confirm(upload_id, by=user_of(request), at=timezone.now()))


@require_POST
@importers
def withdraw(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Give it up."""
    return _decided(request, upload_id, lambda: actions.withdraw(upload_id, by=user_of(request), at=timezone.now()))


@require_POST
@importers
def accept_teams(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Take the unknown teams for new ones."""
    return _decided(request, upload_id, lambda: actions.accept_new_teams(upload_id, by=user_of(request)))


@require_POST
@importers
def accept_corrections(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Let the file correct what people have recorded by hand."""
    return _decided(request, upload_id, lambda: actions.accept_corrections(upload_id, by=user_of(request)))


@require_POST
@importers
def read_again(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Read it once more."""
    return _decided(request, upload_id, lambda: actions.read_again(upload_id, by=user_of(request)))


@require_POST
@importers
def save_layout(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Keep the layout of this upload for the next file."""
    found = upload_or_404(request, upload_id)
    form = SaveLayoutForm(request.POST)
    if not found.mapping:
        messages.error(request, "This file is read without a layout of its own, so there is none to save.")
    elif not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    else:
        saved = actions.save_mapping(form.cleaned_data["name"], found.mapping, by=user_of(request), at=timezone.now())
        messages.success(request, f"The layout is saved as “{saved.name}”. Choose it when you upload the next file.")
    return redirect("import", upload_id)


@require_POST
@importers
def forget_layout(request: HttpRequest, mapping_id: int) -> HttpResponse:
    """Forget a layout that was kept."""
    actions.forget_mapping(mapping_id, by=user_of(request))
    messages.success(request, "The layout is removed.")
    return redirect("imports")


@require_safe
@importers
def refused(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """The refused rows as a workbook, with the reason beside each cell."""
    sealed = queries.refused_workbook(upload_id, by=user_of(request))
    if sealed is None:
        raise Http404("nothing is refused, or the file is gone")
    return download(unseal(sealed, upload=upload_id, what="refused"), "refused-rows.xlsx", _XLSX)


@require_safe
@importers
def template(_: HttpRequest, form: str) -> HttpResponse:
    """The empty register."""
    if form == "csv":
        return download(template_csv(), "register.csv", "text/csv; charset=utf-8")
    return download(template_workbook(), "register.xlsx", _XLSX)


@require_safe
@importers
def saved_layout(request: HttpRequest, mapping_id: int) -> HttpResponse:
    """A kept layout as a file, for the command or a colleague elsewhere."""
    found = get_object_or_404(queries.saved_mappings(by=user_of(request)), pk=mapping_id)
    return download(found.toml.encode(), "layout.toml", "application/toml")


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def upload_or_404(request: HttpRequest, upload_id: UUID) -> Upload:
    """The upload, or the page that says there is none."""
    found = queries.upload_for(upload_id, by=user_of(request))
    if found is None:
        raise Http404("there is no such upload")
    return found


def user_of(request: HttpRequest) -> User:
    """Who asks."""
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker: strangers are sent to sign in
    return request.user


def _decided(request: HttpRequest, upload_id: UUID, do: Callable[[], None]) -> HttpResponse:
    """Do what somebody decided; where it cannot be done now, say so on the page of the upload."""
    upload_or_404(request, upload_id)
    try:
        do()
    except UpheldError as error:
        messages.error(request, str(error))
    return redirect("import", upload_id)
