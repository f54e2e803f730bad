// On a narrow screen each row of a list is a card: its cells say in which column they are.
"use strict";

window.addEventListener("load", () => {
    const list = document.querySelector("#result_list");
    const heads = [...(list?.tHead.rows[0].cells ?? [])].map((head) => head.querySelector(".text")?.innerText.trim() ?? "");
    for (const row of list?.tBodies[0].rows ?? []) {
        [...row.cells].filter((cell) => cell.colSpan === 1).forEach((cell, place) => {
            cell.dataset.label = heads[place] ?? "";
        });
    }
    list?.classList.add("labelled");
});
