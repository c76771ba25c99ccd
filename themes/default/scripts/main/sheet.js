// A sheet of links to places on the page closes once one of them is followed.
document.addEventListener('click', ({ target }) => target.closest('.sheet a')?.closest('.sheet').togglePopover?.(false));
