"""What must be true of every template of ours, looked at as text and as a tree."""

import re
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import UndefinedError, nodes


def environment():
    return engines["jinja2"].env


def name_of(path: Path) -> str:
    return path.as_posix().split("/jinja2/", 1)[1]


# Those of the rooms that are installed.
TEMPLATES = [Path(environment().get_template(name).filename) for name in environment().list_templates()]
TEMPLATES = [path for path in TEMPLATES if "/upheld/" in path.as_posix()]
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
OF_THE_SHELL = [path for path in TEMPLATES if {"web", "accounts"} & {path.parts[path.parts.index("jinja2") - 1]}]


def test_every_template_of_the_shell_is_looked_at() -> None:
    # Finding them compiled them all.
    source = Path(__file__).parents[3] / "src/upheld"
    ours = {path for room in ("web", "accounts") for path in (source / room / "jinja2").rglob("*") if path.is_file()}
    assert set(OF_THE_SHELL) == ours


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_nothing_is_inline_that_the_content_security_policy_bars(path: Path) -> None:
    text = path.read_text()
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert [one for one in scripts if "src=" not in one and 'type="application/json"' not in one] == []
    assert re.findall(r"""\s(?:style|on[a-z]+)=["']""", text) == []
    assert "<style" not in text
    assert "javascript:" not in text


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_nothing_is_left_of_another_template_language(path: Path) -> None:
    assert re.findall(r"\{%-?\s*(?:load|url|static|csrf_token|trans|blocktrans|with|element)\b", path.read_text()) == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_forms_that_change_something_carry_the_token(path: Path) -> None:
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL)
    assert [
        form for form in forms if "{{ csrf_input }}" not in form and "action=\"{{ url('components')" not in form
    ] == []


def test_a_name_that_does_not_exist_is_an_error() -> None:
    for text in ("{{ conucil }}", "{{ shell.conucil_name }}", "{% if conucil %}{% endif %}", "{{ govukButon({}) }}"):
        with pytest.raises(UndefinedError):
            environment().from_string(text).render(shell=object())


def test_text_is_escaped_in_pages_and_left_alone_in_email() -> None:
    from upheld.web.environment import environment as make

    made = make()
    assert made.autoescape("page.html") is True
    assert made.autoescape("message.txt") is False
    assert made.autoescape(None) is True


# What the context processors, Django and the views give; a name that is none of these is a slip of the pen.
GIVEN = {
    "csrf_input", "messages", "request", "shell", "sign_in",
    # error pages
    "back", "has_errors", "reference", "signed_in",
    # views of ours
    "cookies", "example", "form", "grants", "page", "person", "roles", "rows", "session_hours",
    # views of the sign-in library
    "MFA_SUPPORTED_TYPES", "action_url", "authenticator", "authenticators", "can_confirm", "can_download_codes",
    "can_generate_codes", "can_view_codes", "confirmation", "emailaddresses", "is_mfa_enabled", "js_data", "process",
    "provider", "reauthentication_alternatives", "redirect_field", "redirect_field_name", "redirect_field_value",
    "token_fail", "total_count", "totp_svg_data_uri", "unused_code_count", "unused_codes", "webauthn_form",
    # e-mails
    "council_name", "happened", "password_reset_url", "support_email", "timestamp",
}  # fmt: skip


def names_used_and_not_made(template: nodes.Template) -> set[str]:
    """The names that a template reads, but for those it makes itself, imports, or takes as arguments."""
    read = {name.name for name in template.find_all(nodes.Name) if name.ctx == "load"}
    made = {name.name for name in template.find_all(nodes.Name) if name.ctx in {"store", "param"}}
    made |= {macro.name for macro in template.find_all(nodes.Macro)}
    for imported in template.find_all(nodes.FromImport):
        made |= {name if isinstance(name, str) else name[1] for name in imported.names}
    return read - made - {"loop", "caller", "self"}


@pytest.mark.parametrize("path", OF_THE_SHELL, ids=name_of)
def test_every_name_is_one_that_the_page_is_given(path: Path) -> None:
    made = environment()
    assert names_used_and_not_made(made.parse(path.read_text())) - set(made.globals) <= GIVEN
