// The register of letters: Ctrl+Enter saves, and what only a complaint or denunciation needs is shown for those alone.
const form = document.querySelector('[data-letter]');
const FORMAL = new Set(['complaint', 'denunciation']);

form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); form.requestSubmit(form.querySelector('[data-save]')); }
});
form.addEventListener('change', fit);
fit();
if (!form.querySelector('.has-error')) (document.querySelector('[data-content]:last-of-type textarea') ?? form).focus();

function fit() {
  for (const content of form.querySelectorAll('[data-content]')) {
    content.querySelector('[data-formal]').hidden = !FORMAL.has(content.querySelector('select[name$="-kind"]').value);
  }
}
