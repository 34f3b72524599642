"""QTI 1.2: a quiz as Canvas takes it in, and the items of a Common Cartridge, which knows fewer kinds.

Rules: `IMS QTI 1.2 <https://www.imsglobal.org/question/qtiv1p2/imsqti_asi_infov1p2.html>`_ and the profile of
Common Cartridge 1.1, which has no matching and no number within bounds.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from essaybook.exercises.question import Answer, Pair, Question
from essaybook.packs.gather import Chapter, Entry, html

ASI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
CANVAS = {
    "single": "multiple_choice_question",
    "several": "multiple_answers_question",
    "match": "matching_question",
    "number": "numerical_question",
    "essay": "essay_question",
}
CARTRIDGE = {"single": "cc.multiple_choice.v0p1", "several": "cc.multiple_response.v0p1", "essay": "cc.essay.v0p1"}


def assessment(chapter: Chapter, canvas: bool) -> bytes:
    """A chapter's questions as one assessment: for Canvas, or in the kinds that a cartridge has."""
    root = Element("questestinterop", xmlns=ASI)
    made = SubElement(root, "assessment", ident=ident(chapter.slug), title=chapter.title)
    fields = {"cc_maxattempts": "unlimited"} if canvas else {"cc_profile": "cc.exam.v0p1"}
    _metadata(made, fields)
    section = SubElement(made, "section", ident="root_section")
    for entry in chapter.entries:
        for part in [entry.question] if canvas else _split(entry.question):
            _item(section, entry, part, canvas)
    return xml(root)


def ident(name: str) -> str:
    """A name as XML takes it for an identifier: it begins with a letter."""
    return f"q-{name}"


def xml(root: Element) -> bytes:
    """A document of XML, indented."""
    indent(root, " ")
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _split(asked: Question) -> list[Question]:
    """A question in the kinds that a cartridge has: a match as one choice a row, a number in words."""
    if asked.kind == "match":
        return [
            Question(
                f"{asked.name}-{n}",
                "single",
                f"{asked.prompt}\n\n{pair.row}",
                asked.key,
                tuple(Answer(choice, choice == pair.belongs) for choice in asked.choices),
            )
            for n, pair in enumerate(asked.pairs, 1)
        ]
    if asked.kind == "number":
        return [Question(asked.name, "essay", asked.prompt, asked.key)]
    return [asked]


