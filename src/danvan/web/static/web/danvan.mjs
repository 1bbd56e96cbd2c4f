// What every page gains where scripts run; without them everything still works.
const TYPING = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=hidden]), textarea, select, [contenteditable]';
const SECOND_STROKE_MS = 1200;

const WORDS = document.body.dataset;

document.documentElement.classList.add('has-js');
document.querySelector('.error-summary')?.focus();
document.querySelectorAll('details[data-begin]').forEach(begin);
document.querySelectorAll('textarea[data-counter]').forEach(addCounter);
document.addEventListener('click', onClick);
document.addEventListener('keydown', onKey);
document.addEventListener('submit', refuseSecondSubmit);
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent));

// How many characters are still missing or left; told to screen readers when typing rests.
function addCounter(area) {
  const { minLength, maxLength } = area;
  const line = Object.assign(document.createElement('p'), { className: 'counter' });
  line.setAttribute('aria-live', 'polite');
  area.after(line);
  const show = () => {
    const length = [...area.value.trim()].length;
    const short = minLength > 0 && length < minLength;
    line.classList.toggle('short', short && length > 0);
    if (short) line.textContent = WORDS.missing.replace('#', minLength - length);
    else line.textContent = maxLength > 0 ? WORDS.left.replace('#', (maxLength - length).toLocaleString(document.documentElement.lang)) : '';
  };
  area.addEventListener('input', show);
  show();
}

async function onClick(event) {
  const button = event.target.closest('[data-print], [data-copy]');
  if (!button) return;
  if ('print' in button.dataset) return window.print();
  const text = document.querySelector(button.dataset.copy).innerText;
  await navigator.clipboard.writeText(text);
  const before = button.innerHTML;
  button.textContent = WORDS.copied;
  setTimeout(() => { button.innerHTML = before; }, 2000);
}

// A second press of the same button sends nothing twice; going back makes the form usable again.
function refuseSecondSubmit(event) {
  if (event.defaultPrevented || event.target.method === 'get') return;
  if ('sent' in event.target.dataset) event.preventDefault();
  event.target.dataset.sent = '';
}

// An action that was asked for begins in its first field.
function begin(details) {
  if (!details.open) return;
  details.querySelector(TYPING)?.focus();
  details.scrollIntoView({ block: 'nearest' });
}

let firstStroke = '';
let strokeTimer = 0;

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') document.querySelector('details.menu[open]')?.removeAttribute('open');
  if (event.target.closest(TYPING)) return leaveField(event);
  if (moveRow(event)) return;
  const stroke = firstStroke ? `${firstStroke} ${event.key}` : event.key;
  const target = document.querySelector(`[data-key="${CSS.escape(stroke).replaceAll('\\ ', ' ')}"]`);
  clearTimeout(strokeTimer);
  firstStroke = !firstStroke && document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`) ? event.key : '';
  strokeTimer = setTimeout(() => { firstStroke = ''; }, SECOND_STROKE_MS);
  if (!target) return;
  event.preventDefault();
  if (target.matches(TYPING)) target.focus();
  else target.click();
  if (target.matches('summary')) begin(target.parentElement);
}

// Escape leaves a field, so that the keys of the page work again; in a grid and an open list it means something else.
function leaveField(event) {
  const field = event.target;
  if (event.key === 'Escape' && !event.defaultPrevented && !field.closest('[data-grid]')) field.blur();
}

// j and k walk through the rows of a list, Enter opens the row.
function moveRow(event) {
  const rows = [...document.querySelectorAll('table[data-rows] tbody tr')];
  if (!rows.length || firstStroke || !['j', 'k', 'Enter'].includes(event.key)) return false;
  const at = rows.findIndex((row) => row.ariaSelected === 'true');
  if (event.key === 'Enter') {
    const link = at >= 0 && event.target === document.body && rows[at].querySelector('a');
    if (link) link.click();
    return Boolean(link);
  }
  const next = Math.min(rows.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)));
  rows.forEach((row, index) => { if (index === next) row.ariaSelected = 'true'; else row.removeAttribute('aria-selected'); });
  rows[next].scrollIntoView({ block: 'nearest' });
  return true;
}
