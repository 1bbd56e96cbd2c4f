// The register of letters: Ctrl+Enter saves, and what only a complaint or denunciation needs is shown for those alone.
const form = document.querySelector('[data-letter]');
const FORMAL = new Set(['complaint', 'denunciation']);

form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); form.requestSubmit(form.querySelector('[data-save]')); }
});
form.addEventListener('change', fit);
fit();
const newest = document.querySelector('[data-content]:last-of-type textarea');
const isBegun = Number(form.elements['so-noi-dung'].value) > 1 || newest.value;
if (!form.querySelector('.has-error')) (isBegun ? newest : form.elements.way).focus();

function fit() {
  for (const content of form.querySelectorAll('[data-content]')) {
    content.querySelector('[data-formal]').hidden = !FORMAL.has(content.querySelector('select[name$="-kind"]').value);
  }
}
