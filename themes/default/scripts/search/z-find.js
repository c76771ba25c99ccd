// find fills a place: a panel with its field, or else the page of the search.
plumb.find = (place, field) => (field ? new SearchPanel(place, field) : new SearchPage(place));
