"""The host for pages without a kernel: a case for each line of its contract, over http and from a disk."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from essaybook.exercises import join
from host_pages import NOTEBOOK, STRICT, WATCH, Bench, core, model, notebook, wait
from site_server import served


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("host")
    (folder / "host.js").write_text(join.host_script() + join.notebook_script(), encoding="utf-8")
    (folder / "watch.js").write_text(WATCH, encoding="utf-8")
    (folder / "exercises.css").write_text("", encoding="utf-8")
    (folder / "widget.css").write_text(".dressed { color: rgb(1, 2, 3); }", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module", params=["http", "file"])
def shared(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[str, BrowserContext]]:
    """One browser context for a scheme: nothing here is kept from page to page."""
    context = browser.new_context()
    yield request.param, context
    context.close()


@pytest.fixture
def bench(folder: Path, server: str, shared: tuple[str, BrowserContext]) -> Iterator[Bench]:
    scheme, context = shared
    yield Bench(folder, server, context, scheme)
    for page in context.pages:
        page.close()


def seen(page: Page) -> Any:
    return page.evaluate("seen")


def run(bench: Bench, esm: str, count: int = 1, **state: Any) -> list[Any]:
    """One widget, and what it noted."""
    page = bench.open(notebook({"one": model(esm, **state)}), until=f"seen.length >= {count}")
    return list(seen(page))


# The module.


def test_a_default_export_is_an_object(bench: Bench) -> None:
    assert run(bench, "export default { render({ el }) { el.append('here'); seen.push(el.textContent); } };") == [
        "here"
    ]


@pytest.mark.parametrize("factory", ["() => ({", "async () => ({"])
def test_a_default_export_is_a_factory(bench: Bench, factory: str) -> None:
    assert run(bench, f"export default {factory} render() {{ seen.push('made'); }} }});") == ["made"]


def test_a_factory_is_called_for_each_model(bench: Bench) -> None:
    esm = "export default () => { const own = []; return { render() { own.push(1); seen.push(own.length); } }; };"
    page = bench.open(notebook({"a": model(esm), "b": model(esm)}), until="seen.length >= 2")
    assert seen(page) == [1, 1]


def test_a_legacy_named_render_runs_with_a_warning(bench: Bench) -> None:
    assert run(bench, "export function render({ el }) { seen.push('old'); }") == ["old"]
    assert any(line.startswith("warning:") and "old form" in line for line in bench.console)


def test_a_module_without_an_export_is_an_error_in_its_place(bench: Bench) -> None:
    text = notebook({"one": model("const x = 1;")})
    page = bench.open(text, until="document.querySelector('[role=alert]')")
    assert "one could not start" in page.locator("#cell-0 [role=alert]").inner_text()


# Initialize and render.


def test_initialize_runs_once_and_every_render_waits_for_it(bench: Bench) -> None:
    esm = """export default {
      async initialize() { seen.push("begin"); await new Promise((r) => setTimeout(r, 60)); seen.push("end"); },
      render() { seen.push("render"); },
    };"""
    page = bench.open(notebook({"one": model(esm)}, ["one", "one"]), until="seen.length >= 4")
    assert seen(page) == ["begin", "end", "render", "render"]


def test_initialize_runs_for_a_model_that_has_no_view(bench: Bench) -> None:
    page = bench.open(
        notebook({"one": model("export default { initialize() { seen.push('alone'); } };")}, []),
        until="seen.length >= 1",
    )
    assert seen(page) == ["alone"]


def test_a_widget_without_render_shows_nothing_and_fails_nothing(bench: Bench) -> None:
    page = bench.open(
        notebook({"one": model("export default { initialize() { seen.push(1); } };")}), until="seen.length"
    )
    assert page.locator("[role=alert]").count() == 0


def test_render_gets_all_its_props(bench: Bench) -> None:
    esm = """export default {
      initialize(props) { seen.push(Object.keys(props).sort().join()); },
      render(props) { seen.push(Object.keys(props).sort().join()); seen.push(props.signal instanceof AbortSignal); },
    };"""
    assert run(bench, esm, 3) == ["experimental,model,signal", "el,experimental,host,model,signal", True]


# The model.


def test_get_set_save_changes_and_send(bench: Bench) -> None:
    esm = """export default { render({ model }) {
      model.set("n", 2); model.save_changes(); model.send({ hello: 1 }, undefined, []);
      seen.push([model.get("n"), model.get("nothing") === undefined]);
    } };"""
    assert run(bench, esm, n=1) == [[2, True]]


def test_two_views_share_the_model(bench: Bench) -> None:
    esm = """export default { render({ model, el }) {
      el.textContent = model.get("n");
      model.on("change:n", () => { el.textContent = model.get("n"); });
      el.onclick = () => { model.set("n", model.get("n") + 1); model.save_changes(); };
      seen.push(1);
    } };"""
    page = bench.open(notebook({"one": model(esm, n=1)}, ["one", "one"]), until="seen.length >= 2")
    page.locator("#cell-0 .afm-widget").click()
    assert page.locator("#cell-1 .afm-widget").inner_text() == "2"


def test_get_model_finds_other_models_by_id_and_by_reference(bench: Bench) -> None:
    esm = """export default { async render({ model }) {
      const other = await model.widget_manager.get_model(model.get("other").slice("IPY_MODEL_".length));
      const same = await model.widget_manager.get_model(model.get("other"));
      const missing = await model.widget_manager.get_model("nobody").then(() => "found", (e) => e.message);
      seen.push(model.get("other"), other.get("n"), same.get("n"), missing);
    } };"""
    models = {"one": model(esm, other="IPY_MODEL_two"), "two": core("IntSliderModel", n=7)}
    page = bench.open(notebook(models, ["one"]), until="seen.length >= 4")
    assert seen(page)[:3] == ["IPY_MODEL_two", 7, 7]
    assert "nobody" in seen(page)[3]


def test_a_layout_is_restored_as_a_model_and_applied(bench: Bench) -> None:
    esm = "export default { render({ model }) { seen.push(model.get('layout').get('min_height')); } };"
    layout = core("LayoutModel", min_height="123px", _view_name="LayoutView", width=None)
    models = {"one": model(esm, layout="IPY_MODEL_l", _dom_classes=["wide"]), "l": layout}
    page = bench.open(notebook(models, ["one"]), until="seen.length")
    assert seen(page) == ["123px"]
    assert page.locator(".afm-widget.wide").bounding_box()["height"] == 123  # type: ignore[index]


def test_change_callbacks_take_no_arguments(bench: Bench) -> None:
    esm = """export default { render({ model }) {
      model.on("change:n", (...args) => seen.push(args.length));
      model.on("change", (...args) => seen.push(args.length));
      model.set("n", 2);
    } };"""
    assert run(bench, esm, 2, n=1) == [0, 0]


def test_set_emits_change_of_the_key_then_change(bench: Bench) -> None:
    esm = """export default { render({ model }) {
      for (const name of ["change", "change:a", "change:b"]) model.on(name, () => seen.push(name));
      model.set("a", 1); seen.push("-"); model.set({ a: 2, b: 2 }); seen.push("-"); model.set("a", 2); seen.push("end");
    } };"""
    assert run(bench, esm, 8) == ["change:a", "change", "-", "change:a", "change:b", "change", "-", "end"]


def test_all_keys_are_set_before_anybody_hears(bench: Bench) -> None:
    esm = """export default { render({ model }) {
      model.on("change:a", () => seen.push(model.get("b")));
      model.set({ a: 1, b: 2 });
    } };"""
    assert run(bench, esm) == [2]


def test_a_set_within_a_change_is_heard_once_each(bench: Bench) -> None:
    esm = """export default { render({ model }) {
      model.on("change:a", () => { seen.push("a"); model.set("b", model.get("a") * 2); });
      model.on("change:b", () => seen.push("b" + model.get("b")));
      model.on("change", () => seen.push("change"));
      model.set("a", 1); seen.push("end");
    } };"""
    assert run(bench, esm, 4) == ["a", "b2", "change", "end"]


@pytest.mark.parametrize(
    ("one", "other", "heard"),
    [
        ("{ a: [1, { b: 2 }] }", "{ a: [1, { b: 2 }] }", False),
        ("{ a: 1 }", "{ a: 1, b: undefined }", True),
        ("[1, 2]", "[2, 1]", True),
        ("[]", "{}", True),
        ("NaN", "NaN", False),
        ("0", "'0'", True),
        ("null", "undefined", True),
        ("null", "{}", True),
        ("new Date(5)", "new Date(5)", False),
        ("new Date(5)", "new Date(6)", True),
        ("new DataView(new Uint8Array([1, 2]).buffer)", "new DataView(new Uint8Array([1, 2]).buffer)", False),
        ("new DataView(new Uint8Array([1, 2]).buffer)", "new DataView(new Uint8Array([1, 3]).buffer)", True),
        ("new Float32Array([1.5])", "new Float32Array([1.5])", False),
        ("new Uint8Array([1]).buffer", "new Uint8Array([1]).buffer", False),
        ("new Uint8Array([1]).buffer", "new Uint8Array([2]).buffer", True),
        ("{ a: new Map() }", "{ a: new Map() }", True),
    ],
)
def test_set_is_silent_when_deeply_equal(bench: Bench, one: str, other: str, heard: bool) -> None:
    if bench.scheme == "file":
        pytest.skip("the same code")
    esm = f"""export default {{ render({{ model }}) {{
      model.set("v", {one});
      let heard = false;
      model.on("change:v", () => {{ heard = true; }}); model.on("change", () => {{ heard = true; }});
      model.set("v", {other}); seen.push(heard);
    }} }};"""
    assert run(bench, esm) == [heard]


def test_save_changes_hands_on_dirty_keys_only(bench: Bench) -> None:
    page = bench.open(notebook({}), until="globalThis.essaybook?.host")
    saved = page.evaluate("""async () => {
      const saved = [];
      const load = () => ({ default: { render({ model }) {
        model.save_changes();
        model.set("a", 2); model.set("b", [1]); model.set("c", 3); model.save_changes();
        model.save_changes();
        model.set("c", 4); model.save_changes();
      } } });
      const one = essaybook.host.widget({ state: { a: 1, b: [1], c: 0 }, load, save: (changes) => saved.push(changes) });
      await one.view(document.createElement("div"));
      return saved;
    }""")
    assert saved == [{"a": 2, "c": 3}, {"c": 4}]


# Listeners.


def test_off_without_arguments_clears_only_the_views_own(bench: Bench) -> None:
    esm = """let n = 0;
    export default {
      initialize({ model }) { model.on("change:v", () => seen.push("initialize")); },
      render({ model }) {
        const me = ++n;
        model.on("change:v", () => seen.push("view " + me));
        if (me === 2) { model.off(); model.set("v", 1); seen.push("end"); }
      },
    };"""
    page = bench.open(notebook({"one": model(esm)}, ["one", "one"]), until="seen.includes('end')")
    assert seen(page) == ["initialize", "view 1", "end"]


def test_off_in_initialize_leaves_the_views(bench: Bench) -> None:
    esm = """export default {
      initialize({ model }) { model.on("change:v", () => seen.push("initialize")); globalThis.clear = () => model.off(); },
      render({ model }) {
        model.on("change:v", () => seen.push("view"));
        clear(); model.set("v", 1); seen.push("end");
      },
    };"""
    assert run(bench, esm, 2) == ["view", "end"]


def test_off_by_name_by_callback_and_by_both(bench: Bench) -> None:
    esm = """export default { render({ model }) {
      const [f, g] = [() => seen.push("f"), () => seen.push("g")];
      let n = 0;
      const go = (mark) => { seen.push(mark); model.set({ a: ++n, b: n }); };
      const fresh = () => { model.off(); model.on("change:a change:b", f); model.on("change:a", g); };
      fresh(); model.off("change:a"); go(1);
      fresh(); model.off("change:a", f); go(2);
      fresh(); model.off(null, f); go(3);
      fresh(); model.off("change:a change:b"); go(4);
      fresh(); model.off(null, null); go(5);
      seen.push("end");
    } };"""
    assert run(bench, esm, 9) == [1, "f", 2, "g", "f", 3, "g", 4, 5, "end"]


def test_once_is_heard_once(bench: Bench) -> None:
    esm = """export default { render({ model }) {
      const f = () => seen.push("no");
      model.once("change:a", () => seen.push("once")); model.once("change:a", f); model.off("change:a", f);
      model.set("a", 1); model.set("a", 2); seen.push("end");
    } };"""
    assert run(bench, esm, 2) == ["once", "end"]


def test_emission_goes_over_a_snapshot(bench: Bench) -> None:
    esm = """export default { render({ model }) {
      const second = () => seen.push("second");
      model.on("change:a", () => { model.off("change:a", second); model.on("change:a", () => seen.push("late")); });
      model.on("change:a", second);
      model.set("a", 1); seen.push("-"); model.set("a", 2); seen.push("end");
    } };"""
    assert run(bench, esm, 4) == ["second", "-", "late", "end"]


@pytest.mark.parametrize(
    "throwing", ["() => { throw new Error('oh'); }", "async () => { throw new Error('oh'); }"]
)
def test_a_throwing_listener_stops_no_other(bench: Bench, throwing: str) -> None:
    esm = f"""export default {{ render({{ model }}) {{
      model.on("change:a", {throwing}); model.on("change:a", () => seen.push("heard"));
      model.set("a", 1); seen.push("end");
    }} }};"""
    assert run(bench, esm, 2) == ["heard", "end"]
    assert not any(line.startswith("uncaught") for line in bench.console)


def test_listeners_go_with_their_view(bench: Bench) -> None:
    esm = """export default { render({ model, el, signal }) {
      model.on("change:a", () => seen.push(el.closest("[id]")?.id ?? "gone"));
      signal.addEventListener("abort", () => { model.on("change:a", () => seen.push("late")); seen.push("abort"); });
      el.textContent = "press";
      el.onclick = () => model.set("a", model.get("a") + 1);
      seen.push("view");
    } };"""
    page = bench.open(notebook({"one": model(esm, a=1)}, ["one", "one"]), until="seen.length >= 2")
    page.evaluate("document.querySelector('#cell-1').remove()")
    wait(page, "seen.includes('abort')")
    page.locator("#cell-0 .afm-widget").click()
    assert seen(page) == ["view", "view", "abort", "cell-0"]


# Signals and cleanups.

CLEANUP = """export default {
  initialize({ signal }) {
    signal.addEventListener("abort", () => seen.push("initialize aborted"));
    return () => seen.push("initialize cleaned");
  },
  render({ signal }) {
    signal.addEventListener("abort", () => seen.push("view aborted"));
    seen.push("view");
    return () => seen.push("view cleaned");
  },
};"""


def test_the_signal_aborts_when_the_view_goes(bench: Bench) -> None:
    page = bench.open(notebook({"one": model(CLEANUP)}), until="seen.length")
    page.evaluate("document.querySelector('main').replaceChildren()")
    wait(page, "seen.length >= 3")
    assert seen(page) == ["view", "view aborted", "view cleaned"]


def test_a_view_that_only_moves_stays(bench: Bench) -> None:
    page = bench.open(notebook({"one": model(CLEANUP)}), until="seen.length")
    page.evaluate("document.body.append(document.querySelector('#cell-0'))")
    page.wait_for_timeout(50)
    assert seen(page) == ["view"]


def test_the_signals_abort_when_the_widget_is_destroyed_and_cleanups_run_once(bench: Bench) -> None:
    page = bench.open(notebook({"one": model(CLEANUP)}), until="seen.length")
    page.evaluate("essaybook.host.widgets.get('one').destroy()")
    page.evaluate("essaybook.host.widgets.get('one').destroy()")
    page.evaluate("document.querySelector('main').replaceChildren()")
    page.wait_for_timeout(50)
    assert sorted(seen(page)) == sorted(
        ["view", "initialize aborted", "initialize cleaned", "view aborted", "view cleaned"]
    )


@pytest.mark.parametrize("cleanup", ["() => { throw new Error('oh'); }", "async () => { throw new Error('oh'); }"])
def test_errors_in_cleanups_are_caught(bench: Bench, cleanup: str) -> None:
    esm = f"export default {{ initialize: () => {cleanup}, render() {{ seen.push('view'); return {cleanup}; }} }};"
    page = bench.open(notebook({"one": model(esm)}), until="seen.length")
    page.evaluate("essaybook.host.widgets.get('one').destroy()")
    page.wait_for_timeout(30)
    assert sum("oh" in line for line in bench.console) == 2
    assert not any(line.startswith("uncaught") for line in bench.console)


def test_a_cleanup_that_arrives_late_runs(bench: Bench) -> None:
    esm = """export default { async render({ el }) {
      seen.push("begin");
      await new Promise((r) => setTimeout(r, 500));
      return () => seen.push("cleaned");
    } };"""
    page = bench.open(notebook({"one": model(esm)}), until="seen.length")
    page.evaluate("document.querySelector('#cell-0').remove()")
    wait(page, "seen.length >= 2")
    page.wait_for_timeout(30)
    assert seen(page) == ["begin", "cleaned"]


def test_a_cleanup_of_initialize_that_arrives_late_runs(bench: Bench) -> None:
    esm = """export default {
      async initialize() { seen.push("begin"); await new Promise((r) => { globalThis.go = r; }); return () => seen.push("cleaned"); },
      render() { seen.push("rendered"); },
    };"""
    page = bench.open(notebook({"one": model(esm)}), until="seen.length")
    page.evaluate("essaybook.host.widgets.get('one').destroy()")
    page.evaluate("go()")
    wait(page, "seen.length >= 2")
    page.wait_for_timeout(30)
    assert seen(page) == ["begin", "cleaned"]


# Other widgets.

CHILD = """export default {
  async initialize({ model }) {
    await new Promise((r) => setTimeout(r, 40));
    seen.push("ready");
    return { double: () => model.get("n") * 2 };
  },
  render({ model, el, signal, host }) {
    el.append(`child ${model.get("n")}`);
    signal.addEventListener("abort", () => seen.push("child aborted"));
    return () => seen.push("child cleaned");
  },
};"""


def test_get_model_of_the_host(bench: Bench) -> None:
    esm = """export default { async render({ host, model, el }) {
      const child = await host.getModel(model.get("child"));
      child.on("change:n", () => seen.push(child.get("n")));
      child.set("n", 4);
      globalThis.poke = async () => { (await model.widget_manager.get_model("two")).set("n", 9); seen.push("end"); };
      seen.push("view");
    } };"""
    models = {"one": model(esm, child="anywidget:two"), "two": model("export default {};", n=3)}
    page = bench.open(notebook(models, ["one"]), until="seen.length >= 2")
    page.evaluate("document.querySelector('#cell-0').remove()")
    page.evaluate("poke()")
    assert seen(page) == [4, "view", "end"]


def test_get_widget_gives_exports_and_renders(bench: Bench) -> None:
    esm = """export default { async render({ host, el }) {
      const child = await host.getWidget("anywidget:two");
      seen.push(Object.keys(child).sort().join(), child.exports.double());
      await child.render({ el });
      await child.render({ el });
      seen.push(el.textContent);
    } };"""
    page = bench.open(notebook({"one": model(esm), "two": model(CHILD, n=3)}, ["one"]), until="seen.length >= 4")
    assert seen(page) == ["ready", "exports,render", 6, "child 3child 3"]


def test_a_cleanup_is_not_an_export(bench: Bench) -> None:
    esm = """export default { async render({ host }) {
      seen.push((await host.getWidget("anywidget:two")).exports === undefined);
    } };"""
    two = model("export default { initialize: () => () => {} };")
    page = bench.open(notebook({"one": model(esm), "two": two}, ["one"]), until="seen.length")
    assert seen(page) == [True]


@pytest.mark.parametrize("how", ["getModel", "getWidget"])
@pytest.mark.parametrize(
    "ref", ["'two'", "'IPY_MODEL_two'", "'anywidget:nobody'", "null", "undefined", "{}", "7", "''"]
)
def test_any_other_reference_rejects(bench: Bench, how: str, ref: str) -> None:
    if bench.scheme == "file":
        pytest.skip("the same code")
    esm = f"""export default {{ async render({{ host }}) {{
      seen.push(await host.{how}({ref}).then(() => "found", (e) => e instanceof Error));
    }} }};"""
    page = bench.open(
        notebook({"one": model(esm), "two": model("export default {};")}, ["one"]), until="seen.length"
    )
    assert seen(page) == [True]


@pytest.mark.parametrize(
    "broken", ["not javascript", "export default { initialize() { throw new Error('oh'); } };"]
)
def test_a_child_that_cannot_start_rejects(bench: Bench, broken: str) -> None:
    esm = """export default { async render({ host }) {
      seen.push(await host.getWidget("anywidget:two").then(() => "found", () => "rejected"));
    } };"""
    page = bench.open(notebook({"one": model(esm), "two": model(broken)}, ["one"]), until="seen.length")
    assert seen(page) == ["rejected"]


def test_a_core_widget_has_a_model_and_no_view(bench: Bench) -> None:
    esm = """export default { async render({ host }) {
      seen.push((await host.getModel("anywidget:two")).get("value"));
      seen.push(await host.getWidget("anywidget:two").then(() => "found", () => "rejected"));
    } };"""
    models = {"one": model(esm), "two": core("IntSliderModel", value=5)}
    page = bench.open(notebook(models, ["one"]), until="seen.length >= 2")
    assert seen(page) == [5, "rejected"]


@pytest.mark.parametrize("own", ["", ", signal: new AbortController().signal"])
def test_children_inherit_their_parents_signal(bench: Bench, own: str) -> None:
    esm = f"""export default {{ async render({{ host, el }}) {{
      await (await host.getWidget("anywidget:two")).render({{ el{own} }});
      seen.push("view");
    }} }};"""
    page = bench.open(
        notebook({"one": model(esm), "two": model(CHILD, n=3)}, ["one"]), until="seen.includes('view')"
    )
    page.evaluate("document.querySelector('#cell-0').remove()")
    wait(page, "seen.includes('child cleaned')")
    assert seen(page) == ["ready", "view", "child aborted", "child cleaned"]


def test_a_child_can_go_before_its_parent(bench: Bench) -> None:
    esm = """export default { async render({ host, el, signal }) {
      const own = new AbortController();
      signal.addEventListener("abort", () => seen.push("parent aborted"));
      await (await host.getWidget("anywidget:two")).render({ el, signal: own.signal });
      own.abort();
      seen.push("end");
    } };"""
    page = bench.open(
        notebook({"one": model(esm), "two": model(CHILD, n=3)}, ["one"]), until="seen.includes('end')"
    )
    assert seen(page) == ["ready", "child aborted", "child cleaned", "end"]


def test_invoke_rejects(bench: Bench) -> None:
    esm = """export default {
      async initialize({ experimental }) { await experimental.invoke("x").catch((e) => seen.push(e.message)); },
      async render({ experimental }) { await experimental.invoke("x", {}).catch((e) => seen.push(e instanceof Error)); },
    };"""
    found = run(bench, esm, 2)
    assert "no kernel" in found[0]
    assert found[1] is True


# The element, and errors.


def test_the_element_is_cleared_first(bench: Bench) -> None:
    page = bench.open(notebook({}), until="globalThis.essaybook?.host")
    held = page.evaluate("""async () => {
      const el = document.querySelector("main");
      el.append("before");
      const load = () => ({ default: { render({ el }) { seen.push(el.childNodes.length); } } });
      await essaybook.host.mount(essaybook.host.widget({ state: {}, load }), el);
      return seen;
    }""")
    assert held == [0]


@pytest.mark.parametrize(
    ("esm", "says"),
    [
        ("this is not javascript", "Unexpected"),
        ("import x from './nothing.mjs'; export default {};", "could not start"),
        ("throw new Error('at the top');", "at the top"),
        ("export default () => { throw new Error('in the factory'); };", "in the factory"),
        ("export default { initialize() { throw new Error('in initialize'); } };", "in initialize"),
        ("export default { render() { throw new Error('in render'); } };", "in render"),
        ("export default { async render() { throw new Error('in render, later'); } };", "in render, later"),
        ("export default { render() { throw 'a string'; } };", "a string"),
        ("export default 7;", "no default export"),
        ("https://example.org/widget.js", "stands elsewhere"),
    ],
)
def test_errors_are_shown_in_place_and_the_rest_of_the_page_lives(bench: Bench, esm: str, says: str) -> None:
    good = model("export default { render({ el }) { el.append('lives'); seen.push(1); } };")
    page = bench.open(
        notebook({"bad": model(esm), "good": good}), until="document.querySelector('[role=alert]') && seen.length"
    )
    alert = page.locator("#cell-0 [role=alert]").inner_text()
    assert "demo.Demo bad could not start" in alert
    assert says in alert
    assert page.locator("#cell-1").inner_text() == "lives"
    assert not any(line.startswith("uncaught") for line in bench.console)


def test_state_that_cannot_be_read_stops_nothing(bench: Bench) -> None:
    good = model("export default { render() { seen.push('lives'); } };")
    broken = '<script type="application/vnd.jupyter.widget-state+json">{"state": {</script>'
    page = bench.open(notebook({"good": good}, body=broken), until="seen.length")
    assert seen(page) == ["lives"]


def test_a_failed_render_aborts_its_view(bench: Bench) -> None:
    esm = """export default { render({ model, signal }) {
      signal.addEventListener("abort", () => seen.push("aborted"));
      throw new Error("oh");
    } };"""
    assert run(bench, esm) == ["aborted"]


# Style.


def test_one_adopted_sheet_for_each_type_of_widget(bench: Bench) -> None:
    esm = "export default { render({ el }) { el.className = 'dressed'; seen.push(getComputedStyle(el).color); } };"
    css = ".dressed { color: rgb(9, 8, 7); }"
    other = model(esm, _css=".other { color: red; }", _anywidget_id="demo.Other")
    models = {"a": model(esm, _css=css), "b": model(esm, _css=css), "c": other}
    page = bench.open(notebook(models), until="seen.length >= 3")
    assert seen(page) == ["rgb(9, 8, 7)"] * 3
    assert page.evaluate("document.adoptedStyleSheets.length") == 2
    assert page.locator("style").count() == 0


def test_css_from_an_address_is_there_before_the_widget(bench: Bench) -> None:
    if bench.scheme == "file":
        pytest.skip("an address is not on a disk")
    esm = "export default { render({ el }) { el.className = 'dressed'; seen.push(getComputedStyle(el).color); } };"
    css = f"{bench.address}/widget.css"
    page = bench.open(notebook({"a": model(esm, _css=css), "b": model(esm, _css=css)}), until="seen.length >= 2")
    assert seen(page) == ["rgb(1, 2, 3)"] * 2
    assert page.locator("link[href$='widget.css']").count() == 1


def test_css_that_cannot_be_had_stops_nothing(bench: Bench) -> None:
    esm = "export default { render() { seen.push('lives'); } };"
    page = bench.open(
        notebook({"a": model(esm, _css="http://127.0.0.1:9/none.css")}), until="seen.includes('lives')"
    )
    assert page.locator("[role=alert]").count() == 0


# Code.


def test_code_set_on_the_model_is_never_run(bench: Bench) -> None:
    esm = """export default { render({ model, el }) {
      seen.push("first");
      if (seen.length === 1) {
        model.set("_esm", "export default { render() { seen.push('injected'); } };");
        model.save_changes();
      }
    } };"""
    page = bench.open(notebook({"one": model(esm)}, ["one"]), until="seen.length")
    page.evaluate("essaybook.host.mount(essaybook.host.widgets.get('one'), document.querySelector('main'))")
    page.wait_for_timeout(50)
    assert seen(page) == ["first", "first"]


def test_nothing_runs_where_the_policy_does_not_allow_it(bench: Bench) -> None:
    text = notebook({"one": model("export default { render() { seen.push('ran'); } };")}, policy=STRICT)
    page = bench.open(text, until="document.querySelector('[role=alert]')")
    assert "ran" not in seen(page)
    assert NOTEBOOK != STRICT


def test_the_same_code_is_loaded_once(bench: Bench) -> None:
    esm = "seen.push('loaded'); export default { render() { seen.push('view'); } };"
    page = bench.open(notebook({"a": model(esm), "b": model(esm), "c": model(esm)}), until="seen.length >= 4")
    assert seen(page) == ["loaded", "view", "view", "view"]


def test_core_widgets_keep_what_stands_there(bench: Bench) -> None:
    other = model("export default { render() { seen.push('never'); } };")
    other["model_module"] = "somebody-else"
    models = {"slider": core("IntSliderModel", value=1), "other": other}
    page = bench.open(notebook(models, body="<p>Static</p>"), until="globalThis.essaybook?.host")
    page.wait_for_timeout(50)
    assert page.locator(".afm-widget").count() == 0
    assert seen(page) == []


# Buffers.


def test_binary_buffers_are_restored(bench: Bench) -> None:
    data = bytes(range(250, 256))
    buffers = [
        {"path": ["raw"], "encoding": "base64", "data": base64.b64encode(data).decode()},
        {"path": ["deep", "list", 1], "encoding": "hex", "data": data.hex()},
    ]
    esm = """export default { render({ model }) {
      for (const view of [model.get("raw"), model.get("deep").list[1]])
        seen.push([view instanceof DataView, ...new Uint8Array(view.buffer)]);
      seen.push(model.get("deep").list[0]);
    } };"""
    page = bench.open(
        notebook({"one": model(esm, buffers=buffers, deep={"list": [1, None]})}), until="seen.length >= 3"
    )
    assert seen(page) == [[True, *data], [True, *data], 1]


def test_what_another_published_mounts_unchanged(bench: Bench) -> None:
    """State as ipywidgets itself embeds it, from widgets written to anywidget in Python."""
    anywidget = pytest.importorskip("anywidget")
    import ipywidgets
    import traitlets
    from ipywidgets.embed import dependency_state

    class Counter(anywidget.AnyWidget):  # type: ignore[misc, name-defined]
        _esm = """
        function render({ model, el }) {
          const button = document.createElement("button");
          const show = () => { button.textContent = `count is ${model.get("value")}`; };
          button.addEventListener("click", () => { model.set("value", model.get("value") + 1); model.save_changes(); });
          model.on("change:value", show);
          show();
          el.classList.add("counter-widget");
          el.appendChild(button);
          seen.push(new Uint8Array(model.get("data").buffer)[1]);
        }
        export default { render };
        """
        _css = ".counter-widget button { color: rgb(4, 5, 6); }"
        value = traitlets.Int(3).tag(sync=True)
        data = traitlets.Bytes(b"\x01\x07").tag(sync=True)

    one, slider = Counter(layout=ipywidgets.Layout(width="201px")), ipywidgets.IntSlider()
    state = dependency_state([one, slider], drop_defaults=False)
    page = bench.open(notebook(state, [one.model_id, slider.model_id, one.model_id]), until="seen.length >= 2")
    assert seen(page) == [7, 7]
    page.get_by_role("button").first.click()
    assert page.get_by_role("button").all_inner_texts() == ["count is 4", "count is 4"]
    assert page.locator(".counter-widget").first.bounding_box()["width"] == 201  # type: ignore[index]
    assert page.evaluate("getComputedStyle(document.querySelector('button')).color") == "rgb(4, 5, 6)"


def test_the_host_is_small() -> None:
    import gzip

    assert len(gzip.compress(join.host_script().encode(), 9)) < 6900
