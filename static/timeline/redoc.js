"use strict";

// Redoc for the schema that the page names.
const place = document.getElementById("redoc");
Redoc.init(place.dataset.schema, { hideDownloadButton: true, disableSearch: true, sortPropsAlphabetically: false }, place);
