// The intake desk: Ctrl+Enter saves, and who will answer shows while the form is filled in.
const form = document.querySelector('[data-intake]');
const place = document.querySelector('[data-proposed]');
const shape = document.querySelector('[data-proposal-shown]');
const ASKED_OF = ['area', 'field', 'kind', 'received_on'];
let asked = 0;

form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); form.requestSubmit(form.querySelector('[data-save]')); }
});
form.addEventListener('change', (event) => { if (ASKED_OF.includes(event.target.name)) propose(); if (event.target.name === 'content') suggest(); });
propose();
form.querySelector(!form.elements.area.value ? '[name=place_typed]' : form.elements.field.value ? '[name=content]' : '[name=field]').focus();

async function propose() {
  const values = new FormData(form);
  if (!values.get('area') || !values.get('field')) return;
  const turn = ++asked;
  const query = new URLSearchParams(ASKED_OF.map((name) => [name, values.get(name)]));
  const answer = await fetch(`${form.dataset.proposal}?${query}`).catch(() => null);
  if (!answer?.ok || turn !== asked) return;
  const told = await answer.json();
  if ('message' in told) return place.replaceChildren(Object.assign(document.createElement('p'), { textContent: told.message }));
  const shown = shape.content.cloneNode(true);
  for (const part of ['unit', 'why', 'due', 'rule']) shown.querySelector(`[data-${part}]`).textContent = told[part];
  place.replaceChildren(shown);
}

// Only says what the office's own matters suggest; the field is chosen by a person.
async function suggest() {
  const body = new FormData();
  body.set('content', form.elements.content.value);
  body.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(form.dataset.topicOf, { method: 'POST', body }).catch(() => null);
  if (answer?.ok) document.querySelector('[data-topic]').textContent = (await answer.json()).sentence ?? '';
}
