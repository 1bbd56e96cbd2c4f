// Keeps the rows of a meeting while they are typed. Works on top of web/grid.mjs, which moves and pastes: here rows are
// sent shortly after the last key, one request at a time; what fails stays in the page and is sent again.
const CELLS = ['content', 'field', 'hamlet', 'unit', 'answer'];
const PAUSE = 900;
const RETRY = [2000, 5000, 15000, 30000];
const BATCH = 100;

const form = document.querySelector('[data-meeting]');
const table = form?.querySelector('table[data-grid]');
const writer = identifier();
let timer, sending = false, failures = 0, offline = false, refusal = '';
if (form) start();

function start() {
  form.querySelectorAll('[data-without-script]').forEach((one) => { one.hidden = true; });
  form.querySelectorAll('[data-with-script]').forEach((one) => { one.hidden = false; });
  rows().forEach((row) => { row.sent = row.dataset.state === 'saved' ? values(row) : ''; });
  table.addEventListener('input', (event) => touched(event.target.closest('tr')));
  table.addEventListener('grid:change', (event) => touched(event.detail.row));
  table.addEventListener('keydown', beforeKey, true);
  table.addEventListener('keydown', onKey);
  table.addEventListener('focusin', onFocus);
  table.addEventListener('paste', onPaste, true);
  form.addEventListener('submit', onSubmit);
  form.querySelector('[data-undo]').addEventListener('click', undo);
  window.addEventListener('online', flush);
  window.addEventListener('pagehide', () => send(true));
  window.addEventListener('beforeunload', (event) => { if (!leaving && unsaved().length) event.preventDefault(); });
  show();
}

function rows() { return [...table.querySelectorAll('tbody > tr[data-row]')]; }
function cell(row, name) { return row.querySelector(`[name$="-${name}"]`); }
function values(row) { return JSON.stringify(CELLS.map((name) => cell(row, name).value.trim())); }
function isBlank(row) { return CELLS.every((name) => !cell(row, name).value.trim()); }
function isNew(row) { return !Number(cell(row, 'version').value); }
function sendable() { return unsaved().filter((row) => !row.conflict && row.refused !== values(row)); }
function unsaved() { return rows().filter((row) => row.sent !== values(row) && !(isNew(row) && isBlank(row))); }

function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Enter goes back to the column in which the row was begun, as in a spreadsheet: after Tab, Tab, Enter one types on
// in the first of the cells, not below the last.
let begun = 0, byTab = false;
function onFocus(event) {
  const column = CELLS.indexOf(event.target.name?.split('-').pop());
  if (column >= 0 && !byTab) begun = column;
  byTab = false;
}

function beforeKey(event) {
  byTab = event.key === 'Tab';
  event.home = begun;
}

function onKey(event) {
  if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && event.defaultPrevented) {
    const row = document.activeElement.closest('tr[data-row]');
    if (row) cell(row, CELLS[event.home]).focus();
    flush();
  }
  if (event.key.toLowerCase() === 's' && event.ctrlKey) {
    event.preventDefault();
    flush();
  }
}

function touched(row) {
  if (!row) return;
  if (!cell(row, 'key').value) cell(row, 'key').value = identifier();
  row.dataset.state = 'dirty';
  clearTimeout(timer);
  timer = setTimeout(flush, PAUSE);
  show();
}

function flush() {
  clearTimeout(timer);
  if (!sending) send(false);
}

async function send(atLast) {
  const waiting = sendable().slice(0, BATCH);
  if (!waiting.length) return show();
  const sent = waiting.map((row) => ({ row, values: values(row), data: payload(row) }));
  sending = true;
  sent.forEach(({ row }) => { row.dataset.state = 'sending'; });
  show();
  refusal = '';
  try {
    const answer = await fetch(form.dataset.save, {
      method: 'POST', keepalive: atLast, redirect: 'manual', credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token() },
      body: JSON.stringify({ writer, rows: sent.map((one) => one.data) }),
    });
    if (answer.type === 'opaqueredirect') refusal = form.querySelector('[data-save-state]').dataset.door;
    const told = refusal ? {} : await answer.json();
    refusal ||= answer.ok ? '' : told.message;
    if (refusal) throw new Error(refusal);
    settle(sent, told);
    failures = 0;
    offline = false;
  } catch {
    sent.forEach(({ row }) => { row.dataset.state = 'failed'; });
    offline = true;
    timer = setTimeout(flush, RETRY[Math.min(failures, RETRY.length - 1)]);
    failures += 1;
  }
  sending = false;
  show();
  if (!offline && sendable().length) timer = setTimeout(flush, PAUSE);
}

function token() {
  const cookie = document.cookie.split('; ').find((one) => one.startsWith('csrftoken='));
  return cookie ? cookie.split('=')[1] : form.querySelector('[name=csrfmiddlewaretoken]').value;
}

function payload(row) {
  const data = Object.fromEntries(CELLS.map((name) => [name, cell(row, name).value]));
  const position = Number(cell(row, 'position').value) || rows().indexOf(row) + 1;
  return { ...data, key: cell(row, 'key').value, version: Number(cell(row, 'version').value) || 0, position };
}

