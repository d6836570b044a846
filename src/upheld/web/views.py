"""The pages that belong to no room: start, statements, the council's colours."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from upheld.web import branding, gallery


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What the signed-in person may do here."""
    return render(request, "web/start.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the 2018 Regulations ask of a public body."""
    return render(request, "web/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the service keeps about those who use it, and its cookies."""
    return render(
        request,
        "web/privacy.html",
        {
            "cookies": {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME},
            "session_hours": settings.ENVIRONMENT.session_hours,
        },
    )


@login_not_required
@require_safe
def brand_style_sheet(request: HttpRequest) -> HttpResponse:
    """The council's colours, as a style sheet: inline styles are barred."""
    colour = settings.ENVIRONMENT.brand_colour
    etag = f'"{branding.version(colour)}"'
    response = HttpResponse(branding.style_sheet(colour), content_type="text/css; charset=utf-8")
    response["ETag"] = etag
    # The address carries the version too, so an old one is never asked for again.
    response["Cache-Control"] = "public, max-age=86400"
    conditional = get_conditional_response(request, etag=etag, response=response)
    if isinstance(conditional, HttpResponseNotModified):
        conditional["Cache-Control"] = response["Cache-Control"]
    return conditional or response


@require_safe
def component_gallery(request: HttpRequest) -> HttpResponse:
    """Every component with an example, for those who build pages. Not in production."""
    if not (settings.DEBUG or settings.ENVIRONMENT.embedded):
        raise Http404
    return render(request, "web/gallery.html", {"example": gallery.examples(), "form": gallery.example_form()})
