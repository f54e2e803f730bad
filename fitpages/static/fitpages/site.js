// The programs of a pair as tabs, and a button that copies the command. Without this they stand one under the other.
(() => {
  const box = document.querySelector(".programs");
  if (!box) return;
  const panels = [...box.children];

  const element = (name, attributes, text = "") => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  const copied = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(code);
      return document.execCommand("copy");
    }
  };

  for (const panel of panels) {
    const code = panel.querySelector("code"), bar = element("p", { class: "copy" });
    const button = element("button", { type: "button" }, "Copy"), status = element("span", { class: "unseen", role: "status" });
    button.setAttribute("aria-description", "the command for " + panel.firstElementChild.textContent);
    button.addEventListener("click", async () => {
      button.textContent = status.textContent = await copied(code) ? "Copied" : "Selected";
      setTimeout(() => { button.textContent = "Copy"; status.textContent = ""; }, 3000);
    });
    bar.append(button, status);
    panel.append(bar);
  }
  if (panels.length < 2) return;

  const list = element("div", { class: "tabs", role: "tablist", "aria-label": "Program" });
  const tabs = panels.map((panel) => {
    const name = panel.firstElementChild;
    const tab = element("button", { type: "button", role: "tab", id: panel.id + "-tab", "aria-controls": panel.id }, name.textContent);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    name.hidden = true;
    return tab;
  });

  const show = (chosen) => tabs.forEach((tab, index) => {
    tab.setAttribute("aria-selected", index === chosen);
    tab.tabIndex = index === chosen ? 0 : -1;
    panels[index].hidden = index !== chosen;
  });

  list.addEventListener("click", (event) => {
    if (tabs.includes(event.target)) show(tabs.indexOf(event.target));
  });
  list.addEventListener("keydown", (event) => {
    const now = tabs.indexOf(document.activeElement), last = tabs.length - 1;
    const next = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now ? now - 1 : last, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
    tabs[next].focus();
  });
  list.append(...tabs);
  box.prepend(list);
  show(0);
})();

// The calculator's answer in place. The server computes it; this only fetches the page that the form leads to.
(() => {
  const form = document.getElementById("calculator");
  if (!form || !window.fetch || !window.AbortController) return;
  let waiting = 0, running = null;

  const address = () => {
    const asked = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...asked]) if (!value.trim()) asked.delete(name);
    return form.action + (asked.size ? "?" + asked : "");
  };

  const update = async () => {
    if (running) running.abort();
    running = new AbortController();
    const target = address();
    try {
      const answer = await fetch(target, { signal: running.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("result").replaceChildren(...page.getElementById("result").childNodes);
      showErrors(page);
      history.replaceState(null, "", target);
    } catch (error) {
      if (error.name !== "AbortError") form.dataset.failed = "yes";
    }
  };

  const showErrors = (page) => {
    for (const field of form.elements) {
      if (!field.id) continue;
      const theirs = page.getElementById(field.id);
      for (const name of ["aria-invalid", "aria-describedby"]) {
        if (theirs.hasAttribute(name)) field.setAttribute(name, theirs.getAttribute(name));
        else field.removeAttribute(name);
      }
      document.getElementById(field.id + "-error")?.remove();
      const error = page.getElementById(field.id + "-error");
      if (error) field.parentElement.append(error);
    }
  };

  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(update, 250); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); update(); });
})();
