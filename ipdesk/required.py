"""Say which documents a 贯标 case needs at its stage and which it lacks (guanbiao_documents.csv, stages.csv)."""

from collections.abc import Iterable

from ipdesk.codes import code_table
from ipdesk.codetable import Code
from ipdesk.lifecycle import COMMON, ENDED, EVALUATION, Stage, Values, stage_of, stages, usual_track

_NEEDED, _EVALUATED, _SUBSIDISED = "必备", "必备(绩效评价)", "补助必备"
# What comes after a certificate comes in no fixed order, so each of these is reached by its own date or stage.
_AFTER = {
    "ST31": ("surveil_1_date", "surveil_2_date"),
    "ST33": ("recert_date", "transition_date", "new_cert_no"),
}
_ALONE = {"ST31": ("ST31",), "ST32": ("ST31",), "ST33": ("ST33",), "ST34": ("ST33",)}
_SUBSIDY = ("subsidy_year", "subsidy_level", "subsidy_amount_wan", "subsidy_doc_no")


def required(values: Values) -> list[Code]:
    """Return the documents that a case must have, in their order, by the flat row's stage, track, dates and subsidy.

    A case that was ended, or whose stage is unknown, needs none.
    """
    stage = stage_of(values)
    if stage is None or stage.code == ENDED:
        return []
    track = usual_track(values)
    reached = _reached(stage, values, track)
    levels = {_NEEDED, _EVALUATED if track == EVALUATION else _NEEDED}
    levels |= {_SUBSIDISED} if any(values.get(name) for name in _SUBSIDY) else set()
    return [
        document
        for document in code_table("documents").codes
        if document.attributes["required_level"] in levels and document.attributes["stage_code"] in reached
    ]


def lacking(values: Values, present: Iterable[str]) -> list[Code]:
    """Return the required documents that are not among the present ``doc_code`` s."""
    held = set(present)
    return [document for document in required(values) if document.code not in held]


def _reached(stage: Stage, values: Values, track: str) -> set[str]:
    """Return the stages a case has been through on its way, with those after a certificate that it came to."""
    after = [code for code, names in _AFTER.items() if any(values.get(name) for name in names)]
    before = (
        other.code
        for other in stages().values()
        if other.track in (COMMON, track) and other.order <= stage.order and other.code not in _ALONE
    )
    return {*before, *after, *_ALONE.get(stage.code, ())}
