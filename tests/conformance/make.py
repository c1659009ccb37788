"""Write the files of the conformance kit and expected.json anew: ``python -m tests.conformance.make``.

The keys, rows and manifests are fixed; age draws a fresh key for each file, so the files are kept with the tests.
"""

import json
from dataclasses import asdict
from pathlib import Path

from tests.conformance.building import EPOCH, REQUEST, Case
from tests.conformance.cases import cases
from tests.conformance.writer import CITY, COUNTY, OTHER, STRANGER

HERE = Path(__file__).parent
FILES, EXPECTED = HERE / "files", HERE / "expected.json"


def main() -> None:
    """Write everything."""
    for old in FILES.glob("*/*"):
        old.unlink()
    found = {case.name: _written(case) for case in cases()}
    parties = {name: asdict(one) for name, one in _PARTIES.items()}
    told = {"keys": parties, "epoch": EPOCH, "request": REQUEST, "cases": found}
    EXPECTED.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_PARTIES = {"city": CITY, "county": COUNTY, "stranger": STRANGER, "other": OTHER}


def _written(case: Case) -> dict[str, object]:
    folder = FILES / case.name
    folder.mkdir(parents=True, exist_ok=True)
    answers = []
    for (name, data), answer in zip(case.files, case.answers, strict=True):
        (folder / name).write_bytes(data)
        answers.append({"file": f"{case.name}/{name}", **asdict(answer)})
    told: dict[str, object] = {"reader": case.reader, "answers": answers, "counts": case.counts}
    return told | ({"note": case.note} if case.note else {})


if __name__ == "__main__":
    main()
