// Before the page is painted: what the reader chose on an earlier one.
const html = document.documentElement;
html.classList.add('js');
// Addresses of the site are relative to this script's folder.
plumb.root = new URL('.', document.currentScript.src).href;
