// On a narrow screen the filters of a list stand below it: those that nobody chose from are folded, or they are as long
// as ten screens.
"use strict";

window.addEventListener("load", () => {
    if (window.matchMedia("(max-width: 767px)").matches) {
        for (const filter of document.querySelectorAll("#changelist-filter details")) {
            filter.open = filter.querySelector("li:not(:first-child).selected") !== null;
        }
    }
});
