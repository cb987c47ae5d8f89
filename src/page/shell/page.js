// The live page of a case. What it shows comes in by `evigraphPage.show`; src/page/mod.rs says how. Words of the case
// are set as text, never as markup; the picture and the report are shown in frames that reach nothing.
"use strict";
(() => {
  const root = document.querySelector(".evigraph-page");
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const panel = (name) => root.querySelector(`.panel[data-tab="${name}"]`);
  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const button = (text, className, act) => {
    const one = make("button", text, className);
    one.type = "button";
    one.addEventListener("click", act);
    return one;
  };
  const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const clock = (at) => new Intl.DateTimeFormat([], { timeStyle: "medium" }).format(new Date(at));

  // What is shown, by generations.
  const known = { state: 0, explorer: 0, report: 0 };
  let now = null, good = null;
  const untitled = document.title;

  // Tabs: arrows go from one to the next.
  const tabs = [...root.querySelectorAll('[role="tab"]')];
  const open = (name) => {
    root.dataset.tab = name;
    part("place").hidden = part("place").dataset.tab !== name;
    tabs.forEach((tab) => {
      tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
      tab.tabIndex = tab.dataset.tab === name ? 0 : -1;
    });
  };
  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => open(tab.dataset.tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      open(next.dataset.tab);
      next.focus();
    });
  });

  // An excerpt with its line numbers, without what all its lines are set in by; and with what it is about marked.
  const excerpt = (place, most, isMarked) => {
    const all = place.excerpt.split("\n"), lines = all.slice(0, most).map((line) => [...line]), block = make("pre");
    const indent = (letters) => letters.findIndex((letter) => letter.trim());
    const common = Math.min(...lines.map(indent).filter((blanks) => blanks >= 0), Infinity);
    const cut = Number.isFinite(common) ? common : 0;
    lines.forEach((letters, at) => {
      const number = place.line + at, row = make("span"), words = (from, to) => letters.slice(Math.max(from, cut), Math.max(to, cut)).join("");
      const from = number === place.line ? place.column - 1 : Math.max(indent(letters), 0);
      const to = number === place.end_line ? Math.max(place.end_column - 1, from) : letters.length;
      row.dataset.line = number;
      row.append(...(isMarked ? [words(0, from), make("mark", words(from, to)), words(to, letters.length)] : [words(0, letters.length)]));
      block.append(row);
    });
    if (place.is_cut || lines.length < all.length) {
      const more = make("span", "…");
      more.dataset.line = "";
      block.append(more);
    }
    return block;
  };
  const name = (place) => `${place.file}:${place.line}:${place.column}`;

  // Where something is written; a host that shows the text itself goes there instead. Where there is little room, the
  // text is shown when it is asked for.
  let placed = null, isUnfolded = root.clientWidth > 640;
  const showPlace = (detail) => {
    if (window.dispatchEvent(new CustomEvent("evigraph:place", { detail, cancelable: true }))) drawPlace(detail);
  };
  const drawPlace = (detail) => {
    const strip = part("place"), text = make("details"), head = make("summary");
    placed = detail.id;
    head.append(make("strong", detail.id || ""), make("span", ` written at ${name(detail.place)}`, "faint"));
    text.append(head, excerpt(detail.place, 40, !detail.id));
    text.open = isUnfolded;
    text.addEventListener("toggle", () => { isUnfolded = text.open; });
    strip.replaceChildren(text, button("Close", "close", hidePlace));
    // That of an entry belongs to the picture.
    strip.dataset.tab = detail.id ? "picture" : root.dataset.tab;
    strip.hidden = strip.dataset.tab !== root.dataset.tab;
  };
  const hidePlace = () => { part("place").hidden = true; part("place").dataset.tab = ""; placed = null; };
  const placeOf = (id) => (good && Object.hasOwn(good.places, id) ? good.places[id] : null);
  const written = (id) => { const place = placeOf(id); if (place) showPlace({ id, place }); else hidePlace(); };

  // A frame is exchanged for the next one when that is ready, so that nothing flickers.
  const frames = { explorer: { shown: null, next: null }, report: { shown: null, next: null } };
  const load = (kind, tab, html, sandbox, title) => {
    const of = frames[kind];
    if (of.next) of.next.remove();
    const frame = make("iframe", undefined, "next");
    frame.setAttribute("sandbox", sandbox);
    frame.title = title;
    frame.srcdoc = html;
    of.next = frame;
    panel(tab).append(frame);
    return frame;
  };
  const exchange = (kind, tab) => {
    const of = frames[kind], before = of.shown;
    if (!of.next) return;
    const hadFocus = before && document.activeElement === before;
    of.next.className = "";
    // A frame that is moved loads anew: the others go.
    [...panel(tab).children].filter((other) => other !== of.next).forEach((other) => other.remove());
    [of.shown, of.next] = [of.next, null];
    root.dataset[kind] = String(known[kind]);
    if (hadFocus) of.shown.focus();
  };
  const trouble = (kind, tab, sentence) => {
    const of = frames[kind];
    [of.shown, of.next] = [null, null];
    panel(tab).replaceChildren(make("p", sentence, "empty"));
  };

  // The explorer keeps its state in an address; it comes from the one frame and goes into the next.
  let address = "";
  const MOST = 20000;
  const tell = (frame, message) => frame.contentWindow.postMessage(message, "*");
  window.addEventListener("message", ({ source, data }) => {
    const { shown, next } = frames.explorer, said = data && typeof data === "object" ? data : {};
    if (next && source === next.contentWindow) {
      if (said.evigraph === "ready") tell(next, { evigraph: "restore", address });
      if (said.evigraph === "restored") exchange("explorer", "picture");
    } else if (shown && source === shown.contentWindow) {
      if (said.evigraph === "state" && typeof said.address === "string" && said.address.length <= MOST) address = said.address;
      if (said.evigraph === "chosen") { if (typeof said.id === "string") written(said.id); else hidePlace(); }
    }
  });
  const explorer = (html) => load("explorer", "picture", html, "allow-scripts", "Picture of the case, to explore");

  // The report has no script; it is kept at the entry that stands at the top.
  const top = (page) => {
    const marks = [...page.querySelectorAll("[id]")].map((mark) => ({ id: mark.id, at: mark.getBoundingClientRect().top }));
    return marks.filter((mark) => mark.at <= 1).pop() || { id: "", at: -page.scrollingElement.scrollTop };
  };
  const report = (html) => {
    const frame = load("report", "report", html, "allow-same-origin", "Report on the case");
    frame.addEventListener("load", () => {
      if (frames.report.next !== frame) return;
      const page = frame.contentDocument, before = frames.report.shown && frames.report.shown.contentDocument;
      const mark = before ? top(before) : null;
      page.addEventListener("click", follow);
      exchange("report", "report");
      if (!mark) return;
      const same = mark.id ? page.getElementById(mark.id) : null;
      page.scrollingElement.scrollTop = same ? same.getBoundingClientRect().top + page.scrollingElement.scrollTop - mark.at : -mark.at;
    });
  };
  const follow = (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const target = link.getAttribute("href");
    const inside = target.startsWith("#") && link.ownerDocument.getElementById(decodeURIComponent(target.slice(1)));
    if (inside) inside.scrollIntoView();
    else if (/^https?:/.test(target)) window.open(target, "_blank", "noopener,noreferrer");
  };

  // Remarks, and the words above.
  const remark = (one) => {
    const item = make("li", undefined, one.severity), line = make("p");
    line.append(make("span", one.severity, "severity"), `: ${one.message} `, make("span", one.code, "faint"));
    item.append(line);
    const at = (place) => button(name(place), "link", () => showPlace({ place }));
    if (one.place) item.append(at(one.place), excerpt(one.place, 6, true));
    if (one.label) item.append(make("p", one.label));
    if (one.help) item.append(make("p", `help: ${one.help}`));
    one.related.forEach((other) => { const also = make("p", `${other.message}: `, "faint"); also.append(at(other.place)); item.append(also); });
    const drawn = one.about.filter(placeOf);
    if (drawn.length) {
      const ids = make("p", "In the picture: ", "faint");
      drawn.forEach((id, at) => ids.append(at ? ", " : "", button(id, "link", () => choose(id))));
      item.append(ids);
    }
    return item;
  };
  const showRemarks = (state) => {
    const all = state.errors + state.warnings, list = part("remarks");
    const items = state.remarks.map(remark);
    if (!items.length) items.push(make("li", "Nothing to remark.", "faint"));
    if (all > state.remarks.length) items.push(make("li", `And ${all - state.remarks.length} more.`, "faint"));
    list.replaceChildren(...items);
    part("count").textContent = all ? String(all) : "";
    part("count").className = state.errors ? "error" : "";
    part("count").title = `${counted(state.errors, "error")}, ${counted(state.warnings, "warning")}`;
  };
  const showChanges = (changes) => {
    const section = part("changes");
    section.hidden = !changes;
    if (!changes) return;
    section.classList.toggle("none", !changes.length);
    if (!changes.length) return section.replaceChildren("The last change left every verdict as it was.");
    const list = make("ul");
    changes.forEach((change) => {
      const item = make("li"), verdict = change.before === null ? `new, ${change.after}` : change.after === null ? `gone, was ${change.before}` : `${change.before} → ${change.after}`;
      const link = button(change.id, "link", () => choose(change.id));
      link.title = change.text;
      item.append(change.after === null ? make("strong", change.id) : link, ": ", make("strong", verdict), change.because ? `, ${change.because}` : "");
      list.append(item);
    });
    section.replaceChildren(list);
  };
  const showSummary = (state) => {
    document.title = `${state.title} · evigraph`;
    part("title").textContent = state.title;
    const findings = state.findings.length === 1 ? [`Finding: ${state.findings[0].value.toLowerCase()}`] : [];
    const verdicts = state.verdicts.map((one) => `${one.value} ${one.name}`);
    part("summary").textContent = [...findings, ...verdicts, ...state.flags].join(" · ");
    part("summary").title = state.findings.map((one) => `${one.name} ${one.value}`).join("\n");
  };
  const banner = (sentence, ...more) => {
    part("banner").hidden = !sentence;
    part("banner").replaceChildren(...(sentence ? [make("span", sentence), ...more] : []));
  };
  const showBanner = () => {
    if (!now || now.is_good) return banner("");
    const what = now.errors ? `The text has ${counted(now.errors, "error")}.` : now.trouble || "The case has no verdicts.";
    const since = good ? ` Picture and report show the state of ${good.at ? clock(good.at) : "before"}.` : "";
    const link = button(now.errors === 1 ? "See it" : "See them", "link", () => open("remarks"));
    banner(what + since, ...(now.errors ? [link] : []));
  };

  const showState = (state, at) => {
    now = state;
    if (state.is_good) {
      good = { ...state, at };
      showSummary(state);
      showChanges(state.changes);
      if (placed && placeOf(placed)) drawPlace({ id: placed, place: placeOf(placed) });
      else if (placed) hidePlace();
    } else if (!good) {
      open("remarks");
      ["picture", "report"].forEach((tab) => panel(tab).replaceChildren(make("p", "It comes as soon as the text has no errors.", "empty")));
    }
    showRemarks(state);
    showBanner();
    root.dataset.state = String(known.state);
  };

  const choose = (id) => {
    open("picture");
    written(id);
    if (frames.explorer.shown) tell(frames.explorer.shown, { evigraph: "choose", id });
  };
  const newer = (kind, update) => {
    if (update[kind] === undefined || update.generation < known[kind]) return false;
    known[kind] = update.generation;
    return true;
  };
  const show = (update) => {
    if (newer("state", update)) showState(update.state, update.at);
    [["explorer", "picture", explorer], ["report", "report", report]].forEach(([kind, tab, load]) => {
      if (!newer(kind, update)) return;
      if (typeof update[kind] === "string") load(update[kind]);
      else trouble(kind, tab, update[kind].trouble);
    });
  };
  // Another case: nothing of the one before stays.
  const clear = () => {
    [now, good, address] = [null, null, ""];
    hidePlace();
    banner("");
    document.title = untitled;
    part("title").textContent = "evigraph";
    ["summary", "count"].forEach((name) => { part(name).textContent = part(name).title = ""; });
    part("count").className = "";
    ["changes", "remarks"].forEach((name) => part(name).replaceChildren());
    part("changes").hidden = true;
    trouble("explorer", "picture", "The picture is being drawn …");
    trouble("report", "report", "The report is being written …");
    open("picture");
  };
  window.evigraphPage = Object.freeze({ show, choose, clear, lost: (sentence) => (sentence ? banner(sentence) : showBanner()) });
})();
