"use strict";
(() => {
  const form = document.querySelector("form.filters");
  const claims = [...document.querySelectorAll("section.claim")];
  const headings = [...document.querySelectorAll("h2[data-section]")];
  if (form && claims.length) {
    let texts = null;
    const output = form.querySelector("output");
    const fits = (claim, wanted, words, equation) => {
      const data = claim.dataset;
      return words.every((word) => texts.get(claim).includes(word))
        && (!equation || data.equations.split(" ").includes(equation))
        && ["verdict", "trust", "section"].every((name) => !wanted[name] || data[name] === wanted[name]);
    };
    const apply = () => {
      texts = texts || new Map(claims.map((claim) => [claim, claim.textContent.toLowerCase()]));
      const wanted = Object.fromEntries(new FormData(form));
      const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
      const equation = wanted.equation.replace(/[()\s]/g, "");
      const shown = claims.filter((claim) => {
        claim.hidden = !fits(claim, wanted, words, equation);
        return !claim.hidden;
      });
      for (const heading of headings) {
        heading.hidden = !shown.some((claim) => claim.dataset.section === heading.id);
      }
      output.textContent = shown.length === claims.length ? "" : `${shown.length} of ${claims.length} claims`;
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("section.claim[hidden]")) {
        form.reset();
        setTimeout(() => target.scrollIntoView());
      }
    });
  }
  for (const box of navigator.clipboard ? document.querySelectorAll(".copyable") : []) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "copy", textContent: "copy" });
    box.append(button);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    navigator.clipboard.writeText(button.previousElementSibling.textContent).then(() => {
      button.textContent = "copied";
      setTimeout(() => { button.textContent = "copy"; }, 1500);
    });
  });
  // What scrolls sideways can be reached by keyboard and says what it is; what fits is no stop on the way.
  const kinds = [
    [".statement, .given, .wide", "formula, wider than the page"],
    [".scroll", "table, wider than the page"],
    ["figure", ""], // its caption names it
  ];
  const names = new Map();
  const sizes = new ResizeObserver((entries) => {
    const scrolls = entries.map(({ target }) => target.scrollWidth > target.clientWidth + 1);
    entries.forEach(({ target }, i) => {
      if (scrolls[i]) {
        target.tabIndex = 0;
        if (names.get(target)) {
          target.setAttribute("role", "group");
          target.setAttribute("aria-label", names.get(target));
        }
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
      }
    });
  });
  for (const [selector, name] of kinds) {
    for (const box of document.querySelectorAll(selector)) {
      names.set(box, name);
      sizes.observe(box);
    }
  }
  const graph = document.querySelector("svg.graph");
  if (graph) {
    const light = (name) => {
      for (const path of graph.querySelectorAll("path")) {
        path.classList.toggle("lit", path.dataset.from === name || path.dataset.to === name);
      }
    };
    for (const kind of ["mouseover", "focusin"]) {
      graph.addEventListener(kind, (event) => {
        const box = event.target.closest("a");
        light(box ? box.getAttribute("href").slice(1) : "");
      });
    }
    graph.addEventListener("mouseleave", () => light(""));
  }
})();
