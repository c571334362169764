// Warns before the session ends, and keeps it alive for somebody who is typing. The page says in words when it ends.
const line = document.querySelector("[data-session]");
const dialog = document.querySelector(".app-ending");

if (line && dialog && dialog.showModal) {
  const { session: address, seconds, warn } = line.dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const minute = 60_000;
  let ends = Date.now() + Number(seconds) * 1000;
  let typed = false;
  let kept = Date.now();

  const ask = async (method) => {
    const answer = await fetch(address, { method, redirect: "manual", headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error("signed out");
    ends = Date.now() + (await answer.json()).seconds * 1000;
    kept = Date.now();
  };

  const over = () => {
    if (typed) {
      dialog.querySelector("[data-ending]").hidden = true;
      dialog.querySelector("[data-ended]").hidden = false;
      if (!dialog.open) dialog.showModal();
    } else {
      location.replace("/sign-in?over=idle");
    }
  };

  const look = async () => {
    const left = ends - Date.now();
    if (left <= 0) {
      // Another page may have kept the session alive meanwhile.
      try {
        await ask("GET");
      } catch {
        return over();
      }
      return ends > Date.now() ? setTimeout(look, 1000) : over();
    }
    if (left <= Number(warn) * 1000) {
      try {
        await ask("GET");
      } catch {
        return over();
      }
      const soon = ends - Date.now() <= Number(warn) * 1000;
      if (soon && !dialog.open) dialog.showModal();
      if (!soon && dialog.open) dialog.close();
    }
    setTimeout(look, Math.min(5000, Math.max(500, ends - Date.now())));
  };

  document.addEventListener("input", () => {
    typed = true;
    if (Date.now() - kept > 5 * minute) {
      kept = Date.now();
      ask("POST").catch(() => {});
    }
  });
  dialog.querySelector("[data-stay]").addEventListener("click", () => {
    ask("POST").then(() => (ends > Date.now() ? dialog.close() : over()), over);
  });
  dialog.querySelector("[data-copy]").addEventListener("click", () => dialog.close());
  setTimeout(look, 1000);
}
