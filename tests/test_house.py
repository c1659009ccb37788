"""The rules of the house that no single module can keep: layers, locks, resources, no trace of a machine."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

CODES = Path("resources/codes")
SAMPLES = Path("resources/samples")
ICONS = Path("resources/icons")
LOCKS = ("runtime", "dev", "build")

ICON_NAMES = """
    add check chevron-down close delete edit enterprise error export folder help history import inbox info
    institution lock logo outbox overview person print report search settings sync target undo unlock usb
    warning
"""

# Written in pieces, or this file would be the one that is found.
NOT_OURS = re.compile(
    r"/(?:work|root|home)/\w|/tmp/\w+/|[a-z]:\\users\\|"
    r"files\.python" + r"hosted|pypi\.(?:org|python)|deb\.deb" + r"ian|registry\.np" + r"mjs|"
    r"\b(?:index-url|find-links)\b *[=:]",
    re.IGNORECASE,
)


def tracked_texts(project: Path) -> list[tuple[str, str]]:
    """Return name and text of every tracked text file that was written for this project."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", str(project), "ls-files", "-z"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in listed.stdout.split("\0") if name]
    texts = []
    for name in names:
        data = (project / name).read_bytes() if (project / name).is_file() else b"\0"
        if b"\0" not in data and "LICENSES" not in name:
            texts.append((name, data.decode("utf-8", "replace")))
    return texts


@pytest.fixture(scope="module")
def texts(project: Path) -> list[tuple[str, str]]:
    if not ((project / ".git").exists() and shutil.which("git")):
        pytest.skip("no checkout or no git: there is no list of tracked files")
    return tracked_texts(project)


def test_no_tracked_file_names_a_registry_or_a_place_on_some_machine(texts: list[tuple[str, str]]) -> None:
    found = [f"{name}: {hit.group()}" for name, text in texts for hit in NOT_OURS.finditer(text)]
    assert found == []


