"""Words in their contexts, and two texts word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from essaybook.concordance import Line, fold, forms, lines, stem
from essaybook.corpus.collation import aligned, bare, compared, in_common

WORDS = st.lists(st.sampled_from(["мельник", "мельника,", "the", "miller’s", "Mill", "—", "не"])).map(" ".join)


def test_finds_inflected_forms() -> None:
    text = "Мельник молчал.\nУ мельника   нет муки, и о мельнике говорят; мельница стоит."
    assert [line.words for line in lines(text, "мельник")] == ["Мельник", "мельника", "мельнике"]
    assert next(lines(text, "мука", 2)) == Line("мельника нет", "муки,", "и о")


def test_finds_words_in_a_row() -> None:
    assert [line.words for line in lines("Two mills stand; a mill stood, a mill stands.", "mill stands")] == [
        "mills stand;",
        "mill stands.",
    ]


def test_at_the_ends_of_a_text() -> None:
    assert list(lines("mill", "mill", 3)) == [Line("", "mill", "")]
    assert not list(lines("", "mill"))
    assert not list(lines("a mill", "…"))


def test_dots_and_capitals_do_not_hide_a_word() -> None:
    assert forms("ЁЛКА")[0][1] == forms("елки")[0][1] == stem(fold("Ёлки"))


def test_marks_stay_with_their_words() -> None:
    assert list(lines("The miller’s “mill”, it’s said, stands.", "mill", 2)) == [
        Line("The miller’s", "“mill”,", "it’s said,")
    ]


@given(WORDS, st.sampled_from(["мельник", "mill", "не the"]), st.integers(0, 5))
def test_lines_are_cut_from_the_text(text: str, wanted: str, around: int) -> None:
    for line in lines(text, wanted, around):
        assert " ".join(filter(None, (line.before, line.words, line.after))) in text
        assert len(line.before.split()) <= around
        assert len(line.after.split()) <= around


@given(WORDS, WORDS)
def test_alignment_loses_no_word(left: str, right: str) -> None:
    stretches = aligned(left, right)
    assert " ".join(s.left for s in stretches if s.left) == left
    assert " ".join(s.right for s in stretches if s.right) == right
    for s in stretches:
        assert s.same == ([bare(w) for w in s.left.split()] == [bare(w) for w in s.right.split()])
    assert " ".join(words for words, _ in compared(left, right)[0]) == left


def test_a_key_says_what_is_the_same() -> None:
    left, right = "о мельнике говорят", "мельник говорит"
    assert in_common(left, right) == 0
    assert in_common(left, right, lambda word: stem(fold(bare(word)))) == 0.8
