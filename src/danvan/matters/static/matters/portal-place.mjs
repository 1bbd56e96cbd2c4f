// Finds places while somebody types; without scripts the button beside the field does the same.
const REST_MS = 300;
const found = document.querySelector('[data-places]');
const typed = document.getElementById('id_typed');
const told = document.getElementById('places-told');
let timer = 0;
let asked = 0;

typed.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(search, REST_MS);
});

// A name typed before this script had come is searched for, too.
if (typed.value && !found.querySelector('input')) timer = setTimeout(search, REST_MS);

// Who has chosen is done searching: a late answer must not take the choice away.
found.addEventListener('change', () => {
  clearTimeout(timer);
  asked += 1;
});

async function search() {
  const name = typed.value.trim();
  const number = ++asked;
  if (name.length < 2) return;
  const response = await fetch(`${found.dataset.places}?q=${encodeURIComponent(name)}`).catch(() => null);
  if (!response?.ok || number !== asked) return;
  const { html, places } = await response.json();
  if (number !== asked) return;
  found.innerHTML = html;
  told.textContent = places ? found.dataset.told.replace('#', places) : found.textContent.trim();
}
