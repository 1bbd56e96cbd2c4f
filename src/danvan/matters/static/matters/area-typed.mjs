// Places while they are typed: `data-area-typed` names the hidden input that takes the chosen id.
const WAIT_MS = 180;

document.querySelectorAll('[data-area-typed]').forEach(attach);

function attach(input) {
  const chosen = document.getElementById(input.dataset.areaTyped);
  const box = Object.assign(document.createElement('div'), { className: 'suggestions' });
  const list = Object.assign(document.createElement('ul'), { id: `${input.id}-list`, hidden: true });
  list.setAttribute('role', 'listbox');
  box.append(list);
  input.after(box);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
  let timer = 0;
  let asked = 0;

  const rows = () => [...list.children];
  const close = () => { list.hidden = true; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
  const mark = (row) => {
    rows().forEach((each) => each.setAttribute('aria-selected', String(each === row)));
    input.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest' });
  };
  const take = (row) => {
    input.value = row.dataset.name;
    chosen.value = row.dataset.id;
    close();
    chosen.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const show = (places) => {
    list.replaceChildren(...places.map((place, index) => {
      const row = Object.assign(document.createElement('li'), { id: `${list.id}-${index}` });
      row.setAttribute('role', 'option');
      row.dataset.id = place.id;
      row.dataset.name = place.within ? `${place.name}, ${place.within}` : place.name;
      row.append(row.dataset.name);
      if (place.formerly) row.append(Object.assign(document.createElement('small'), { textContent: `${input.dataset.formerly} ${place.formerly}` }));
      row.addEventListener('mousedown', (event) => { event.preventDefault(); take(row); });
      return row;
    }));
    list.hidden = !places.length;
    input.setAttribute('aria-expanded', String(places.length > 0));
    if (places.length) mark(list.firstChild);
  };
  const ask = async () => {
    const turn = ++asked;
    const answer = await fetch(`/dia-danh/?q=${encodeURIComponent(input.value)}`).catch(() => null);
    if (!answer?.ok || turn !== asked || document.activeElement !== input) return;
    show((await answer.json()).places);
  };

  input.addEventListener('input', () => {
    chosen.value = '';
    clearTimeout(timer);
    if (input.value.trim().length < 2) return close();
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    const at = rows().findIndex((row) => row.getAttribute('aria-selected') === 'true');
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      mark(rows()[(at + (event.key === 'ArrowDown' ? 1 : rows().length - 1)) % rows().length]);
    } else if ((event.key === 'Enter' && !event.ctrlKey) || event.key === 'Tab') {
      if (event.key === 'Enter') event.preventDefault();
      take(rows()[at]);
    } else if (event.key === 'Escape') { event.preventDefault(); close(); }
  });
  input.addEventListener('blur', close);
}
