// Asks before the page with the PIN is left, until it was printed, saved, or said to be kept.
const kept = document.querySelector('[data-leaving] input');
let safe = false;

const settle = () => { safe = true; };
kept.addEventListener('change', () => { safe = kept.checked; });
window.addEventListener('beforeprint', settle);
document.querySelectorAll('.paper-slip a').forEach((link) => link.addEventListener('click', settle));
window.addEventListener('beforeunload', (event) => { if (!safe) event.preventDefault(); });
