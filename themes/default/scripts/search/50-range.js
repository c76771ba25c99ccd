// A stretch of the line, chosen with two handles that cannot cross: two native
// sliders over one line, on which stands how many results are where.
const drawing = 'http://www.w3.org/2000/svg';
const lineHeight = 20; // of the line above the ground of its box

class LineRange {
	constructor(changed) {
		this.changed = changed;
		this.text = make('p', { class: 'value', id: 'page:range' });
		this.handles = ['from', 'to'].map((name, i) => make('input', {
			type: 'range', min: '0', max: '100', 'aria-label': word(`find.${name}`), 'aria-describedby': this.text.id, input: () => this.move(i),
		}));
		this.marks = drawn('svg', { class: 'stretch', 'aria-hidden': 'true' });
		this.parts = [
			this.text,
			make('div', { class: 'handles' }, make('div', { class: 'between' }), this.marks, ...this.handles),
			make('div', { class: 'ends', 'aria-hidden': 'true' }, make('span', {}, plumb.less), make('span', {}, plumb.more)),
		];
	}

	// move keeps a handle from passing the other one.
	move(i) {
		const [from, to] = this.handles.map((handle) => Number(handle.value));
		const values = i === 0 ? [Math.min(from, to), to] : [from, Math.max(from, to)];
		this.draw(values);
		this.changed(values);
	}

	// draw shows the two ends; of two handles at one place, the one that can move is
	// on top.
	draw(values, positions) {
		this.text.textContent = phrase('find.between', ...values);
		for (const [i, handle] of this.handles.entries()) {
			handle.value = values[i];
			handle.setAttribute('aria-valuetext', phrase('find.at', values[i]));
		}
		this.handles[0].classList.toggle('over', values[0] > 50);
		if (positions) this.drawMarks(Object.entries(positions));
	}

	drawMarks(positions) {
		const most = Math.max(...positions.map(([, count]) => count));
		this.marks.replaceChildren(...positions.map(([at, count]) => {
			const height = 3 + Math.round((lineHeight - 3) * count / most);
			return drawn('rect', { x: `${at}%`, y: lineHeight - height, width: 2, height, ...placed(Number(at)) });
		}));
	}
}

function drawn(name, attributes) {
	const e = document.createElementNS(drawing, name);
	for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
	return e;
}
