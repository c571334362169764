// Keeps what is answered in a long form a few seconds after the last answer, as its button "go on later" does. Nothing needs it.
const form = document.querySelector("form[data-keeps]");
const line = document.querySelector("[data-kept]");

if (form && line) {
  let waiting;

  const keep = async () => {
    const said = new URLSearchParams(new FormData(form));
    said.set("later", "yes");
    const answer = await fetch(location.href, { method: "POST", body: said, redirect: "manual" });
    if (answer.type !== "opaqueredirect") throw new Error("not kept");
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    line.textContent = line.dataset.kept.replace("{time}", time);
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep().catch(() => (line.textContent = line.dataset.lost)), Number(form.dataset.keeps) * 1000);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
