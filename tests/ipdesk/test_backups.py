"""Which backups stay: all of a day, one a day for a month, one a month for ever; never the newest or one asked for."""

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ipdesk.backups import DAILY, MANUAL, WHOLE, WORDS, Backup, backups_in, file_name, spare, superfluous

NOW = datetime(2026, 11, 22, 15, 30)
ages = st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=900))


@st.composite
def some(draw: st.DrawFn) -> list[Backup]:
    told = draw(
        st.lists(st.tuples(ages, st.sampled_from(sorted(WORDS))), max_size=60, unique_by=lambda t: t[0])
    )
    return [Backup(NOW - age, why, Path(file_name(NOW - age, why))) for age, why in told]


@given(some())
def test_what_may_go_is_neither_young_nor_newest_nor_asked_for(every: list[Backup]) -> None:
    going = superfluous(every, NOW)
    assert going == sorted(going)
    assert len(set(going)) == len(going)
    for backup in going:
        assert backup.why != MANUAL
        assert NOW - backup.at > WHOLE
        assert backup != max(every)


@given(some())
def test_every_day_and_every_month_keeps_its_newest(every: list[Backup]) -> None:
    kept = set(every) - set(superfluous(every, NOW))
    for backup in every:
        age = NOW - backup.at
        if age <= WHOLE:
            assert backup in kept
        elif age <= DAILY:
            alike = [b for b in every if b.at.date() == backup.at.date() and WHOLE < NOW - b.at <= DAILY]
            assert max(alike) in kept
        else:
            month = [
                b for b in every if b.at.timetuple()[:2] == backup.at.timetuple()[:2] and NOW - b.at > DAILY
            ]
            assert max(month) in kept


@given(some())
def test_thinned_once_nothing_more_goes(every: list[Backup]) -> None:
    going = superfluous(every, NOW)
    assert superfluous([b for b in every if b not in going], NOW) == []


@given(some())
def test_where_room_is_short_only_old_ones_go_oldest_first(every: list[Backup]) -> None:
    going = spare(every, NOW)
    assert going == sorted(going)
    assert all(b.why != MANUAL and NOW - b.at > WHOLE and b != max(every) for b in going)


def test_names_tell_when_and_why(tmp_path: Path) -> None:
    name = file_name(NOW, MANUAL)
    assert name == "20261122-153000-000000-manual.db"
    for one in (name, "20261122-153000-000000-work.db", "20261399-153000-000000-work.db", "old.db", "x.key"):
        (tmp_path / one).touch()
    assert [(b.why, b.label) for b in backups_in(tmp_path)] == [
        ("work", "工作中自动"),
        ("manual", "手动备份"),
    ]
    assert Backup(NOW, "other", tmp_path).label == "other"
