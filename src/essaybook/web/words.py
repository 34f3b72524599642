"""Words that the web form prints for what records hold as codes, and small turns of typography."""

from __future__ import annotations

from docutils.utils.smartquotes import smartyPants
from markupsafe import Markup, escape

from essaybook.corpus.claim import Verdict
from essaybook.corpus.historian import Seen
from essaybook.corpus.record import Checked
from essaybook.corpus.source import RightsStatus, Source, Wording
from essaybook.letters import CYRILLIC_WORDS, closed

WORDING = {
    Wording.CHECKED: "Wording checked",
    Wording.QUOTED: "As quoted, not read in the original",
    Wording.PARAPHRASE: "Paraphrase: no wording seen",
    Wording.UNCHECKED: "Not checked",
}

CHECKED = {
    Checked.CHECKED: "checked",
    Checked.PARTLY: "partly checked",
    Checked.UNCHECKED: "not checked",
}

SEEN = {
    Seen.READ: "read for this edition",
    Seen.ABSTRACT: "known from its summary",
    Seen.REPORTED: "known from another author’s account",
    Seen.MEMORY: "standard knowledge, not opened for this edition",
}

SEEN_SHORT = {
    Seen.READ: "read",
    Seen.ABSTRACT: "its summary read",
    Seen.REPORTED: "another’s account read",
    Seen.MEMORY: "not opened",
}
"""The same for a label beside a box."""

VERDICT = {
    Verdict.ACCURATE: "Accurate",
    Verdict.NUANCE: "Needs nuance",
    Verdict.WRONG: "Wrong",
    Verdict.UNVERIFIED: "Unverified",
}

RIGHTS = {
    RightsStatus.PUBLIC_DOMAIN: "In the public domain",
    RightsStatus.OFFICIAL: "Official documents",
    RightsStatus.QUOTED: "Quoted for criticism",
}

LANGUAGES = {"ru": "Russian", "en": "English", "de": "German", "fr": "French", "uk": "Ukrainian", "ka": "Georgian"}

CYRILLIC = "ru"
"""The language of Cyrillic words in a record's English."""
MARKS = {"ru": "ру", "uk": "укр", "de": "de", "fr": "fr"}
"""What the small key beside an inline quotation says: its language, in that language's own letters."""


def language(tag: str) -> str:
    """The name of a language; its tag where no name is known."""
    return LANGUAGES.get(tag.partition("-")[0], tag)


def foreign(source: Source) -> bool:
    """Whether the original needs a translation."""
    return not source.language.startswith("en")


def smart(text: str) -> str:
    """Straight quotation marks and apostrophes as print sets them, as Sphinx does it in prose."""
    return str(smartyPants(text, attr="qDe"))


def within(text: str) -> str:
    """Words to stand inside double quotation marks: their own become single."""
    return text.replace("“", "‘").replace("”", "’")


def sentence(text: str) -> str:
    """Words as a sentence: a capital first, a full stop last, foreign letters marked."""
    return tongues(full(text))


def full(text: str) -> str:
    """Words as a sentence, nothing marked."""
    text = text.strip()
    return closed(text[:1].upper() + text[1:])


def tongues(text: str) -> str:
    """English with its Cyrillic words marked as what they are, for ears and hyphenation."""
    if not CYRILLIC_WORDS.search(text):
        return text
    return Markup(CYRILLIC_WORDS.sub(rf'<span lang="{CYRILLIC}">\g<0></span>', str(escape(text))))


def clip(text: str, most: int = 160) -> str:
    """The start of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
