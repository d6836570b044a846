"""What the layout of every page needs to know, whatever the page is about."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from upheld.web import branding, navigation

SERVICE_NAME = "Upheld"


@dataclass(frozen=True, slots=True)
class Banner:
    """A standing notice about the installation: a tag of a word or two, and a sentence."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Shell:
    """The parts of the layout that are not the page's own. `person` is the name of who is signed in, or nothing."""

    service_name: str
    council_name: str
    brand_colour: str
    branding_url: str
    support_email: str
    banners: tuple[Banner, ...]
    person: str
    navigation: tuple[navigation.Link, ...]


def shell(request: HttpRequest | None = None) -> Shell:
    """Gather the layout's parts. Without a request it asks the database nothing: an error page may have none."""
    environment = settings.ENVIRONMENT
    signed_in = request is not None and hasattr(request, "user") and request.user.is_authenticated
    return Shell(
        service_name=SERVICE_NAME,
        council_name=environment.council_name,
        brand_colour=environment.brand_colour,
        branding_url=f"{reverse('branding')}?v={branding.version(environment.brand_colour)}",
        support_email=environment.support_email,
        banners=tuple(_banner(text) for text in settings.SITE_BANNERS),
        person=str(request.user) if request is not None and signed_in else "",
        navigation=navigation.links(request) if request is not None and signed_in else (),
    )


def context(request: HttpRequest) -> dict[str, Shell]:
    """Give every template its shell: a context processor."""
    return {"shell": shell(request)}


def _banner(notice: str) -> Banner:
    """Take a notice written as "Tag: sentence." apart."""
    tag, _, sentence = notice.partition(": ")
    return Banner(tag, sentence[:1].upper() + sentence[1:])
