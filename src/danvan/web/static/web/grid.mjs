// A table that is typed like a spreadsheet: Enter and arrows go down and up, Ctrl+D copies the cell above,
// and lines or columns pasted from Word or Excel fall into rows. Fires `grid:change` with the row.
const CELL = 'input:not([type=hidden]), textarea, select';

const rowsOf = (table) => [...table.querySelectorAll('tbody > tr[data-row]')];
const cellsOf = (row) => [...row.querySelectorAll(CELL)];
const templateOf = (table) => table.parentElement.querySelector('template[data-row-template]') ?? document.querySelector('template[data-row-template]');

document.querySelectorAll('table[data-grid]').forEach((table) => {
  table.addEventListener('keydown', (event) => onKey(table, event));
  table.addEventListener('paste', (event) => onPaste(table, event));
  table.addEventListener('change', (event) => changed(table, event.target));
  table.addEventListener('input', () => count(table));
  count(table);
});

function place(table, cell) {
  const row = cell.closest('tr[data-row]');
  return { row: rowsOf(table).indexOf(row), column: cellsOf(row).indexOf(cell) };
}

function cellAt(table, row, column) {
  const rows = rowsOf(table);
  return rows[row] ? cellsOf(rows[row])[column] : undefined;
}

function addRow(table) {
  const template = templateOf(table);
  if (!template) return;
  const number = rowsOf(table).length;
  const holder = document.createElement('tbody');
  holder.innerHTML = template.innerHTML.replaceAll('__n__', number).replaceAll('__row__', number + 1);
  table.tBodies[0].append(...holder.children);
  const total = document.querySelector(`[name="${table.dataset.prefix}-TOTAL_FORMS"]`);
  if (total) total.value = number + 1;
}

function go(table, row, column) {
  if (row === rowsOf(table).length) addRow(table);
  cellAt(table, row, column)?.focus();
}

function onKey(table, event) {
  const cell = event.target;
  if (!cell.matches(CELL) || event.isComposing) return;
  const { row, column } = place(table, cell);
  const isList = cell.matches('select');
  const isText = cell.matches('textarea');
  if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey) {
    event.preventDefault();
    go(table, row + 1, column);
  } else if (event.key === 'ArrowDown' && !isList && (!isText || isOneLine(cell) || atEnd(cell))) {
    event.preventDefault();
    cellAt(table, row + 1, column)?.focus();
  } else if (event.key === 'ArrowUp' && !isList && (!isText || isOneLine(cell) || cell.selectionEnd === 0)) {
    event.preventDefault();
    cellAt(table, row - 1, column)?.focus();
  } else if (event.key.toLowerCase() === 'd' && event.ctrlKey) {
    event.preventDefault();
    const above = cellAt(table, row - 1, column);
    if (above) write(table, cell, above.value);
  }
}

const atEnd = (cell) => cell.selectionStart === cell.value.length;

// Within a text of several lines the arrows move the caret; out of one line they lead to the next row at once.
function isOneLine(cell) {
  const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(cell);
  return cell.scrollHeight - parseFloat(paddingTop) - parseFloat(paddingBottom) < 1.5 * parseFloat(lineHeight);
}

function onPaste(table, event) {
  const cell = event.target;
  if (!cell.matches?.('input, textarea')) return;
  const block = cellsIn(event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n'));
  if (block.length < 2 && (block[0] ?? []).length < 2) return;
  event.preventDefault();
  const from = place(table, cell);
  block.forEach((line, down) => {
    if (from.row + down === rowsOf(table).length) addRow(table);
    line.forEach((value, right) => {
      const target = cellAt(table, from.row + down, from.column + right);
      if (target) write(table, target, value.trim());
    });
  });
}

// The lines and columns of what was copied. A spreadsheet puts quotes around a cell that has several lines, and
// doubles the quotes inside it; a quote anywhere else is a quote. Lines with nothing in them are left out.
function cellsIn(text) {
  const lines = [[]];
  const one = /("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/gy;
  while (one.lastIndex < text.length) {
    const [, value, end] = one.exec(text) ?? [];
    if (value === undefined) return text.split('\n').map((line) => line.split('\t'));
    lines.at(-1).push(value.startsWith('"') && value.length > 1 && value.endsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\n') lines.push([]);
  }
  return lines.filter((line) => line.some((value) => value.trim()));
}

// A list takes what was pasted by its words; what is none of them is left alone rather than guessed.
function write(table, cell, value) {
  const option = cell.matches('select') && [...cell.options].find((one) => [one.value, one.text.trim()].includes(value));
  if (cell.matches('select') && !option) return;
  cell.value = option ? option.value : value;
  changed(table, cell);
}

function changed(table, cell) {
  count(table);
  table.dispatchEvent(new CustomEvent('grid:change', { bubbles: true, detail: { row: cell.closest('tr[data-row]') } }));
}

function count(table) {
  const output = document.querySelector('[data-grid-count]');
  if (output) output.value = rowsOf(table).filter((row) => cellsOf(row).some((cell) => cell.matches('input, textarea') && cell.value.trim())).length;
}
