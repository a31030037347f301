
"use strict";
(() => {
  const main = document.querySelector("main");
  const boxes = [...document.querySelectorAll("textarea[data-ref]")];
  const overall = document.getElementById("overall");
  const saved = document.getElementById("saved");
  const before = document.getElementById("before");

  const reply = () => ({
    format: Number(main.dataset.format),
    share: main.dataset.share,
    content: main.dataset.content,
    coach: main.dataset.coach,
    answers: boxes
      .filter((box) => box.value.trim())
      .map((box) => ({ ref: box.dataset.ref, comment: box.value.trim() })),
    overall: overall.value.trim(),
  });
  const state = () => JSON.stringify(reply(), null, 2) + "\n";
  const empty = JSON.stringify({ ...reply(), answers: [], overall: "" }, null, 2) + "\n";
  let kept = empty;

  const say = (text) => {
    saved.textContent = "";
    setTimeout(() => { saved.textContent = text; }, 50);
  };
  const grow = (box) => { box.parentNode.dataset.text = box.value; };

  const save = () => {
    const text = state();
    if (text === empty) {
      say("Nothing is written yet.");
      return;
    }
    const found = JSON.parse(text);
    const count = found.answers.length + (found.overall ? 1 : 0);
    const name = "comments-" + found.share.replace(/[^A-Za-z0-9-]/g, "") + ".json";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    kept = text;
    say(count + (count === 1 ? " comment is" : " comments are") + " in " + name + ", among your downloads. Now send that file back.");
  };

  const load = async () => {
    let found;
    try {
      found = JSON.parse(await before.files[0].text());
    } catch {
      found = null;
    }
    if (!found || found.share !== main.dataset.share || !Array.isArray(found.answers)) {
      say("That file holds no comments on this page.");
      return;
    }
    const given = new Map(found.answers.map((each) => [each?.ref, each?.comment]));
    given.set(undefined, found.overall);
    for (const box of [...boxes, overall]) {
      const text = given.get(box.dataset.ref);
      if (typeof text === "string" && text && !box.value.includes(text)) {
        box.value = box.value.trim() ? box.value.trim() + "\n\n" + text : text;
        grow(box);
      }
    }
    say("Your earlier comments are in their places.");
  };

  document.getElementById("save").addEventListener("click", save);
  before.addEventListener("change", () => { if (before.files.length) load(); });
  document.addEventListener("input", (event) => { if (event.target.matches("textarea")) grow(event.target); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    }
  });
  window.addEventListener("beforeunload", (event) => { if (state() !== kept) event.preventDefault(); });
  window.addEventListener("pageshow", () => [...boxes, overall].forEach(grow));
})();
