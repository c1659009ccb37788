"""What is remembered on this PC, and that nothing breaks where nothing can be."""

from pathlib import Path

from ui.preferences import LIMIT, Preferences


def test_what_is_put_is_there_next_time(tmp_path: Path) -> None:
    Preferences(tmp_path / "a" / "w.json").put("columns", ["uscc"])
    assert Preferences(tmp_path / "a" / "w.json").get("columns") == ["uscc"]


def test_workspaces_are_remembered_newest_first_while_they_are_there(tmp_path: Path) -> None:
    kept = Preferences(tmp_path / "w.json")
    for number in range(LIMIT + 3):
        (tmp_path / str(number)).mkdir()
        kept.remember(tmp_path / str(number))
    kept.remember(tmp_path / "5")
    assert [p.name for p in kept.recent()] == ["5", "8", "7", "6", "4", "3"]
    (tmp_path / "5").rmdir()
    assert kept.recent()[0].name == "8"


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    for content in ("{", "[1]", "null"):
        path.write_text(content, encoding="utf-8")
        assert Preferences(path).recent() == []


def test_a_place_that_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Preferences(tmp_path / "file" / "w.json")
    kept.put("a", 1)
    assert kept.get("a") == 1


def test_the_usual_place_is_the_users_own() -> None:
    assert Preferences().get("nothing") is None