def test_no_ledger_of_an_office_is_tracked(texts: list[tuple[str, str]]) -> None:
    kit = "tests/conformance/files/"  # made up, with keys that everybody may know
    assert [name for name, _ in texts if name.endswith((".ipk", ".db")) and not name.startswith(kit)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(project: Path, name: str) -> None:
    text = (project / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    packages = re.split(r"^(?=\S)", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    assert len(packages) > 20
    for package in packages:
        assert re.match(r"[\w.-]+==[\w.]+", package), package
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package


def locked_versions(project: Path, name: str) -> dict[str, str]:
    """Return the version of each package in a lock file."""
    text = (project / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", ["runtime", "build"])
def test_what_is_shipped_is_what_was_tested(project: Path, name: str) -> None:
    tested = locked_versions(project, "dev")
    shipped = locked_versions(project, name)
    assert {package: tested[package] for package in shipped if package in tested}.items() <= shipped.items()
    assert shipped["pyside6-essentials"] == "6.8.3"


def test_every_dependency_has_its_line_in_the_documents(project: Path) -> None:
    told = (project / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert [package for package in locked_versions(project, "dev") if f"| {package} " not in told] == []
    assert [package for package in locked_versions(project, "build") if f"| {package} " not in told] == []


@pytest.mark.parametrize(
    "name", ["README.md", "docs/architecture.md", "docs/dependencies.md", "CHANGELOG.md"]
)
def test_every_place_that_a_document_names_is_there(project: Path, name: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    named = re.findall(r"`((?:ipdesk|db|ui|resources|requirements|packaging|docs)/[\w./-]*)[`*]", text)
    assert [place for place in named if not (project / place).exists()] == []


def lint_imports(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the contracts of the pyproject.toml in a folder over the packages there."""
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [linter, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_layers_hold(project: Path) -> None:
    run = lint_imports(project)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("ipdesk/a.py", "import PySide6", 1),
        ("ipdesk/a.py", "import sqlite3", 1),
        ("ipdesk/a.py", "import db.a", 1),
        ("ui/a.py", "import db.a", 1),
        ("ui/a.py", "import sqlite_utils", 1),
        ("db/a.py", "import ui.a", 1),
        ("db/a.py", "import ipdesk.__main__", 1),
        ("ipdesk/a.py", "import ipdesk.b.c", 1),
        ("ipdesk/__main__.py", "import db.a, ui.a", 0),
    ],
)
def test_a_contract_breaks_when_it_should(
    project: Path, tmp_path: Path, module: str, line: str, broken: int
) -> None:
    shutil.copy(project / "pyproject.toml", tmp_path)
    house = {name: "" for name in ("ipdesk/__main__.py", "ipdesk/b/__init__.py", "db/a.py", "ui/a.py")}
    house |= {f"{package}/__init__.py": "" for package in ("ipdesk", "db", "ui")}
    for name, text in (house | {"ipdesk/b/c.py": "import ipdesk.a", "ipdesk/a.py": "", module: line}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = lint_imports(tmp_path)
    assert f"{broken} broken" in run.stdout, run.stdout + run.stderr


def test_the_fonts_can_go_into_a_pdf(project: Path) -> None:
    names = []
    for path in sorted((project / "resources" / "fonts").glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            assert "glyf" in font, f"{path.name}: reportlab embeds TrueType outlines only"
            names.append(font["name"].getDebugName(6))
    assert len(names) == 7
    assert len(set(names)) == len(names), "two fonts of one PostScript name become one in a PDF"


def test_every_font_comes_with_its_licence(project: Path) -> None:
    families = {re.split(r"[-]", path.stem)[0] for path in (project / "resources" / "fonts").glob("*.ttf")}
    licences = {path.name.split("-")[0] for path in (project / "resources" / "fonts" / "LICENSES").iterdir()}
    assert {family.replace("IPDeskKai", "LXGWWenKai") for family in families} == licences


def test_a_rare_character_of_a_name_has_a_shape(project: Path) -> None:
    with TTFont(project / "resources" / "fonts" / "NotoSansSC-Regular.ttf", lazy=True) as font:
        assert ord("𬭛") in font.getBestCmap()


def test_the_icons_are_one_set(project: Path) -> None:
    drawn = {path.stem: path.read_text(encoding="utf-8") for path in (project / ICONS).glob("*.svg")}
    assert drawn.keys() >= set(ICON_NAMES.split())
    for name in drawn.keys() - {"logo"}:
        assert 'viewBox="0 0 24 24"' in drawn[name]
        assert 'stroke="currentColor" stroke-width="1.5"' in drawn[name]


def test_the_program_has_its_picture_in_every_size_of_windows(project: Path) -> None:
    from PIL import Image

    with Image.open(project / ICONS / "app.ico") as icon:
        assert {size for size, _ in icon.info["sizes"]} == {16, 20, 24, 32, 40, 48, 64, 128, 256}


def test_eight_samples_stand_with_their_right_answers(project: Path) -> None:
    sheets = {path.name for path in (project / SAMPLES).iterdir() if path.is_file()}
    answers = {path.name.removesuffix(".json") for path in (project / SAMPLES / "expected").iterdir()}
    assert len(sheets) == 8
    assert sheets == answers


def differing(ours: Path, theirs: Path) -> list[str]:
    """Return the names of our files that are missing or different in the other folder."""
    names = [path.relative_to(ours) for path in sorted(ours.rglob("*")) if path.is_file()]
    return [
        str(name)
        for name in names
        if not (theirs / name).is_file() or (ours / name).read_bytes() != (theirs / name).read_bytes()
    ]


@pytest.mark.shared
def test_code_tables_are_those_all_developers_share(project: Path, shared: Path) -> None:
    told = {path.name for path in (shared / "domain").glob("*.csv")}
    assert told <= {path.name for path in (project / CODES).glob("*.csv")}  # the program adds some of its own
    other = [n for n in told if (project / CODES / n).read_bytes() != (shared / "domain" / n).read_bytes()]
    assert other == []


@pytest.mark.shared
def test_samples_and_fonts_are_those_all_developers_share(project: Path, shared: Path) -> None:
    assert differing(project / SAMPLES, shared / "samples") == []
    assert differing(project / "resources" / "fonts", shared / "fonts") == []
