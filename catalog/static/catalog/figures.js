// Thousands of the whole number that is being typed, apart, under its field. Digits are grouped and nothing is counted:
// the short form (8.0B) comes from the server, with the next page.
"use strict";

const SHORTEST = 5;

function grouped(text) {
    const digits = text.trim();
    return /^\d+$/.test(digits) && digits.length >= SHORTEST ? digits.replace(/\B(?=(\d{3})+$)/g, ",") : "";
}

document.addEventListener("input", (event) => {
    const output = document.querySelector(`output.figure[for="${CSS.escape(event.target.id)}"]`);
    if (output) {
        output.value = grouped(event.target.value);
    }
});
