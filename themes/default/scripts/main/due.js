// The next review of a playbook is marked once its day has passed.
function drawDue() {
	for (const e of all('[data-due]')) e.classList.toggle('overdue', new Date(`${e.dataset.due}T23:59:59`) < new Date());
}
always(drawDue);

// On paper stands where the page is.
addEventListener('beforeprint', () => {
	for (const e of all('[data-address]')) e.textContent ||= location.origin + location.pathname;
});
