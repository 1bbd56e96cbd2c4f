// Shows only the fields that the chosen way of answering needs; without scripts all of them are there.
const ways = document.querySelectorAll('input[name=reply_by]');

function show() {
  const chosen = document.querySelector('input[name=reply_by]:checked')?.value;
  document.querySelectorAll('[data-shown-for]').forEach((part) => {
    part.hidden = !part.dataset.shownFor.split(' ').includes(chosen);
  });
}

ways.forEach((way) => way.addEventListener('change', show));
show();
