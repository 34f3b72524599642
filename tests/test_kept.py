"""What an earlier build worked out: taken over where it holds, made again where it may not."""

from __future__ import annotations

from pathlib import Path

from essaybook.kept import Kept


def lengths(path: Path, maker: str, words: list[str]) -> tuple[list[int], list[str]]:
    """The length of every word, and the words that had to be measured."""
    measured: list[str] = []

    def measure(word: str) -> int:
        measured.append(word)
        return len(word)

    kept: Kept[int] = Kept(path, maker)
    found = [kept.of(word, lambda word=word: measure(word)) for word in words]  # type: ignore[misc]
    kept.close()
    return found, measured


def test_a_value_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "lengths"
    assert lengths(path, "one", ["a", "bb", "a"]) == ([1, 2, 1], ["a", "bb"])
    assert lengths(path, "one", ["bb", "ccc"]) == ([2, 3], ["ccc"])


def test_what_nobody_asked_for_goes(tmp_path: Path) -> None:
    path = tmp_path / "lengths"
    lengths(path, "one", ["a", "bb"])
    lengths(path, "one", ["bb"])
    assert lengths(path, "one", ["a"]) == ([1], ["a"])


def test_another_maker_takes_nothing_over(tmp_path: Path) -> None:
    path = tmp_path / "lengths"
    lengths(path, "one", ["a"])
    assert lengths(path, "other", ["a"]) == ([1], ["a"])


def test_a_torn_file_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "lengths"
    lengths(path, "one", ["a", "bb"])
    path.write_bytes(path.read_bytes()[:-9])
    assert lengths(path, "one", ["a"]) == ([1], ["a"])
    for torn in (b"", b"not a pickle", b"cos\nnothing\n."):
        path.write_bytes(torn)
        assert lengths(path, "one", ["a"]) == ([1], ["a"])
