// The pages for the authors: tables that are sorted by a click on a head. Without
// scripts they stand in the order in which they were made.
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

// valueOf is what a row is sorted by; what is empty comes last either way.
function valueOf(row, column) {
	const cell = row.cells[column];
	return cell.dataset.sort ?? cell.textContent.trim();
}

function compareRows(a, b, column, direction) {
	const [x, y] = [valueOf(a, column), valueOf(b, column)];
	if (x === '' || y === '') return (x === '') - (y === '');
	return direction * collator.compare(x, y);
}

// sort orders a table by a column: up, then down.
function sort(head) {
	const direction = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
	for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
	head.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
	const body = head.closest('table').tBodies[0];
	body.append(...[...body.rows].sort((a, b) => compareRows(a, b, head.cellIndex, direction)));
}

// A head becomes a button, once: the preview may have set the page anew.
function prepare() {
	for (const head of document.querySelectorAll('.desk-table thead th')) {
		if (head.querySelector('button') || head.closest('table').tBodies[0].rows.length < 2) continue;
		const button = document.createElement('button');
		button.type = 'button';
		button.append(...head.childNodes);
		head.append(button);
	}
}

document.addEventListener('click', (event) => {
	const head = event.target.closest('.desk-table thead th');
	if (head && event.target.closest('button')) sort(head);
});
document.addEventListener('plumb:update', prepare);
prepare();
