"""What holds a child: the job of Windows, by a stand-in for its calls, and the limits of POSIX."""

import ctypes
import resource
import sys
from dataclasses import dataclass, field

import pytest

from ipdesk.intake import fence


@dataclass
class Kernel:
    """Notes what it is asked, and refuses what it is told to."""

    job: int | None = 7
    agrees: int = 1
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def CreateJobObjectW(self, security: None, name: None, /) -> int | None:
        self.asked.append(("create", security, name))
        return self.job

    def SetInformationJobObject(self, job: int, class_: int, limits: object, size: int, /) -> int:
        told = ctypes.cast(limits, ctypes.POINTER(fence.Limits)).contents  # type: ignore[arg-type]
        self.asked.append(("limit", job, class_, told.basic.flags, told.process_memory, size))
        return self.agrees

    def AssignProcessToJobObject(self, job: int, process: int, /) -> int:
        self.asked.append(("assign", job, process))
        return 1

    def CloseHandle(self, handle: int, /) -> int:
        self.asked.append(("close", handle))
        return 1


def test_a_job_binds_the_child_and_ends_with_it() -> None:
    kernel = Kernel()
    with pytest.raises(ZeroDivisionError), fence.fenced(42, 1 << 31, kernel):
        raise ZeroDivisionError
    size = 144 if sys.maxsize > 2**32 else 112  # as winnt.h lays the structure out
    assert kernel.asked == [
        ("create", None, None),
        ("limit", 7, 9, 0x2100, 1 << 31, size),
        ("assign", 7, 42),
        ("close", 7),
    ]


@pytest.mark.parametrize(
    ("kernel", "asked"),
    [(Kernel(job=None), ["create"]), (Kernel(agrees=0), ["create", "limit", "close"])],
)
def test_a_system_that_refuses_leaves_the_child_unbound(kernel: Kernel, asked: list[str]) -> None:
    with fence.fenced(42, 1, kernel):
        pass
    assert [call[0] for call in kernel.asked] == asked


def test_other_systems_bind_the_child_from_within(monkeypatch: pytest.MonkeyPatch) -> None:
    with fence.fenced(42, 1, None):
        pass
    bound: list[tuple[int, tuple[int, int]]] = []

    def bind(what: int, most: tuple[int, int]) -> None:
        bound.append((what, most))
        raise ValueError("not allowed")

    monkeypatch.setattr(resource, "setrlimit", bind)
    fence.limit_self(1 << 30, 0.5)
    assert bound == [(resource.RLIMIT_AS, (1 << 30,) * 2), (resource.RLIMIT_CPU, (2, 2))]
    monkeypatch.setitem(sys.modules, "resource", None)
    fence.limit_self(1, 1)