function settle(sent, told) {
  const kept = new Map(told.rows.map((one) => [one.key, one]));
  sent.forEach(({ row, values: then, data }) => {
    const one = kept.get(data.key);
    if (!one) return;
    if (one.status === 'conflict') return conflict(row, one);
    errors(row, one.errors);
    if (one.status === 'wrong') {
      row.refused = then;
      row.dataset.state = 'failed';
      return;
    }
    row.sent = then;
    if (one.status === 'removed') {
      cell(row, 'version').value = 0;
      cell(row, 'key').value = identifier();
      row.dataset.state = '';
      return;
    }
    cell(row, 'version').value = one.version;
    cell(row, 'position').value = one.position;
    if (values(row) === then) resolve(row, one.cells);
    row.dataset.state = row.sent === values(row) ? 'saved' : 'dirty';
  });
  const own = new Set(rows().map((row) => cell(row, 'key').value));
  form.querySelector('[data-others]').hidden = told.keys.every((key) => own.has(key));
}

// Codes and words without accents come back as what they mean; the cell in which somebody types is left alone.
function resolve(row, cells) {
  CELLS.forEach((name) => {
    const one = cell(row, name);
    if (one !== document.activeElement && one.value !== cells[name]) one.value = cells[name];
  });
  cell(row, 'unit').placeholder = cells.hint;
  row.sent = values(row);
}

function errors(row, found) {
  CELLS.forEach((name) => {
    const one = cell(row, name);
    const id = `${one.name}-error`;
    let line = document.getElementById(id);
    if (!found[name]) {
      line?.remove();
      one.removeAttribute('aria-invalid');
      one.removeAttribute('aria-describedby');
      return;
    }
    if (!line) {
      line = document.createElement('p');
      line.id = id;
      line.className = 'field-error';
      one.after(line);
    }
    line.textContent = found[name];
    one.setAttribute('aria-invalid', 'true');
    one.setAttribute('aria-describedby', id);
  });
  row.classList.toggle('has-error', Object.keys(found).length > 0);
}

function conflict(row, theirs) {
  if (row.conflict) return;
  const part = form.querySelector('[data-conflict]').content.cloneNode(true);
  const box = document.createElement('div');
  box.append(part);
  const text = box.querySelector('[data-conflict-text]');
  text.textContent = text.dataset.text.replace('%s', theirs.cells.content);
  box.querySelector('[data-keep-mine]').addEventListener('click', () => decide(row, theirs, box, false));
  box.querySelector('[data-take-theirs]').addEventListener('click', () => decide(row, theirs, box, true));
  cell(row, 'content').after(box);
  row.conflict = true;
  row.dataset.state = 'failed';
  row.classList.add('has-error');
}

function decide(row, theirs, box, take) {
  cell(row, 'version').value = theirs.version;
  if (take) {
    CELLS.forEach((name) => { cell(row, name).value = theirs.cells[name]; });
    row.sent = values(row);
    row.dataset.state = 'saved';
  }
  row.conflict = false;
  row.classList.remove('has-error');
  box.remove();
  cell(row, 'content').focus();
  flush();
}

// A block pasted over rows that are there already can be taken back as a whole.
let before;
function onPaste(event) {
  const text = event.clipboardData.getData('text/plain').trim();
  if (!text.includes('\n') && !text.includes('\t')) return;
  before = rows().map((row) => CELLS.map((name) => cell(row, name).value));
  setTimeout(() => {
    const changed = rows().filter((row, number) => CELLS.some((name, column) => cell(row, name).value !== (before[number]?.[column] ?? '')));
    const told = form.querySelector('[data-pasted-text]');
    told.textContent = told.dataset.text.replace('%d', changed.length);
    form.querySelector('[data-pasted]').hidden = !changed.length;
  });
}

function undo() {
  rows().forEach((row, number) => {
    CELLS.forEach((name, column) => { cell(row, name).value = before[number]?.[column] ?? ''; });
    if (row.sent !== values(row)) touched(row);
  });
  form.querySelector('[data-pasted]').hidden = true;
  cell(rows()[0], 'content').focus();
  flush();
}

// The review reads what is kept, so it is opened when everything is.
let leaving = false;
async function onSubmit(event) {
  if (leaving || (!sending && !sendable().length && !rows().some((row) => row.conflict))) return;
  event.preventDefault();
  const button = event.submitter;
  while (sending) await new Promise((done) => { setTimeout(done, 50); });
  if (unsaved().length) await send(false);
  if (offline || rows().some((row) => row.conflict)) return;
  leaving = true;
  form.requestSubmit(button);
}

function show() {
  const output = form.querySelector('[data-save-state]');
  const typed = rows().filter((row) => !isBlank(row)).length;
  const open = unsaved().length;
  rows().forEach((row) => row.toggleAttribute('data-blank', isBlank(row)));
  const bad = rows().filter((row) => row.classList.contains('has-error')).length;
  const words = (text, ...numbers) => numbers.reduce((found, number) => found.replace('%d', number), text);
  const saved = words(output.dataset.saved, typed - Math.min(open, typed), typed);
  let text = saved, tone = '';
  if (offline && open) [text, tone] = [refusal || words(output.dataset.offline, open), 'danger'];
  else if (sending) [text, tone] = [words(output.dataset.saving, typed - Math.min(open, typed), typed), 'busy'];
  else if (open) [text, tone] = [`${saved} – ${words(output.dataset.unsaved, open)}`, 'wait'];
  if (bad && !offline) text += ` – ${words(output.dataset.wrong, bad)}`;
  if (!offline && rows().some((row) => row.refused === values(row))) tone = 'danger';
  if (output.textContent !== text) output.textContent = text;
  output.dataset.tone = tone;
}
