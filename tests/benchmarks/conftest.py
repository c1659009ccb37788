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
    told: dict[str, object] = {}
    if "benchmark" in request.fixturenames:
        told = request.getfixturevalue("benchmark").extra_info
    yield
    for name, value in told.items():
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
