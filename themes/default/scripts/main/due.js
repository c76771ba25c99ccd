// The next review of a playbook is marked once its day has passed.
function drawDue() {
	for (const e of all('[data-due]')) e.classList.toggle('overdue', new Date(`${e.dataset.due}T23:59:59`) < new Date());
}
always(drawDue);
