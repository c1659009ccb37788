"""One table of what was measured, each figure as the tests judge it."""

from collections.abc import Iterator

import pytest

FIGURES = pytest.StashKey[list[tuple[str, str, str]]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin without figures."""
    config.stash[FIGURES] = []


@pytest.fixture(autouse=True)
def _figures(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep what a benchmark told beside its time."""
    used = "benchmark" in request.fixturenames
    measured = request.getfixturevalue("benchmark") if used else None
    yield
    if measured is None or measured.stats is None:
        return
    for name, value in {
        **measured.extra_info,
        "seconds of the shortest round": measured.stats["min"],
    }.items():
        shown = f"{value:.2f}" if isinstance(value, float) else str(value)
        request.config.stash[FIGURES].append((request.node.name, name, shown))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table."""
    rows = config.stash[FIGURES]
    if not rows:
        return
    wide, middle = (max(len(row[place]) for row in rows) for place in (0, 1))
    terminalreporter.section("measured")
    for test, name, value in rows:
        terminalreporter.write_line(f"{test:<{wide}}  {name:<{middle}}  {value:>10}")
