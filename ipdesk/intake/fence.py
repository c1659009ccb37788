"""Hold a child process within its memory, and let it not outlive this one, as far as the system can be told."""

import contextlib
import ctypes
import math
import sys
from collections.abc import Iterator
from ctypes import wintypes
from typing import Protocol, cast

_LIMITS_CLASS = 9  # JobObjectExtendedLimitInformation
_PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000  # JOB_OBJECT_LIMIT_PROCESS_MEMORY, …_KILL_ON_JOB_CLOSE


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION (Win32 API, winnt.h)."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION (Win32 API, winnt.h)."""

    _fields_ = (
        ("basic", _Basic),
        ("counters", ctypes.c_ulonglong * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


class Kernel(Protocol):
    """The calls of kernel32.dll that are used."""

    def CreateJobObjectW(self, security: None, name: None, /) -> int | None:
        """Return the handle of a new job, none when it cannot be made."""

    def SetInformationJobObject(self, job: int, class_: int, limits: object, size: int, /) -> int:
        """Bind a job to limits; 0 when refused."""

    def AssignProcessToJobObject(self, job: int, process: int, /) -> int:
        """Put a process into a job; 0 when refused."""

    def CloseHandle(self, handle: int, /) -> int:
        """Close a job, which ends what runs in it."""


def kernel() -> Kernel | None:
    """Return the calls of this Windows, ``None`` on other systems."""
    if sys.platform == "win32":
        calls = ctypes.WinDLL("kernel32")
        handle, size = wintypes.HANDLE, wintypes.DWORD
        calls.CreateJobObjectW.restype = handle  # else it would be cut to 32 bits
        calls.SetInformationJobObject.argtypes = (handle, ctypes.c_int, ctypes.c_void_p, size)
        calls.AssignProcessToJobObject.argtypes = (handle, handle)
        calls.CloseHandle.argtypes = (handle,)
        return cast(Kernel, calls)
    return None


@contextlib.contextmanager
def fenced(process: int, memory: int, calls: Kernel | None) -> Iterator[None]:
    """Hold a running process (its handle) to so many bytes by a Windows job; leaving, or dying, ends the process.

    A system that refuses the job leaves the process unbound: the sheet can be read all the same.
    """
    job = calls.CreateJobObjectW(None, None) if calls else None
    if not calls or not job:
        yield
        return
    limits = Limits(process_memory=memory)
    limits.basic.flags = _PROCESS_MEMORY | _KILL_ON_CLOSE
    try:
        if calls.SetInformationJobObject(job, _LIMITS_CLASS, ctypes.byref(limits), ctypes.sizeof(limits)):
            calls.AssignProcessToJobObject(job, process)
        yield
    finally:
        calls.CloseHandle(job)


def limit_self(memory: int, seconds: float) -> None:
    """Hold this process to so many bytes and seconds of work, where POSIX can be told; Windows has the job."""
    try:
        import resource
    except ImportError:
        return
    busy = math.ceil(seconds) + 1
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, busy)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
