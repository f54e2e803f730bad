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
