"""The dashboard, and reports to read and to download."""

import hashlib
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET, require_safe

from upheld.accounts.models import User
from upheld.accounts.rules import Permission, requires
from upheld.documents import Format, HouseStyle
from upheld.documents import render as render_document
from upheld.documents.bundle import file_name
from upheld.documents.html import style_sheet
from upheld.documents.text import tidy
from upheld.figures.period import Quarter
from upheld.narrative.commentary import CommentaryFault
from upheld.narrative.report import Report
from upheld.organisation.queries import days_of_change, services_on, timeline
from upheld.reporting import actions, queries, rules
from upheld.reporting.assemble import house_style
from upheld.reporting.charts import all_drawn
from upheld.reporting.forms import FilterForm, structure_asked
from upheld.reporting.presenters.page import dashboard_page
from upheld.reporting.presenters.reports import dashboard_address, report_page, report_years
from upheld.web import views as web


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The quarter's figures; for those whose work is not with figures, the start page."""
    if not rules.may_see_figures(request.user):
        return web.start(request)
    as_at = timezone.localdate()
    record = queries.Record()
    recorded = record.quarters(as_at)
    may_see_cases = rules.may_see_cases(request.user)
    if not recorded:
        return render(request, "reporting/dashboard_empty.html", {"may_record": may_see_cases})
    through_time = timeline()
    structures = days_of_change(through_time)
    services = services_on(through_time, structure_asked(request.GET.get("structure", ""), structures))
    form = FilterForm(request.GET.dict(), recorded=recorded, services=services, as_at=as_at, structures=structures)
    if not form.is_valid():
        return render(request, "reporting/dashboard_refused.html", {"form": form}, status=400)
    page = dashboard_page(
        record.dashboard(form.selection),
        style=_style(),
        services={service.code: service.name for service in services},
        cases_address=reverse("cases") if may_see_cases else "",
        may_read_reports=rules.may_read_reports(request.user),
    )
    return render(request, "reporting/dashboard.html", {"page": page, "form": form})


@requires(Permission.READ_REPORTS)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every quarter that there is a report of."""
    today = timezone.localdate()
    may_download = rules.may_download_reports(request.user)
    years = report_years(queries.Record().quarters(today), today=today, may_download=may_download)
    return render(request, "reporting/reports.html", {"years": years})


@requires(Permission.READ_REPORTS)
@require_safe
def report(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    """A quarter's report, to read; each case is under the team of its own day, or in the structure of a chosen one."""
    through_time = timeline()
    structures = days_of_change(through_time)
    structure = structure_asked(request.GET.get("structure", ""), structures)
    try:
        made = _made(quarter, structure)
    except CommentaryFault as fault:
        return _faulty(request, quarter, fault)
    back = ""
    if rules.may_see_figures(request.user):
        known = {service.code for service in services_on(through_time, structure)}
        service = request.GET.get("service", "")
        kept = {"service": service} if service in known else {}
        back = dashboard_address(quarter, {**kept, **({"structure": structure.isoformat()} if structure else {})})
    style = _style()
    page = report_page(
        made, style, may_download=rules.may_download_reports(request.user), structure=structure, structures=structures
    )
    look = f"{reverse('report_style_sheet')}?v={_version(style)}"
    return render(request, "reporting/report.html", {"page": page, "dashboard_href": back, "style_sheet": look})


@requires(Permission.DOWNLOAD_REPORTS)
@require_GET
def download(request: HttpRequest, quarter: Quarter, format_: Format) -> HttpResponse:
    """A quarter's report, to take away. It is made when it is asked for, and who took it is written down."""
    structure = structure_asked(request.GET.get("structure", ""), days_of_change(timeline()))
    try:
        made = _made(quarter, structure)
    except CommentaryFault as fault:
        return _faulty(request, quarter, fault)
    style = _style()
    content = render_document(made, format_, style=style, charts=all_drawn(made, style))
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker: strangers are sent to sign in
    actions.record_download(made, format_, by=request.user, structure=structure)
    response = HttpResponse(content, content_type=format_.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(made, format_)}"'
    return response


@login_not_required
@require_safe
def report_style_sheet(request: HttpRequest) -> HttpResponse:
    """How a report looks on the site, in the council's colours: inline styles are barred."""
    style = _style()
    response = HttpResponse(style_sheet(style), content_type="text/css; charset=utf-8")
    response["ETag"] = f'"{_version(style)}"'
    # The address carries the version too, so an old one is never asked for again.
    response["Cache-Control"] = "public, max-age=86400"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _made(quarter: Quarter, structure: date | None) -> Report:
    """The report of a quarter; 404 where nothing was received in it. Raises CommentaryFault."""
    today = timezone.localdate()
    record = queries.Record()
    if quarter not in record.quarters(today):
        raise Http404
    return tidy(record.report(quarter, today=today, structure=structure))


def _faulty(request: HttpRequest, quarter: Quarter, fault: CommentaryFault) -> HttpResponse:
    """The report cannot be made as its papers are. What is wrong in them is for those who write them."""
    words = str(fault) if rules.may_see_cases(request.user) else ""
    facts = {"quarter": quarter.label, "folder": f"reports/{quarter.slug}", "fault": words}
    return render(request, "reporting/report_faulty.html", facts, status=409)


def _style() -> HouseStyle:
    environment = settings.ENVIRONMENT
    return house_style(council=environment.council_name, brand=environment.brand_colour)


def _version(style: HouseStyle) -> str:
    return hashlib.sha256(style_sheet(style).encode()).hexdigest()[:12]
