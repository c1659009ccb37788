"""Remember, for this user of this PC, which workspaces were open last and how the window stood."""

import contextlib
import json
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from ipdesk import files
from ipdesk.problems import Refusal

LIMIT = 6


class Preferences:
    """A small JSON file in the user's settings folder; one that cannot be read or written is as good as none."""

    def __init__(self, path: Path | None = None) -> None:
        """Read what is remembered."""
        self._path = path or user_config_path("ipdesk", appauthor=False) / "window.json"
        self._kept: dict[str, Any] = self._read()

    def recent(self) -> list[Path]:
        """Return the workspaces opened last that are still there, newest first."""
        known = self._kept.get("recent")
        return [Path(name) for name in known if Path(name).is_dir()] if isinstance(known, list) else []

    def remember(self, folder: Path) -> None:
        """Put a workspace at the top."""
        others = [p for p in self.recent() if p != folder]
        self.put("recent", [str(p) for p in (folder, *others)][:LIMIT])

    def get(self, name: str) -> object:
        """Return what was kept under a name."""
        return self._kept.get(name)

    def put(self, name: str, value: object) -> None:
        """Keep a JSON value under a name."""
        self._kept[name] = value
        self._write()

    def _read(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _write(self) -> None:
        """Write the file; where that cannot be (a locked-down PC) the program just remembers less."""
        with contextlib.suppress(OSError, Refusal):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            files.write_bytes(self._path, json.dumps(self._kept, ensure_ascii=False, indent=1).encode())
