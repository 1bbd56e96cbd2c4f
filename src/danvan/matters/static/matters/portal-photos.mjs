// Makes large photos smaller before they travel: weak networks are slow, and the server keeps no more pixels anyway.
const LONGEST_SIDE = 1600;
const SMALL_ENOUGH = 700_000;

document.querySelectorAll('input[type=file][data-shrink]').forEach((input) => {
  input.addEventListener('change', () => shrinkAll(input));
});

async function shrinkAll(input) {
  const buttons = input.form.querySelectorAll('button');
  buttons.forEach((button) => { button.disabled = true; });
  const files = new DataTransfer();
  for (const file of input.files) files.items.add(await shrunk(file));
  input.files = files.files;
  buttons.forEach((button) => { button.disabled = false; });
}

// What the browser cannot read goes as it is: the server says what is wrong with it.
async function shrunk(file) {
  if (file.size <= SMALL_ENOUGH) return file;
  const image = await createImageBitmap(file).catch(() => null);
  if (!image) return file;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = Object.assign(document.createElement('canvas'), {
    width: Math.round(image.width * scale),
    height: Math.round(image.height * scale),
  });
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  return blob && blob.size < file.size ? new File([blob], 'anh.jpg', { type: 'image/jpeg' }) : file;
}
