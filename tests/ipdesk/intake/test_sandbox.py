"""The child process: what it answers, what ends it, what is a file's fault and what is ours."""

import multiprocessing
import time
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from ipdesk.crash import ChildCrash, steps
from ipdesk.intake import sandbox
from ipdesk.intake.reader import parse
from ipdesk.intake.sniff import LIMITS
from ipdesk.problems import Refusal
from tests.ipdesk.intake.test_reader import xlsx


def double(number: int) -> int:
    """Return twice a number."""
    return 2 * number


def refuse() -> None:
    """Refuse."""
    raise Refusal("不行")


def swell() -> None:
    """Take more memory than there is."""
    raise MemoryError


def hang() -> None:
    """Take too long."""
    while True:
        pass


def stumble() -> None:
    """Break as a program with a bug does."""
    raise KeyError("张三 15186091390")


def far_away() -> None:
    """Read a sheet whose cells lie so far apart that no memory holds what is between."""

    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["A1"], sheet["ALL1048576"] = 1, 2

    parse(xlsx(fill))


def test_a_task_comes_back_from_its_child() -> None:
    assert sandbox.guarded(double, 21) == 42


@pytest.mark.parametrize(("task", "sentence"), [(refuse, "不行"), (swell, "占用太大或文件已损坏")])
def test_a_task_that_fails_is_a_sentence(task: Callable[[], None], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        sandbox.guarded(task)
    assert sentence in sandbox.outcome_of(task, ()).refused


def test_a_task_without_end_is_stopped() -> None:
    with pytest.raises(Refusal, match="时间太长"):
        sandbox.guarded(hang, limits=LIMITS._replace(seconds=0.2))


def test_a_child_that_dies_is_a_sentence() -> None:
    with pytest.raises(Refusal, match="占用太大或文件已损坏"):
        sandbox.guarded(far_away, limits=LIMITS._replace(memory=1 << 30))


def test_a_bug_in_the_child_is_no_fault_of_the_file() -> None:
    with pytest.raises(ChildCrash) as caught:
        sandbox.guarded(stumble)
    told = "\n".join(steps(caught.value))
    assert "KeyError" in told
    assert "test_sandbox.py" in told
    assert "stumble" in told
    assert "15186091390" not in told + str(caught.value)
    assert sandbox.outcome_of(stumble, ()).crash[0] == "KeyError"


class GivenUpError(Exception):
    """The clerk gave up."""


def test_who_gives_up_is_waited_for_no_longer_and_nothing_runs_on() -> None:
    def beat() -> None:
        raise GivenUpError

    begun = time.monotonic()
    with pytest.raises(GivenUpError):
        sandbox.guarded(hang, beat=beat)
    assert time.monotonic() - begun < LIMITS.seconds / 2
    assert multiprocessing.active_children() == []
