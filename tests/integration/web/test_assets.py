"""What the browser is sent besides pages: built from the lock, complete, without crown or others' typefaces."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[3]
BUILT = ROOT / "src/upheld/web/static/build"
PACKAGE = json.loads((ROOT / "package.json").read_text())
LOCK = json.loads((ROOT / "package-lock.json").read_text())


def test_the_lock_names_no_registry() -> None:
    assert [name for name, package in LOCK["packages"].items() if "resolved" in package] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text().splitlines()


def test_every_version_is_exact_and_the_lock_has_it() -> None:
    wanted = PACKAGE["devDependencies"]
    assert [spec for spec in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", spec)] == []
    assert {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_macros_and_the_styles_are_of_one_release() -> None:
    # govuk-frontend-jinja 4.1.0 says that it matches GOV.UK Frontend 6.3.0: whoever moves one moves both.
    assert (version("govuk-frontend-jinja"), PACKAGE["devDependencies"]["govuk-frontend"]) == ("4.1.0", "6.3.0")


def test_the_styles_wear_neither_the_crown_nor_its_typeface() -> None:
    styles = (BUILT / "upheld.css").read_text()
    assert re.findall(r'--govuk-frontend-version: *"([^"]+)"', styles) == ["6.3.0"]
    for mark in ("GDS Transport", "crest", "crown", "govuk-header"):
        assert mark not in styles
    fonts = re.findall(r'url\("(fonts/[^"]+)"\)', styles)
    assert len(fonts) == 4
    assert [font for font in fonts if not (BUILT / font).is_file()] == []


@pytest.mark.parametrize("folder", ["src/upheld/web/static/build/fonts", "src/upheld/documents/fonts"])
def test_the_typeface_comes_with_its_licence(folder: str) -> None:
    names = sorted(path.name for path in (ROOT / folder).iterdir())
    assert names == [
        "AtkinsonHyperlegible_400Regular.ttf",
        "AtkinsonHyperlegible_400Regular_Italic.ttf",
        "AtkinsonHyperlegible_700Bold.ttf",
        "AtkinsonHyperlegible_700Bold_Italic.ttf",
        "OFL.txt",
    ]


def test_an_imported_script_is_named_by_what_is_in_it() -> None:
    imports = re.findall(r"from '\./([a-z-]+\.min\.js)\?v=([0-9a-f]{12})'", (BUILT / "upheld.js").read_text())
    assert [name for name, _ in imports] == ["govuk-frontend.min.js", "moj-frontend.min.js"]


def test_everything_can_be_collected_under_names_made_of_its_content(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", verbosity=0, interactive=False)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert re.fullmatch(r"build/upheld\.[0-9a-f]{12}\.css", names["build/upheld.css"])
    styles = (tmp_path / names["build/upheld.css"]).read_text()
    links = [link.strip("\"'") for link in re.findall(r"url\(([^)]+)\)", styles)]
    assert len(links) == 9
    assert [link for link in links if not (tmp_path / "build" / link).is_file()] == []
    # The scripts that one of ours imports keep their plain names beside it.
    assert (tmp_path / "build/govuk-frontend.min.js").is_file()
    assert not (tmp_path / "build/.sources").exists()