def _item(section: Element, entry: Entry, asked: Question, canvas: bool) -> None:
    name = ident(f"{entry.exercise.id}--{asked.name}")
    item = SubElement(section, "item", ident=name, title=entry.title)
    fields = (
        {"question_type": CANVAS[asked.kind], "points_possible": "1"}
        if canvas
        else {"cc_profile": CARTRIDGE[asked.kind]}
    )
    _metadata(SubElement(item, "itemmetadata"), fields)
    shown = SubElement(item, "presentation")
    _words(shown, html(asked.prompt))
    scored = Element("resprocessing")
    outcomes = SubElement(scored, "outcomes")
    SubElement(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    said: dict[str, str] = {}
    if asked.key:
        said["general_fb"] = asked.key
        always = SubElement(scored, "respcondition", {"continue": "Yes"})
        SubElement(SubElement(always, "conditionvar"), "other")
        _feedback(always, "general_fb")
    match asked.kind:
        case "single" | "several":
            _choices(shown, scored, asked, said)
        case "match":
            _rows(shown, scored, asked)
        case "number":
            _number(shown, scored, asked)
        case _:
            _blank(shown, "String")
            SubElement(SubElement(SubElement(scored, "respcondition"), "conditionvar"), "other")
    item.append(scored)
    for name, text in said.items():
        flow = SubElement(SubElement(item, "itemfeedback", ident=name), "flow_mat")
        _words(flow, html(text))


def _choices(shown: Element, scored: Element, asked: Question, said: dict[str, str]) -> None:
    several = asked.kind == "several"
    lid = SubElement(shown, "response_lid", ident="response1", rcardinality="Multiple" if several else "Single")
    render = SubElement(lid, "render_choice")
    for n, answer in enumerate(asked.answers, 1):
        _words(SubElement(render, "response_label", ident=f"a{n}"), html(answer.text))
        if answer.feedback:
            said[f"a{n}_fb"] = answer.feedback
            chosen = SubElement(scored, "respcondition", {"continue": "Yes"})
            _equal(SubElement(chosen, "conditionvar"), "response1", f"a{n}")
            _feedback(chosen, f"a{n}_fb")
    won = SubElement(scored, "respcondition", {"continue": "No"})
    condition = SubElement(won, "conditionvar")
    parent = SubElement(condition, "and") if several else condition
    for n, answer in enumerate(asked.answers, 1):
        if answer.right:
            _equal(parent, "response1", f"a{n}")
        elif several:
            _equal(SubElement(parent, "not"), "response1", f"a{n}")
    SubElement(won, "setvar", action="Set", varname="SCORE").text = "100"


def _rows(shown: Element, scored: Element, asked: Question) -> None:
    names = {choice: f"c{n}" for n, choice in enumerate(asked.choices, 1)}
    share = f"{100 / len(asked.pairs):.2f}"

    def row(n: int, pair: Pair) -> None:
        lid = SubElement(shown, "response_lid", ident=f"response_r{n}")
        _words(lid, html(pair.row))
        render = SubElement(lid, "render_choice")
        for choice, name in names.items():
            _words(SubElement(render, "response_label", ident=name), choice, "text/plain")
        right = SubElement(scored, "respcondition")
        _equal(SubElement(right, "conditionvar"), f"response_r{n}", names[pair.belongs])
        SubElement(right, "setvar", varname="SCORE", action="Add").text = share

    for n, pair in enumerate(asked.pairs, 1):
        row(n, pair)


def _number(shown: Element, scored: Element, asked: Question) -> None:
    _blank(shown, "Decimal")
    right = SubElement(scored, "respcondition", {"continue": "No"})
    either = SubElement(SubElement(right, "conditionvar"), "or")
    _equal(either, "response1", f"{asked.value.normalize():f}")
    within = SubElement(either, "and")
    SubElement(within, "vargte", respident="response1").text = f"{asked.least.normalize():f}"
    SubElement(within, "varlte", respident="response1").text = f"{asked.most.normalize():f}"
    SubElement(right, "setvar", action="Set", varname="SCORE").text = "100"


def _blank(shown: Element, kind: str) -> None:
    line = SubElement(shown, "response_str", ident="response1", rcardinality="Single")
    render = SubElement(line, "render_fib", {"fibtype": kind} if kind != "String" else {})
    SubElement(render, "response_label", ident="answer1", rshuffle="No")


def _metadata(parent: Element, fields: dict[str, str]) -> None:
    held = SubElement(parent, "qtimetadata")
    for name, value in fields.items():
        field = SubElement(held, "qtimetadatafield")
        SubElement(field, "fieldlabel").text = name
        SubElement(field, "fieldentry").text = value


def _words(parent: Element, text: str, kind: str = "text/html") -> None:
    SubElement(SubElement(parent, "material"), "mattext", texttype=kind).text = text


def _equal(parent: Element, response: str, value: str) -> None:
    SubElement(parent, "varequal", respident=response).text = value


def _feedback(parent: Element, name: str) -> None:
    SubElement(parent, "displayfeedback", feedbacktype="Response", linkrefid=name)


def quiz(chapter: Chapter) -> dict[str, bytes]:
    """The files of a quiz for Canvas: its manifest and its questions."""
    name = ident(chapter.slug)
    root = Element("manifest", xmlns=CP, identifier=f"{name}-manifest")
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "IMS Content"
    SubElement(metadata, "schemaversion").text = "1.1.3"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    resource = SubElement(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
    SubElement(resource, "file", href=f"{name}/{name}.xml")
    return {"imsmanifest.xml": xml(root), f"{name}/{name}.xml": assessment(chapter, canvas=True)}
