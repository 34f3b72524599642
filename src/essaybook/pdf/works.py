"""Entries of the bibliography as print sets them."""

from __future__ import annotations

from essaybook.corpus.historian import Work
from essaybook.pdf.markup import Typst, call, content, join, literal, words


def names(people: list[str]) -> str:
    """Authors, the first surname first: ``Davies, Sarah, and James Harris``."""
    turned = [people[0], *(" ".join(reversed([p.strip() for p in name.split(",", 1)])) for name in people[1:])]
    if len(turned) < 3:
        return ", and ".join(turned)
    return ", ".join(turned[:-1]) + ", and " + turned[-1]


def title_of(work: Work, title: str) -> Typst:
    """A title as its kind asks: a book's in italics, a part's in quotation marks."""
    part = work.fields.get("journal") or work.fields.get("booktitle")
    if part:
        return call("q", content(words(title)))
    name, volume, number = title.partition(", vol")
    return join([call("emph", content(words(name))), words(volume + number)])


def work_name(work: Work) -> Typst:
    """A work as a note names it: author, short title, year."""
    title = work.fields.get("shorttitle", work.title)
    who, _, _ = work.short.partition(f"{title} (")
    return join([words(who), title_of(work, title), words(f" ({work.year})")])


def entry(work: Work) -> Typst:
    """Author, title, where and when it appeared."""
    fields = work.fields
    who = names(work.authors) if work.authors else ""
    if not who and work.editors:
        who = names(work.editors) + (" (eds)" if len(work.editors) > 1 else " (ed.)")
    title = words(work.title)
    inside = fields.get("journal") or fields.get("booktitle")
    if inside:
        editors = f", ed. {_straight(work.editors)}" if work.authors and work.editors else ""
        where = join(
            [words("in ") if "booktitle" in fields else "", call("emph", content(words(inside))), words(editors)]
        )
        head = [words(f"{who}, ") if who else "", call("q", content(title)), words(", "), where]
    else:
        head = [words(f"{who}, ") if who else "", call("emph", content(title))]
        if work.authors and work.editors:
            head.append(words(f", ed. {_straight(work.editors)}"))
    volume = fields.get("volume", "")
    number = fields.get("number", "")
    if "journal" in fields:
        issue = " ".join(part for part in (volume, f"no. {number}" if number else "") if part)
        head.append(words(f" {issue} ({work.year})" if issue else f" ({work.year})"))
    else:
        if volume:
            head.append(words(f", {volume}" if not volume.isdigit() else f", vol. {volume}"))
        if fields.get("edition"):
            head.append(words(f", {fields['edition']} ed."))
        if fields.get("series"):
            head.append(words(f", {fields['series']}"))
        place = ": ".join(fields[name] for name in ("address", "publisher") if fields.get(name))
        head.append(words(f" ({place}, {work.year})" if place else f" ({work.year})"))
    if fields.get("pages"):
        head.append(words(f", pp. {fields['pages'].replace('--', '–')}"))
    if fields.get("doi"):
        head.append(words(f", doi {fields['doi']}"))
    elif fields.get("url"):
        head += [words(", "), call("address", literal(fields["url"]))]
    tail = fields.get("note") or fields.get("howpublished")
    head.append(words(f". {tail.rstrip('.')}." if tail else "."))
    return join(head)


def _straight(people: list[str]) -> str:
    turned = [" ".join(reversed([part.strip() for part in name.split(",", 1)])) for name in people]
    return " and ".join(turned) if len(turned) < 3 else ", ".join(turned[:-1]) + " and " + turned[-1]


def sort_key(work: Work) -> tuple[str, str]:
    """The order of the bibliography: by surname, works without a name by title."""
    name = (work.authors or work.editors or [work.title])[0]
    return name.casefold(), work.year
