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
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (!button || !navigator.clipboard) return;
    navigator.clipboard.writeText(button.previousElementSibling.textContent).then(() => {
      button.textContent = "copied";
      setTimeout(() => { button.textContent = "copy"; }, 1500);
    });
  });
  // What scrolls sideways can be reached by keyboard; what fits is no stop on the way.
  const reach = (root) => {
    const kinds = ".statement, .given, .scroll, .copyable code, pre, figure, blockquote, .wide";
    const wide = [...root.querySelectorAll(kinds)].filter((box) => !box.closest("details:not([open])"));
    const scrolls = wide.map((box) => box.scrollWidth > box.clientWidth + 1);
    wide.forEach((box, i) => {
      if (scrolls[i]) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  };
  reach(document);
  window.addEventListener("resize", () => reach(document));
  document.addEventListener("toggle", (event) => reach(event.target), true);
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
